package token

import (
	"cmp"
	"context"
	"crypto"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// RefreshEvery is how often Keys reads the document, unless it is told to more often.
const RefreshEvery = 5 * time.Minute

const (
	firstRetry = 50 * time.Millisecond
	maxRetry   = 2 * time.Second // while there are no keys
)

var errRefresh = errors.New("the time between two looks must be five minutes or less")

// KeysConfig says where keys are published.
type KeysConfig struct {
	URL       string           // of the JWKS document; required
	Algorithm string           // keys for any other are refused; EdDSA or RS256, empty means EdDSA
	HTTP      *http.Client     // nil means one of its own; redirects aren't followed either way
	Log       *slog.Logger     // nil means no log
	Now       func() time.Time // the clock of the limit for unknown ids; nil means time.Now

	RefreshEvery time.Duration // how often it is read: at most, and by default, five minutes
}

// Keys is a KeySource: the client of a JWKS document. It asks for the document every five minutes and,
// for an id it doesn't know, at most every 30 seconds, a tenth of that; whoever needs an answer meanwhile waits for the
// same one. A set that can't be read or holds no usable key changes nothing: the last good one stays.
type Keys struct {
	fetcher fetcher
	log     *slog.Logger
	now     func() time.Time
	every   time.Duration          // between two regular fetches
	set     atomic.Pointer[keySet] // nil until a first good one was read

	wake    chan struct{} // asks Run for a fetch
	mu      sync.Mutex
	running bool
	flight  chan struct{} // closed when the fetch that is asked for, or under way, is over; nil without one
	askedAt time.Time
}

// NewKeys refuses a URL that isn't absolute http or https, an unknown algorithm, and to read the document less often
// than a Rotation relies on. It fetches nothing: that is Run's part.
func NewKeys(config KeysConfig) (*Keys, error) {
	fetcher, err := newFetcher(config)
	if err != nil {
		return nil, fmt.Errorf("published keys: %w", err)
	}
	log := config.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	every := cmp.Or(config.RefreshEvery, RefreshEvery)
	if every < 0 || every > RefreshEvery {
		return nil, fmt.Errorf("published keys: %w", errRefresh)
	}
	return &Keys{fetcher: fetcher, log: log, now: clock(config.Now), every: every, wake: make(chan struct{}, 1)}, nil
}

// Ready says whether there are keys to verify with. Once true, it stays so.
func (k *Keys) Ready() bool { return k.set.Load() != nil }

// Key finds the key of that id. It is ErrUnknownKey for one that isn't published, as far as the limit
// lets it ask, and a problem of kind Unavailable while no keys were read yet.
func (k *Keys) Key(ctx context.Context, id string) (crypto.PublicKey, error) {
	for range 2 { // the fetch that is joined first may have begun before the key was published
		set := k.set.Load()
		if set == nil {
			return nil, keysAway(errNoKeys)
		}
		if key, known := (*set)[id]; known {
			return key, nil
		}
		landed := k.ask(ctx, id)
		if landed == nil {
			break
		}
		select {
		case <-landed:
		case <-ctx.Done():
			return nil, keysAway(context.Cause(ctx))
		}
	}
	if key, known := (*k.set.Load())[id]; known {
		return key, nil
	}
	return nil, ErrUnknownKey
}

// ask joins the fetch under way or, within the limit, calls for one; nil means that there is none to
// wait for.
func (k *Keys) ask(ctx context.Context, id string) <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.flight != nil || !k.running {
		return k.flight
	}
	now := k.now().Round(0) // the clock on the wall goes on while a machine sleeps, and keys rotate meanwhile
	if since := now.Sub(k.askedAt); since >= 0 && since < k.askEvery() {
		return nil
	}
	k.log.InfoContext(ctx, "a token names a key that isn't known; asking for the keys", "url", k.fetcher.shown, "kid", id)
	k.askedAt, k.flight = now, make(chan struct{})
	k.wake <- struct{}{} // has room: only a new flight wakes, and every flight takes its wake along
	return k.flight
}

// Run keeps the keys fresh until ctx ends. It is the only one who fetches, so there is never more than
// one fetch under way. Call it once.
func (k *Keys) Run(ctx context.Context) {
	defer k.end(false)
	for failures := 0; ; {
		k.begin()
		err := k.refresh(ctx)
		k.end(true)
		if ctx.Err() != nil {
			return
		}
		failures = k.note(err, failures)
		select {
		case <-ctx.Done():
			return
		case <-time.After(k.pause(failures)):
		case <-k.wake:
		}
	}
}

// begin opens a flight for those who come to ask meanwhile, if nobody's asking has.
func (k *Keys) begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running = true
	if k.flight == nil {
		k.flight = make(chan struct{})
	}
	select {
	case <-k.wake: // asked between the timer and here: this is that fetch
	default:
	}
}

// end lets those go on who wait for the fetch.
func (k *Keys) end(running bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running = running
	if k.flight != nil {
		close(k.flight)
		k.flight = nil
	}
}

func (k *Keys) refresh(ctx context.Context) error {
	set, err := k.fetcher.fetch(ctx)
	if err != nil {
		return err
	}
	before := k.set.Swap(&set)
	if before == nil || !maps.EqualFunc(*before, set, func(a, b crypto.PublicKey) bool { return sameKey(a, b) }) {
		k.log.InfoContext(ctx, "token keys read", "url", k.fetcher.shown, "kids", slices.Sorted(maps.Keys(set)))
	}
	return nil
}

// note logs the first of several failures, and the end of them, and counts.
func (k *Keys) note(err error, failures int) int {
	switch {
	case err == nil && failures > 0:
		k.log.Info("token keys can be read again", "url", k.fetcher.shown)
	case err != nil && failures == 0:
		k.log.Warn("token keys can't be read; trying again", "url", k.fetcher.shown, "last_good_set_kept", k.Ready(), "error", err)
	}
	if err == nil {
		return 0
	}
	return failures + 1
}

// askEvery is the least between two fetches for ids that aren't in the set, and the most while there are keys but no
// answers.
func (k *Keys) askEvery() time.Duration { return k.every / 10 }

// pause doubles from 50 ms with each failure, to 2 s while there are no keys and 30 s while there are.
func (k *Keys) pause(failures int) time.Duration {
	if failures == 0 {
		return k.every
	}
	most := maxRetry
	if k.Ready() {
		most = k.askEvery()
	}
	return min(most, firstRetry<<min(failures-1, 16))
}
