package token

import (
	"cmp"
	"slices"
	"time"
)

// Rotation is the timetable by which signing keys follow each other without one refused token: a key is
// published a while before it signs, so that every client has read it, and stays published until the
// last token of it has died.
type Rotation struct {
	Every time.Duration // how long a key signs; zero means 30 days
	Ahead time.Duration // from publishing to signing, well over the clients' 5 minutes; zero means 10 minutes
	Keep  time.Duration // from its successor's signing to its end, well over a token's life; zero means 10 minutes
}

// Term is a key's id and when it was first published, by the clock that all who plan have in common.
type Term struct {
	ID          string
	PublishedAt time.Time
}

// Plan is what is to be done with the keys at one moment.
type Plan struct {
	Signs   string   // the id of the key to sign with; empty without any
	Publish []string // the ids to show in the JWKS document, oldest first
	Drop    []string // the ids that nobody needs any more
	Renew   bool     // time to make and publish a new key
}

// Plan looks at all keys that are kept, in any order, and says what each is good for now. The very first
// key signs at once: there is nobody yet who knows another.
func (r Rotation) Plan(terms []Term, now time.Time) Plan {
	r = Rotation{
		Every: cmp.Or(r.Every, 30*24*time.Hour), Ahead: cmp.Or(r.Ahead, 10*time.Minute), Keep: cmp.Or(r.Keep, 10*time.Minute),
	}
	if len(terms) == 0 {
		return Plan{Renew: true}
	}
	terms = slices.SortedFunc(slices.Values(terms), func(a, b Term) int {
		return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.ID, b.ID))
	})
	plan := Plan{Signs: terms[0].ID}
	for i, term := range terms {
		if i > 0 && r.signsFrom(term, now) {
			plan.Signs = term.ID
		}
		if i+1 < len(terms) && r.signsFrom(terms[i+1], now.Add(-r.Keep)) {
			plan.Drop = append(plan.Drop, term.ID)
			continue
		}
		plan.Publish = append(plan.Publish, term.ID)
	}
	newest := terms[len(terms)-1]
	plan.Renew = !now.Before(newest.PublishedAt.Add(r.Every))
	return plan
}

// signsFrom says whether the key's time to sign has come at that moment.
func (r Rotation) signsFrom(term Term, at time.Time) bool {
	return !at.Before(term.PublishedAt.Add(r.Ahead))
}
