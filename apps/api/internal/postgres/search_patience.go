package postgres

import (
	"context"
	"time"
)

const (
	firstLook     = 500    // candidates: most fit
	furtherLook   = 5_000  // few of the first did: each look finds all words anew, so that it takes more of them at once
	inVainAtMost  = 250    // candidates that don't fit tell that the words aren't what is rare
	readAtMost    = 20_000 // of those that don't fit in one request; the next goes on from there
	patienceParts = 2      // of the time that is left for the answer, one such part is for steps
)

// patience is how much a search has looked at, and until when it may.
type patience struct {
	steps, read int
	until       time.Time // zero without a deadline
}

func patienceOf(ctx context.Context) patience {
	deadline, bounded := ctx.Deadline()
	if !bounded {
		return patience{}
	}
	return patience{until: time.Now().Add(time.Until(deadline) / patienceParts)}
}

// enough reports whether what was found is to be the answer, however little it is. A step has been taken by then, so that whoever
// goes on gets further.
func (x *searcher) enough() bool {
	late := !x.patience.until.IsZero() && time.Now().After(x.patience.until)
	return x.vain() >= readAtMost || (x.patience.steps > 0 && late)
}

// vain is how many candidates didn't fit, and inVain whether that tells that the words aren't what is rare.
func (x *searcher) vain() int    { return x.patience.read - len(x.found) }
func (x *searcher) inVain() bool { return x.vain() > inVainAtMost }
