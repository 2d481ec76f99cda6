package token_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cardwall/packages/token"
)

func term(id string, published time.Duration) token.Term {
	return token.Term{ID: id, PublishedAt: noon.Add(published)}
}

func TestRotationPlan(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	first, second, third := term("first", 0), term("second", 30*day), term("third", 60*day)
	for _, c := range []struct {
		name  string
		terms []token.Term
		at    time.Duration
		want  string // who signs, who is published, who is dropped, whether it is time for a new one
	}{
		{"without a key one is to be made", nil, 0, " [] [] true"},
		{"the very first key signs at once", []token.Term{first}, 0, "first [first] [] false"},
		{"a key signs for 30 days", []token.Term{first}, 30*day - time.Second, "first [first] [] false"},
		{"then it's time for a new one", []token.Term{first}, 30 * day, "first [first] [] true"},
		{"a new one is published and doesn't sign", []token.Term{second, first}, 30*day + 10*time.Minute - 1, "first [first second] [] false"},
		{"after ten minutes it signs and the old one stays", []token.Term{second, first}, 30*day + 10*time.Minute, "second [first second] [] false"},
		{"the old one stays for ten minutes", []token.Term{first, second}, 30*day + 20*time.Minute - 1, "second [first second] [] false"},
		{"then it goes", []token.Term{first, second}, 30*day + 20*time.Minute, "second [second] [first] false"},
		{"nothing is lost when nobody looked for long", []token.Term{first, second, third}, 300 * day, "third [third] [first second] true"},
		{"keys made at one moment have an order", []token.Term{term("b", 0), term("a", 0)}, 0, "a [a b] [] false"},
		{"of two made at the start, one comes to sign", []token.Term{term("a", 0), term("b", 0)}, time.Hour, "b [b] [a] false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			plan := token.Rotation{}.Plan(c.terms, noon.Add(c.at))
			if got := fmt.Sprintf("%s %v %v %v", plan.Signs, plan.Publish, plan.Drop, plan.Renew); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// web is what the frontend app does with a Rotation: keep the keys, look at the plan once a minute,
// publish, sign.
type web struct {
	rotation token.Rotation
	keys     map[string]token.SigningKey
	terms    []token.Term
	signed   map[string]bool // the ids that have signed
	minter   atomic.Pointer[token.Minter]
}

func (w *web) look(t *testing.T, b *bubble) {
	plan := w.rotation.Plan(w.terms, time.Now())
	if plan.Renew {
		key := newKey(t)
		w.keys[key.ID()] = key
		w.terms = append(w.terms, token.Term{ID: key.ID(), PublishedAt: time.Now()})
		plan = w.rotation.Plan(w.terms, time.Now())
	}
	var published []token.SigningKey
	for _, id := range plan.Publish {
		published = append(published, w.keys[id])
	}
	b.answer(jwks(t, published...))
	if !w.signed[plan.Signs] {
		key := w.keys[plan.Signs]
		w.signed[plan.Signs] = true
		w.minter.Store(newMinter(t, token.MinterConfig{Issuer: issuer, Audience: audience, Key: &key}))
	}
}

// Hours in which the key changes every 31 minutes, out of step with all else, and tokens are verified by many at once, as soon as
// they are minted and until they die: none is refused, and the server is never asked out of turn.
func TestRotationRefusesNoToken(t *testing.T) {
	t.Parallel()
	got := rotate(t, token.Rotation{Every: 31 * time.Minute}, 4*time.Hour)
	if got.signed < 7 {
		t.Errorf("only %d keys have signed", got.signed)
	}
	if got.refused != 0 {
		t.Errorf("%d tokens were refused", got.refused)
	}
	if got.early != 0 {
		t.Errorf("the server was asked out of turn %d times: a key signed before it was known", got.early)
	}
}

// The same hours where keys don't wait: if this passed unnoticed, the test above would prove nothing.
func TestRotationWithoutPatienceIsNoticed(t *testing.T) {
	t.Parallel()
	if got := rotate(t, token.Rotation{Every: 31 * time.Minute, Keep: 1}, 3*time.Hour); got.refused == 0 {
		t.Error("keys went before their tokens, and none was refused")
	}
	if got := rotate(t, token.Rotation{Every: 31 * time.Minute, Ahead: 1}, 2*time.Hour); got.early == 0 {
		t.Error("keys signed at once, and nobody had to ask for them")
	}
}

type outcome struct{ signed, refused, early int }

func rotate(t *testing.T, rotation token.Rotation, length time.Duration) (got outcome) {
	w := &web{rotation: rotation, keys: map[string]token.SigningKey{}, signed: map[string]bool{}}
	inBubble(t, "", func(t *testing.T, b *bubble) {
		w.look(t, b)
		b.until(time.Second)
		verifier := newVerifier(t, token.VerifierConfig{Issuer: issuer, Audience: audience, Keys: b.keys})
		var people sync.WaitGroup
		var refused atomic.Int64
		for i := range 8 {
			people.Go(func() {
				time.Sleep(time.Duration(i) * 900 * ms)
				refused.Add(useTokens(t, w, verifier, b.start.Add(length)))
			})
		}
		for minute := time.Minute; minute < length; minute += time.Minute {
			b.until(minute)
			w.look(t, b)
		}
		people.Wait()
		b.stop()
		synctest.Wait()
		got = outcome{len(w.signed), int(refused.Load()), b.early()}
	})
	return got
}

func useTokens(t *testing.T, w *web, verifier *token.Verifier, until time.Time) (refused int64) {
	for time.Now().Before(until) {
		raw := mint(t, w.minter.Load(), someone())
		for range 3 { // new, in its middle, and in its last second
			if _, err := verifier.Verify(t.Context(), raw); err != nil {
				refused++
			}
			time.Sleep(token.Life/2 - 500*ms)
		}
	}
	return refused
}
