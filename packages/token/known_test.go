package token_test

import (
	"context"
	"crypto"
	"strings"
	"testing"
	"time"

	"cardwall/packages/token"
)

// changing is a KeySource whose keys come and go.
type changing struct{ token.KeySource }

func (c *changing) Key(ctx context.Context, id string) (crypto.PublicKey, error) {
	return c.KeySource.Key(ctx, id)
}

func TestAKnownTokenIsStillHeldToTheTime(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		now := noon
		mode.verifier.Now = func() time.Time { return now }
		verifier, raw := newVerifier(t, mode.verifier), mint(t, newMinter(t, mode.minter), someone())
		for _, step := range []struct {
			at    time.Duration
			cause string
		}{
			{at: 0}, {at: 119 * time.Second}, {at: 121 * time.Second, cause: "token is expired"},
			{at: time.Second}, {at: -31 * time.Second, cause: "not valid yet"}, {at: 0},
		} {
			now = noon.Add(step.at)
			person, err := verifier.Verify(t.Context(), raw)
			if step.cause != "" {
				wantRefused(t, err, raw, step.cause)
				continue
			}
			must(t, err)
			if person != someone() {
				t.Errorf("%s after %s it is %+v", mode.name, step.at, person)
			}
		}
	}
}

func TestAKnownTokenIsStillHeldToItsKey(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	mode := modesOf(key)[0]
	keys := &changing{token.FixedKeys(key.Public())}
	mode.verifier.Keys = keys
	verifier, raw := newVerifier(t, mode.verifier), mint(t, newMinter(t, mode.minter), someone())
	verify := func() error {
		_, err := verifier.Verify(t.Context(), raw)
		return err
	}
	must(t, verify())
	must(t, verify())
	keys.KeySource = token.FixedKeys(other.Public())
	wantRefused(t, verify(), raw, "no such key is published")
	keys.KeySource = token.FixedKeys(key.Public())
	must(t, verify())
	keys.KeySource = onlyOne{other.Public()}
	wantRefused(t, verify(), raw, "signature is invalid")
}

// onlyOne is a KeySource that has one key, whatever it is asked for.
type onlyOne struct{ key token.PublicKey }

func (o onlyOne) Key(ctx context.Context, _ string) (crypto.PublicKey, error) {
	return token.FixedKeys(o.key).Key(ctx, o.key.ID())
}

func TestATokenLikeAKnownOneIsLookedAtWhole(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		verifier, raw := newVerifier(t, mode.verifier), mint(t, newMinter(t, mode.minter), someone())
		_, err := verifier.Verify(t.Context(), raw)
		must(t, err)
		parts := strings.Split(raw, ".")
		forged := strings.Join([]string{parts[0], segment(goodClaims().json(t)), parts[2]}, ".")
		_, err = verifier.Verify(t.Context(), forged)
		wantRefused(t, err, forged, "signature is invalid")
	}
}

// What a token takes is counted, as a clock can't be relied on: to read one and check it makes well over a hundred objects.
func TestAKnownTokenIsNotReadAgain(t *testing.T) { //nolint:paralleltest // objects are counted for the whole program
	for _, mode := range modes(t) {
		verifier, raw := newVerifier(t, mode.verifier), mint(t, newMinter(t, mode.minter), someone())
		ctx := t.Context()
		if objects := testing.AllocsPerRun(100, func() { _, _ = verifier.Verify(ctx, raw) }); objects > 12 {
			t.Errorf("%s: %v objects", mode.name, objects)
		}
	}
}

func TestAVerifierRemembersSoManyTokensAtMost(t *testing.T) {
	t.Parallel()
	mode := modes(t)[1]
	minter, verifier := newMinter(t, mode.minter), newVerifier(t, mode.verifier)
	for range token.SeenAtMost + token.SeenAtMost/2 {
		_, err := verifier.Verify(t.Context(), mint(t, minter, someone()))
		must(t, err)
	}
	if n := verifier.Seen(); n > token.SeenAtMost || n < token.SeenAtMost/2 {
		t.Errorf("%d tokens are remembered", n)
	}
}
