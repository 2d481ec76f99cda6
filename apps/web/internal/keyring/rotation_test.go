package keyring_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/keyring"
	"cardwall/packages/problem"
)

// pass lets time pass for the keys, by the database's clock.
func pass(t *testing.T, pool *pgxpool.Pool, d time.Duration) {
	t.Helper()
	const earlier = "UPDATE signing_keys SET created_at = created_at - $1::interval, activated_at = activated_at - $1::interval, retiring_at = retiring_at - $1::interval"
	if _, err := pool.Exec(t.Context(), earlier, d); err != nil {
		t.Fatal(err)
	}
}

func rotate(t *testing.T, ring *keyring.Keyring) keyring.Turn {
	t.Helper()
	turn, err := ring.Rotate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return turn
}

func reload(t *testing.T, rings ...*keyring.Keyring) {
	t.Helper()
	for _, ring := range rings {
		if err := ring.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// states lists the keys in the database, the oldest first.
func states(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	var states string
	err := pool.QueryRow(t.Context(), "SELECT coalesce(string_agg(state, ' ' ORDER BY created_at, kid), '') FROM signing_keys").Scan(&states)
	if err != nil {
		t.Fatal(err)
	}
	return states
}

func kids(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	var kids []string
	if err := pool.QueryRow(t.Context(), "SELECT array_agg(kid ORDER BY created_at) FROM signing_keys").Scan(&kids); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(kids)
}

// run runs a keyring until the test ends.
func run(t *testing.T, ring *keyring.Keyring) {
	t.Helper()
	running, stop := context.WithCancel(t.Context())
	var ended sync.WaitGroup
	ended.Go(func() { ring.Run(running) })
	t.Cleanup(func() { stop(); ended.Wait() })
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(10 * time.Second); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func TestAKeyIsPublishedBeforeItSignsAndKeptUntilItsLastTokenDied(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring, other := open(t, config), open(t, config)
	old := kid(t, ring)
	for _, step := range []struct {
		after                  time.Duration // the step before
		states                 string
		published              int
		oldSigns, oldPublished bool
	}{
		{0, "active", 1, true, true},
		{30*24*time.Hour - 11*time.Minute, "active", 1, true, true},
		{time.Minute, "active next", 2, true, true}, // made ten minutes before it is to sign
		{9 * time.Minute, "active next", 2, true, true},
		{time.Minute, "retiring active", 2, false, true},
		{4 * time.Minute, "retiring active", 2, false, true},
		{time.Minute, "active", 1, false, false},
		{30*24*time.Hour - 16*time.Minute, "active", 1, false, false},
		{time.Minute, "active next", 2, false, false}, // and so on
	} {
		pass(t, pool, step.after)
		reload(t, ring, other)
		if got := states(t, pool); got != step.states {
			t.Fatalf("%s later the keys are %q, want %q", step.after, got, step.states)
		}
		for _, r := range []*keyring.Keyring{ring, other} {
			ids := published(t, r)
			if fmt.Sprint(ids) != kids(t, pool) || len(ids) != step.published || (kid(t, r) == old) != step.oldSigns || strings.Contains(fmt.Sprint(ids), old) != step.oldPublished {
				t.Errorf("while the keys are %s: published %v, signing with %s, the old one is %s", step.states, ids, kid(t, r), old)
			}
		}
	}
}

func TestTheKeyOfAFreshStartSignsAtOnceAndNeverRotatesOnItsOwnWithoutAnInterval(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	config.Rotation.Every = 0
	ring := open(t, config)
	pass(t, pool, 10*365*24*time.Hour)
	reload(t, ring)
	if got := states(t, pool); got != "active" {
		t.Errorf("the keys are %q", got)
	}
}

func TestReplicasThatTakeTheSameStepAtOnceTakeItOnce(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	rings := make([]*keyring.Keyring, 8)
	for i := range rings {
		rings[i] = open(t, config)
	}
	for _, step := range []struct {
		after  time.Duration
		states string
	}{
		{30 * 24 * time.Hour, "active next"}, {10 * time.Minute, "retiring active"}, {5 * time.Minute, "active"},
	} {
		pass(t, pool, step.after)
		var all sync.WaitGroup
		for _, ring := range rings {
			all.Go(func() {
				if err := ring.Reload(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := states(t, pool); got != step.states {
			t.Fatalf("the keys are %q, want %q", got, step.states)
		}
		reload(t, rings...)
		for _, ring := range rings {
			if kid(t, ring) != kid(t, rings[0]) || len(published(t, ring)) != len(strings.Fields(step.states)) {
				t.Errorf("%s: replicas disagree", step.states)
			}
		}
	}
}

func TestTwoRotationsInARowAreOne(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring := open(t, config)
	active := kid(t, ring)
	first := rotate(t, ring)
	if !first.Made || first.Active != active || first.Next == active || first.At.Sub(first.Now).Round(time.Second) != 10*time.Minute || first.GoneAt.Sub(first.At) != 5*time.Minute {
		t.Errorf("got %+v, signing with %s", first, active)
	}
	pass(t, pool, time.Minute)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if again, err := ring.Rotate(t.Context()); err != nil || again.Made || again.Next != first.Next || again.At.Sub(again.Now) >= 10*time.Minute {
				t.Errorf("got %+v, %v", again, err)
			}
		})
	}
	all.Wait()
	if got := states(t, pool); got != "active next" {
		t.Errorf("the keys are %q", got)
	}
}

func TestAnotherReplicasRotationIsNoticed(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	config.Rotation.Every, config.Rotation.Ahead = 0, 8*time.Second // so that it looks every second
	other := open(t, config)
	ring := open(t, config)
	run(t, ring)
	old, turn := kid(t, ring), rotate(t, other)
	eventually(t, "the next key is published", func() bool { return len(published(t, ring)) == 2 })
	pass(t, pool, config.Rotation.Ahead)
	eventually(t, "it signs", func() bool { return kid(t, ring) == turn.Next })
	if ids := published(t, ring); len(ids) != 2 || ids[0] != old {
		t.Errorf("published %v: the old key stays until its last token is dead", ids)
	}
	pass(t, pool, config.Rotation.Keep)
	eventually(t, "the old one goes", func() bool { return len(published(t, ring)) == 1 })
}

// Whoever can't know which key may sign must not sign, nor publish what the others may have gone beyond.
func TestAReplicaThatCannotReadTheKeysSignsAndPublishesNoLongerThanItsLag(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	config.Rotation.Ahead = 400 * time.Millisecond
	said := &lines{}
	config.Log = slog.New(slog.NewTextHandler(said, nil))
	ring := open(t, config)
	run(t, ring)
	rename := func(from, to string) {
		if _, err := pool.Exec(t.Context(), "ALTER TABLE "+from+" RENAME TO "+to); err != nil {
			t.Fatal(err)
		}
	}
	rename("signing_keys", "signing_keys_away")
	eventually(t, "it neither signs nor publishes", func() bool {
		_, mint := ring.Mint(someone())
		_, publish := ring.JWKS()
		if (mint != nil && !problem.Is(mint, problem.Unavailable)) || (publish != nil && !problem.Is(publish, problem.Unavailable)) {
			t.Fatalf("got %v and %v", mint, publish)
		}
		return mint != nil && publish != nil
	})
	rename("signing_keys_away", "signing_keys")
	eventually(t, "it goes on by itself", func() bool {
		_, err := ring.Mint(someone())
		return err == nil
	})
	eventually(t, "it says so", func() bool { return said.count("can be reloaded again") == 1 })
	if n := said.count("not reloaded"); n != 1 {
		t.Errorf("its log complains %d times", n)
	}
}

// Go's own clock stops while a machine sleeps: a time that carries it would make an hour's sleep look like no time.
func TestAReplicaThatSleptTrustsItsKeysNoLonger(t *testing.T) {
	t.Parallel()
	_, config := setup(t)
	ring := open(t, config)
	if asOf := ring.AsOf(); strings.Contains(asOf.String(), "m=") {
		t.Errorf("known as of %s: that is a reading of Go's own clock", asOf)
	}
	for _, by := range []time.Duration{time.Hour, -time.Hour} { // asleep, or the clock on the wall was set back
		ring.Shift(by)
		if _, err := ring.Mint(someone()); !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s later it signs: %v", by, err)
		}
		reload(t, ring)
		kid(t, ring)
	}
}

// A database that can only be read stops the rotation, not the tokens.
func TestAStepThatCannotBeTakenLeavesTheKeysAsTheyAre(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	config.Rotation.Ahead = 4 * time.Second // it has two to mint after it has read
	ring := open(t, config)
	pass(t, pool, 30*24*time.Hour)
	if _, err := pool.Exec(t.Context(), `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
		CREATE TRIGGER refuse BEFORE INSERT ON signing_keys EXECUTE FUNCTION refuse()`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "what was read is too old", func() bool { _, err := ring.Mint(someone()); return err != nil })
	if err := ring.Reload(t.Context()); err == nil || !strings.Contains(err.Error(), "not now") {
		t.Errorf("got %v", err)
	}
	kid(t, ring)
	if got := states(t, pool); got != "active" {
		t.Errorf("the keys are %q", got)
	}
}

// A command with another key than the replicas must not add what they couldn't open.
func TestAWrongEncryptionKeyChangesNothing(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring := open(t, config)
	pass(t, pool, 30*24*time.Hour) // and a new key is due
	config.EncryptionKey = keyring.EncryptionKey{9}
	if _, err := keyring.Open(t.Context(), config); err == nil {
		t.Error("it opened")
	}
	if got := states(t, pool); got != "active" {
		t.Errorf("the keys are %q", got)
	}
	reload(t, ring)
	kid(t, ring)
}

func TestEveryKeyIsSealedAtRest(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring := open(t, config)
	rotate(t, ring)
	pass(t, pool, 10*time.Minute)
	reload(t, ring)
	rotate(t, ring)
	if got := states(t, pool); got != "retiring active next" {
		t.Fatalf("the keys are %q", got)
	}
	var open int // a sealed key is a nonce, 32 bytes that say nothing, and their tag
	err := pool.QueryRow(t.Context(), `SELECT count(*) FROM signing_keys
		WHERE octet_length(sealed_private_key) <> 12 + 32 + 16 OR position(public_key in sealed_private_key) > 0`).Scan(&open)
	if err != nil || open != 0 {
		t.Errorf("%d keys aren't sealed, %v", open, err)
	}
	config.EncryptionKey = keyring.EncryptionKey{9}
	if _, err := keyring.Open(t.Context(), config); err == nil {
		t.Error("another key opens them")
	}
}

// lines is a log to read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(of string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), of)
}
