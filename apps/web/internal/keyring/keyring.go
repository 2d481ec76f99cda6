package keyring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"cardwall/packages/problem"
	"cardwall/packages/token"
)

const retryAfter = 2 * time.Second // when the keys couldn't be read

// Config is what a Keyring is made of; every field is required.
type Config struct {
	Store         Store
	EncryptionKey EncryptionKey
	Issuer        string // of the tokens: PUBLIC_URL
	Audience      string // of the tokens: cardwall-api
	Rotation      token.Rotation
	Log           *slog.Logger
}

// Keyring mints tokens with the active key, publishes all keys and keeps the rotation going. Safe for concurrent use.
type Keyring struct {
	config Config
	loaded atomic.Pointer[ring]
	reuse  *Reuse
}

// ring is one state of the keys; a reload replaces it as a whole.
type ring struct {
	minter    *token.Minter
	active    string
	published []string
	jwks      []byte
	asOf      time.Time // by the clock on the wall: when they were known to stand so
}

// Open makes the first signing key if there is none, and loads all. It fails when the database is away
// (problem.Unavailable) and when the EncryptionKey is not the one that the keys were sealed with.
func Open(ctx context.Context, c Config) (*Keyring, error) {
	k := &Keyring{config: c, reuse: NewReuse()}
	return k, k.Reload(ctx)
}

// Mint is a token for a person, signed by the active key, that lives for 60 to 90 seconds: a fresh one is given out
// again. It fails (problem.Unavailable) while the keys can't be read for longer than the rotation's Lag: which one may
// sign is not known any more.
func (k *Keyring) Mint(p token.Person) (string, error) {
	known, err := k.known()
	if err != nil {
		return "", err
	}
	minted, err := k.reuse.Mint(known.active, p, known.minter.Mint)
	if err != nil {
		return "", noToken(err)
	}
	return minted, nil
}

// Minted is how many tokens were signed, not counting those given out again.
func (k *Keyring) Minted() uint64 { return k.reuse.Minted() }

// JWKS is the document with the public half of every key that a live token may carry, or soon will (RFC 7517 §5). It
// fails when Mint does.
func (k *Keyring) JWKS() ([]byte, error) {
	known, err := k.known()
	if err != nil {
		return nil, err
	}
	return known.jwks, nil
}

// Ready fails when Mint does.
func (k *Keyring) Ready() error {
	_, err := k.known()
	return err
}

// known goes by the clock on the wall, as the other replicas and the tokens do: Go's own stops while a machine sleeps. A
// wall clock that jumped is no reason to trust the keys for longer.
func (k *Keyring) known() (*ring, error) {
	loaded := k.loaded.Load()
	if old := time.Since(loaded.asOf).Abs(); old > k.config.Rotation.Lag() {
		return nil, noToken(fmt.Errorf("the signing keys couldn't be read for %s", old.Round(time.Second)))
	}
	return loaded, nil
}

func noToken(cause error) error {
	return problem.New(problem.Unavailable, "no_token", "Cardwall can't vouch for you just now. Please try again in a moment.").
		Because(cause).After(time.Second)
}

// Run reloads the keys four times within the rotation's Lag, until the context ends, and takes the steps that are due.
// A reload that fails keeps the last good keys, and is tried again soon.
func (k *Keyring) Run(ctx context.Context) {
	every := k.config.Rotation.Lag() / 4
	pause, failing := every, false
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		err := k.Reload(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !failing:
			k.config.Log.WarnContext(ctx, "signing keys not reloaded; the last good ones stay", "err", err)
		case err == nil && failing:
			k.config.Log.InfoContext(ctx, "signing keys can be reloaded again")
		}
		failing, pause = err != nil, every
		if failing {
			pause = min(every, retryAfter)
		}
	}
}

// Reload reads the keys anew, and takes the step of the rotation that is due. On an error, as Open gives it, the last
// good keys stay. Where they can be read and not changed, they are known all the same.
func (k *Keyring) Reload(ctx context.Context) error {
	asOf := time.Now().Round(0)
	kept, err := k.config.Store.SigningKeys(ctx)
	if err != nil {
		return fmt.Errorf("signing keys: %w", err)
	}
	changed, stuck := k.advance(ctx, kept)
	if stuck == nil {
		kept = changed
	}
	if stuck != nil && len(kept.Keys) == 0 {
		return fmt.Errorf("first signing key: %w", stuck)
	}
	if err := k.load(kept, asOf); err != nil {
		return err
	}
	return stuck
}

func (k *Keyring) load(kept Kept, asOf time.Time) error {
	keys, err := k.openAll(kept)
	if err != nil {
		return err
	}
	fresh := &ring{asOf: asOf}
	public := make([]token.PublicKey, len(keys))
	for i, key := range keys {
		public[i] = key.Public()
		fresh.published = append(fresh.published, key.ID())
		if kept.Keys[i].State() != token.Active {
			continue
		}
		fresh.active = key.ID()
		fresh.minter, err = token.NewMinter(token.MinterConfig{Issuer: k.config.Issuer, Audience: k.config.Audience, Key: &key})
		if err != nil {
			return fmt.Errorf("minter: %w", err)
		}
	}
	if fresh.minter == nil {
		return errors.New("none of the signing keys in the database is active")
	}
	if fresh.jwks, err = token.JWKS(public...); err != nil {
		return fmt.Errorf("published keys: %w", err)
	}
	k.swap(fresh)
	return nil
}

func (k *Keyring) swap(fresh *ring) {
	before := k.loaded.Swap(fresh)
	if before == nil || !slices.Equal(before.published, fresh.published) {
		k.config.Log.Info("publishing keys", "kids", fresh.published)
	}
	if before == nil || before.active != fresh.active {
		k.config.Log.Info("signing with key", "kid", fresh.active)
	}
}
