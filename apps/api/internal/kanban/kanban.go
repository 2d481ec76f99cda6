// Package kanban is the domain: boards, columns and cards, who may do what with them, and the verbs that
// change them. It knows neither HTTP nor SQL.
//
// A request's handler calls one verb of [Service]. The verb checks what was said, asks the [Store] for what
// the actor may see, decides, and writes the change together with the activity that tells of it. What an
// actor may not see is not found. Errors are *problem.Error; each verb's comment names the kinds it makes.
package kanban

import (
	"context"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Service holds the verbs.
type Service struct {
	store Store
	met   *lru.Cache[uuid.UUID, Person]
}

// peopleKept is how many people's profiles a process remembers, so that it writes a profile only when it changes.
const peopleKept = 10_000

// New makes the verbs over a store.
func New(store Store) (*Service, error) {
	met, err := lru.New[uuid.UUID, Person](peopleKept)
	if err != nil {
		return nil, err
	}
	return &Service{store: store, met: met}, nil
}

// change runs fn under the board's lock for an actor who may edit it, and sees to the board's seq.
// It makes problem.NotFound for a board that the actor isn't a member of, problem.Forbidden for a viewer and
// problem.Conflict ("board_archived") for a board in the archive.
func (s *Service) change(ctx context.Context, actor Actor, board uuid.UUID, fn func(Change) error) error {
	return s.changeAsking(ctx, actor, board, Ask{}, fn)
}

// changeAsking is change for an fn that says what it asks first.
func (s *Service) changeAsking(ctx context.Context, actor Actor, board uuid.UUID, first Ask, fn func(Change) error) error {
	return s.changeAny(ctx, actor, board, first, func(c Change) error {
		if c.Archived() {
			return boardArchived()
		}
		return fn(c)
	})
}

// changeAny is change for boards in the archive too. A change that was made already, by a request of the same name, is
// problem.Conflict ("made_already"), whatever has happened since.
func (s *Service) changeAny(ctx context.Context, actor Actor, board uuid.UUID, first Ask, fn func(Change) error) error {
	return s.changeTrashed(ctx, actor, board, first, untrashed(fn))
}

func untrashed(fn func(Change) error) func(Change) error {
	return func(c Change) error {
		if c.Deleted() {
			return BoardNotFound()
		}
		return fn(c)
	}
}

// changeTrashed is change for boards in the archive and the trash too.
func (s *Service) changeTrashed(ctx context.Context, actor Actor, board uuid.UUID, first Ask, fn func(Change) error) error {
	return s.changeAsMember(ctx, actor, board, first, func(c Change) error {
		if !c.Role().MayEdit() {
			return problem.New(problem.Forbidden, "read_only", "You can look at this board but not change it. Ask one of its owners to make you an editor.")
		}
		return fn(c)
	})
}

// changeAsMember is changeTrashed for whatever role.
func (s *Service) changeAsMember(ctx context.Context, actor Actor, board uuid.UUID, first Ask, fn func(Change) error) error {
	return s.store.Change(ctx, actor, board, first, func(c Change) error {
		if err := once(ctx, actor, c); err != nil {
			return err
		}
		return fn(c)
	})
}

func once(ctx context.Context, actor Actor, c Change) error {
	if actor.Change == uuid.Nil {
		return nil
	}
	seq, made, err := c.Made(ctx)
	if err == nil && made {
		err = MadeAlready(seq)
	}
	return err
}

// Made is the Current of a change that was made already.
type Made struct {
	Seq int64 // its last activity's, by which it is undone
}

// MadeAlready is problem.Conflict for a change that comes again under its name. Its Current is Made, unless no activity
// tells of the first: seq is 0 then.
func MadeAlready(seq int64) error {
	refusal := problem.New(problem.Conflict, "made_already", "This change has arrived before, and was made then. It isn't made again.")
	if seq > 0 {
		refusal.Current = Made{Seq: seq}
	}
	return refusal
}

// SilentKeeps is how long the name of a change is known at least that left no activity.
const SilentKeeps = 30 * 24 * time.Hour

// seqBefore is the board's seq as long as a change has recorded nothing.
func seqBefore(c Change) int64 { return c.Seq() - 1 }

// record writes a change's activity, as the verb's last step, and tells the answer the board's new seq.
func record(ctx context.Context, c Change, activity Activity, seq *int64) error {
	return recordAll(ctx, c, []Activity{activity}, seq)
}

// recordAll is record for a change of several things: each is an activity with a seq of its own, together they are a batch.
func recordAll(ctx context.Context, c Change, activities []Activity, seq *int64) error {
	if len(activities) > 1 {
		batch, err := uuid.NewV7()
		if err != nil {
			return err
		}
		for i := range activities {
			activities[i].Batch = &batch
		}
	}
	*seq = c.Seq() + int64(len(activities)) - 1
	return c.Record(ctx, activities)
}
