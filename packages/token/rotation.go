package token

import "time"

const (
	// JWKSMaxAge is how long the JWKS document may be kept on its way to the api.
	JWKSMaxAge = time.Minute

	maxLag = 2 * time.Minute

	// LeastAhead is the shortest that a Rotation's Ahead may be without a token refused; see there.
	LeastAhead = maxLag + JWKSMaxAge + RefreshEvery

	// LeastKeep is the shortest that its Keep may be.
	LeastKeep = maxLag + Life + leeway
)

// Rotation is the timetable by which signing keys follow each other without one refused token.
//
// A key is published (Next) for Ahead before it signs. Until then, three waits may follow each other: a replica of web
// sees what another one did to the keys only when it reads them again, which is Lag at most, for a replica that can't
// read them for longer neither signs nor publishes; a cache keeps the document for JWKSMaxAge; and the api has just
// asked, and asks again after RefreshEvery. So no replica can sign (Active) with a key that another doesn't publish or
// the api doesn't know: that would take the replica that signs to see the new key as active, while the other, within
// its Lag, doesn't see it as published, Ahead later.
//
// Once its successor signs, a key stays published (Retiring) for Keep: a replica may sign with it for Lag until it sees
// the successor, and the last token it signs is good for Life and the guard's leeway. So no replica signs with a key
// that another has ceased to publish, and none dies before its tokens. Then the key is deleted.
//
// An api that was cut off from web for that long has a last resort: it asks at once for a key that it doesn't know.
type Rotation struct {
	Every time.Duration // how long a key signs; 0 means until it is told otherwise
	Ahead time.Duration // from publishing to signing, at least LeastAhead
	Keep  time.Duration // from the successor's signing to the end, at least LeastKeep
}

// Lag is how old what a replica knows of the keys may be: two minutes, or less where the timetable is shorter than its
// least, to watch one in a test.
func (r Rotation) Lag() time.Duration { return min(maxLag, r.Ahead/2, r.Keep*3/4) }

// State says what a signing key is good for. In all three it is published.
type State string

// The states of a key, in the order of its life.
const (
	Next     State = "next"     // published, so that every api knows it before it signs
	Active   State = "active"   // signs; there is one
	Retiring State = "retiring" // signs no more, until the last token it signed is dead
)

// Term is a key's life so far, by the one clock of all who rotate: the database's. A zero time is yet to come.
type Term struct {
	ID          string
	PublishedAt time.Time
	SignsFrom   time.Time
	RetiredAt   time.Time // when its successor took over
}

// State is what the key is good for.
func (t Term) State() State {
	switch {
	case t.SignsFrom.IsZero():
		return Next
	case t.RetiredAt.IsZero():
		return Active
	default:
		return Retiring
	}
}

// Since is when the key became that.
func (t Term) Since() time.Time {
	switch t.State() {
	case Next:
		return t.PublishedAt
	case Active:
		return t.SignsFrom
	default:
		return t.RetiredAt
	}
}

// Plan is what is to be done with the keys at one moment; the zero Plan is nothing.
type Plan struct {
	Make     State    // a key is to be made: Next or, where there is none to sign, Active; "" for none
	Activate string   // the id of the key that takes over from the active one
	Drop     []string // the ids of those that nobody needs any more
}

// Plan looks at all keys that are kept, in any order, and says what is due. The very first key signs at once: there is
// nobody yet who knows another.
func (r Rotation) Plan(terms []Term, now time.Time) Plan {
	var plan Plan
	var active, next *Term
	for _, term := range terms {
		switch {
		case term.State() == Active:
			active = &term
		case term.State() == Next:
			next = &term
		case !now.Before(term.RetiredAt.Add(r.Keep)):
			plan.Drop = append(plan.Drop, term.ID)
		}
	}
	switch {
	case active == nil && next == nil:
		plan.Make = Active
	case next != nil && (active == nil || !now.Before(r.SignsFrom(*next))):
		plan.Activate = next.ID
	case next == nil && r.Every > 0 && !now.Before(active.SignsFrom.Add(r.Every-r.Ahead)):
		plan.Make = Next
	}
	return plan
}

// SignsFrom is when a key that is next takes over.
func (r Rotation) SignsFrom(next Term) time.Time { return next.PublishedAt.Add(r.Ahead) }

// Nothing says whether there is nothing to do.
func (p Plan) Nothing() bool { return p.Make == "" && p.Activate == "" && len(p.Drop) == 0 }
