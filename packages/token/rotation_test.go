package token_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cardwall/packages/token"
)

// least is the hastiest timetable that a configuration may ask for. Against the api's five minutes, the key changes
// 15 s later each time: within 20 changes, at every moment between two of the api's looks.
var least = token.Rotation{Every: 15*time.Minute + look, Ahead: token.LeastAhead, Keep: token.LeastKeep}

func TestRotationPlan(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	at := func(after time.Duration) time.Time { return noon.Add(after) }
	next := token.Term{ID: "next", PublishedAt: at(0)}
	active := token.Term{ID: "active", PublishedAt: at(-time.Hour), SignsFrom: at(0)}
	retiring := token.Term{ID: "retiring", PublishedAt: at(-time.Hour), SignsFrom: at(-time.Hour), RetiredAt: at(0)}
	for name, c := range map[string]struct {
		terms []token.Term
		after time.Duration
		want  string // what is made, who takes over, who is dropped
	}{
		"the very first key signs at once":                  {nil, 0, "active  []"},
		"a key signs for 30 days":                           {[]token.Term{active}, 30*day - 10*time.Minute - 1, "  []"},
		"its successor is published ten minutes before":     {[]token.Term{active}, 30*day - 10*time.Minute, "next  []"},
		"there is one successor":                            {[]token.Term{active, next}, 300 * day, " next []"},
		"a new key is published and doesn't sign":           {[]token.Term{next, active}, 10*time.Minute - 1, "  []"},
		"after ten minutes it signs":                        {[]token.Term{next, active}, 10 * time.Minute, " next []"},
		"an old key stays for five minutes":                 {[]token.Term{active, retiring}, 5*time.Minute - 1, "  []"},
		"then it goes":                                      {[]token.Term{active, retiring}, 5 * time.Minute, "  [retiring]"},
		"when there is nobody else, the next one signs now": {[]token.Term{next, retiring}, 0, " next []"},
		"when nobody is left, a new one signs":              {[]token.Term{retiring}, 0, "active  []"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := token.Rotation{Every: 30 * day, Ahead: 10 * time.Minute, Keep: 5 * time.Minute}.Plan(c.terms, at(c.after))
			if got := fmt.Sprintf("%s %s %v", plan.Make, plan.Activate, plan.Drop); got != c.want || plan.Nothing() != (got == "  []") {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	if plan := (token.Rotation{Ahead: 10 * time.Minute}).Plan([]token.Term{active}, at(300*day)); !plan.Nothing() {
		t.Errorf("without an interval a key signs for ever, not until %+v", plan)
	}
}

// Hours in which the key changes every quarter of an hour, and two replicas sign, of which one is as late as can be. The
// api always gets the worst document there could be.
func TestRotationRefusesNoToken(t *testing.T) {
	t.Parallel()
	got := rotate(t, least)
	if got.signed < 20 {
		t.Errorf("only %d keys have signed", got.signed)
	}
	if got.refused != 0 {
		t.Errorf("%d tokens were refused", got.refused)
	}
	if got.early != 0 {
		t.Errorf("the server was asked out of turn %d times: a key signed before it was known", got.early)
	}
}

// The same hours with less patience: if this passed unnoticed, the test above would prove nothing.
func TestRotationWithLessPatienceIsNoticed(t *testing.T) {
	t.Parallel()
	hasty := least
	hasty.Keep -= 30 * time.Second
	if got := rotate(t, hasty); got.refused == 0 {
		t.Error("keys went before their tokens, and none was refused")
	}
	hasty = least
	hasty.Ahead -= 30 * time.Second
	if got := rotate(t, hasty); got.early == 0 {
		t.Error("keys signed too early, and nobody had to ask for them")
	}
}

type outcome struct{ signed, refused, early int }

const look = 15 * time.Second // how often the web of this test does what is due

// rotate ends with the first fault.
func rotate(t *testing.T, rotation token.Rotation) (got outcome) {
	inBubble(t, "", func(t *testing.T, b *bubble) {
		w := &web{rotation: rotation, lag: least.Lag(), keys: map[string]token.SigningKey{}, minters: map[string]*token.Minter{}}
		verifier := newVerifier(t, token.VerifierConfig{Issuer: issuer, Audience: audience, Keys: b.keys})
		var minted []string // by the late replica; shown in its last second: 90 s of life, 30 s of leeway
		for at := look / 2; at < 20*least.Every && got.refused == 0 && got.early == 0; at += look {
			b.until(at)
			w.look(t)
			b.answer(w.worst(t))
			if !b.keys.Ready() {
				continue
			}
			show := func(raw string) {
				if _, err := verifier.Verify(t.Context(), raw); err != nil {
					got.refused++
				}
			}
			show(mint(t, w.minter(t, 0), someone()))
			minted = append(minted, mint(t, w.minter(t, w.lag), someone()))
			b.until(at + look - time.Second)
			show(minted[max(0, len(minted)-8)])
			got.signed, got.early = len(w.keys), b.early()
		}
	})
	return got
}

// web is what all replicas do together: look at the plan, do what is due, publish, sign.
type web struct {
	rotation token.Rotation
	lag      time.Duration
	keys     map[string]token.SigningKey // all that ever were
	minters  map[string]*token.Minter
	past     []moment
}

// moment is how the keys stood from then on.
type moment struct {
	at    time.Time
	terms []token.Term
}

func (w *web) look(t *testing.T) {
	now := time.Now()
	var terms []token.Term
	if len(w.past) > 0 {
		terms = slices.Clone(w.past[len(w.past)-1].terms)
	}
	plan := w.rotation.Plan(terms, now)
	for i := range terms {
		if plan.Activate != "" && terms[i].State() == token.Active {
			terms[i].RetiredAt = now
		}
	}
	for i := range terms {
		if terms[i].ID == plan.Activate {
			terms[i].SignsFrom = now
		}
	}
	if plan.Make != "" {
		key := newKey(t)
		w.keys[key.ID()] = key
		w.minters[key.ID()] = newMinter(t, token.MinterConfig{Issuer: issuer, Audience: audience, Key: &key})
		terms = append(terms, token.Term{ID: key.ID(), PublishedAt: now})
		if plan.Make == token.Active {
			terms[len(terms)-1].SignsFrom = now
		}
	}
	terms = slices.DeleteFunc(terms, func(term token.Term) bool { return slices.Contains(plan.Drop, term.ID) })
	w.past = append(w.past, moment{now, terms})
}

// known is how the keys stand for a replica that is so late; nobody is later than the first moment.
func (w *web) known(late time.Duration) []token.Term {
	then := time.Now().Add(-late)
	for _, moment := range slices.Backward(w.past) {
		if moment.at.Before(then) || late == 0 {
			return moment.terms
		}
	}
	return w.past[0].terms
}

// worst is the document without any key that some replica, or a cache before it, wouldn't show.
func (w *web) worst(t *testing.T) string {
	var shown []token.SigningKey
	late := w.known(w.lag + token.JWKSMaxAge)
	for _, term := range w.known(0) {
		if slices.ContainsFunc(late, func(t token.Term) bool { return t.ID == term.ID }) {
			shown = append(shown, w.keys[term.ID])
		}
	}
	return jwks(t, shown...)
}

func (w *web) minter(t *testing.T, late time.Duration) *token.Minter {
	for _, term := range w.known(late) {
		if term.State() == token.Active {
			return w.minters[term.ID]
		}
	}
	t.Fatal("nobody signs")
	return nil
}
