package kanban

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Which names what to take back; the zero value is the last there is.
type Which struct {
	Seq    int64 // this one, or the batch that it is of
	Before int64 // the last one before this, to go on past one that was refused
}

// Undone is what an undo or a redo did.
type Undone struct {
	Of  Activity   // what it took back; of a batch, the first
	Did []Activity // in the order of their seqs
	Seq int64      // the board's
}

// Refused is the Current of a refusal to take something back.
type Refused struct {
	Seq int64 // of what was to be taken back; of a batch, the first
}

// Own is the last thing between two seqs that the actor did in this sign-in and that can be taken back, or with Redo their
// last undo, unless they did something new after it.
type Own struct {
	From, To int64
	Redo     bool
}

// Past is what a Change knows of what was done before.
type Past interface {
	// Own finds a thing that can be taken back, with all of its batch; none if there is none. now is the database's clock.
	Own(ctx context.Context, own Own) (rows []Activity, now time.Time, err error)
	// Since lists what was done to some things after a seq, in its order.
	Since(ctx context.Context, after int64, things Things) ([]Trace, error)

	// FormerCards tells of cards how they stand, and what is now at the places beside them, or at their own without such.
	FormerCards(ctx context.Context, ids, columns []uuid.UUID, ranks []string) ([]FormerCard, error)
	// PutCards puts each card into the column and at the rank beside it, where no live card stands.
	PutCards(ctx context.Context, ids, columns []uuid.UUID, ranks []string) error
	// RestoreCards makes cards live again, each at the rank beside it.
	RestoreCards(ctx context.Context, ids []uuid.UUID, ranks []string) error
	// DeleteCards puts cards into the trash.
	DeleteCards(ctx context.Context, ids []uuid.UUID) error
	// UndeleteCards takes cards out of the trash; those in the archive too are there then.
	UndeleteCards(ctx context.Context, ids []uuid.UUID) error
	// PutColumnBack is RestoreColumn for who doesn't look at the column then.
	PutColumnBack(ctx context.Context, id uuid.UUID, rank string) error
	// ColumnGapAt tells the ranks at or left of a rank, and right of it, leaving out the column that moves.
	ColumnGapAt(ctx context.Context, rank string, moving uuid.UUID) (Gap, error)
}

// Undo takes back the last thing that the actor did on a board in this sign-in and that isn't taken back yet, a batch
// whole, by doing the opposite: ordinary activities tell of it and name what they took back. problem.NotFound and
// problem.Forbidden as for every change, and for who is no owner what only owners may do; problem.Conflict when there is
// nothing ("nothing_to_undo") or the last thing can't be taken back ("cannot_undo"), when the same part of the same thing was changed since ("changed_since", saying who and
// what), in an archived board ("board_archived"; its own archiving can be undone), in a column that is away ("column_archived", "column_deleted"), and when
// a label has no room to come back ("name_taken", "too_many_labels"). A refusal's Current is Refused.
func (s *Service) Undo(ctx context.Context, actor Actor, board uuid.UUID, which Which) (Undone, error) {
	return s.takeBack(ctx, actor, board, which, undo{actor: actor.ID})
}

// Redo takes back the actor's last undo in this sign-in, unless they did something new since. Its errors are those of
// Undo, with "nothing_to_redo".
func (s *Service) Redo(ctx context.Context, actor Actor, board uuid.UUID, which Which) (Undone, error) {
	return s.takeBack(ctx, actor, board, which, undo{actor: actor.ID, redo: true})
}

// undo is one of the two ways to take something back.
type undo struct {
	actor uuid.UUID
	redo  bool
}

func (s *Service) takeBack(ctx context.Context, actor Actor, board uuid.UUID, which Which, way undo) (Undone, error) {
	from, to, err := which.bounds()
	if err != nil {
		return Undone{}, err
	}
	var undone Undone
	own := Own{From: from, To: to, Redo: way.redo}
	err = s.changeTrashed(ctx, actor, board, Ask{Own: &own}, func(c Change) error {
		rows, now, err := c.Own(ctx, own)
		switch {
		case err != nil:
			return err
		case c.Deleted() && (len(rows) == 0 || rows[0].Verb != BoardDeleted):
			return BoardNotFound()
		case c.Archived() && !c.Deleted() && !movedArchived(rows):
			return boardArchived()
		case len(rows) == 0:
			return way.nothing()
		}
		did, err := way.take(ctx, c, rows)
		if err != nil {
			return refused(rows[0], err)
		}
		for i := range did {
			did[i].Seq, did[i].At, did[i].ActorID, did[i].Origin = c.Seq()+int64(i), now, actor.ID, actor.Tab
			did[i].Undid, did[i].Redo = &rows[i].Seq, way.redo
		}
		undone = Undone{Of: rows[0], Did: did}
		return recordAll(ctx, c, did, &undone.Seq)
	})
	return undone, err
}

// take does the opposite of what was done, unless something stands in the way.
func (u undo) take(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	back := inverses[rows[0].Verb]
	if back.never != "" {
		return nil, problem.New(problem.Conflict, "cannot_undo", back.never)
	}
	if back.take == nil {
		return nil, u.nothing()
	}
	if err := u.checkSince(ctx, c, rows); err != nil {
		return nil, err
	}
	did, err := back.take(ctx, c, rows)
	if err == nil && len(did) != len(rows) {
		err = u.nothing() // what it was is no longer told
	}
	return did, err
}

func (u undo) nothing() error {
	if u.redo {
		return problem.New(problem.Conflict, "nothing_to_redo", "There is nothing to redo: you have undone nothing here since you signed in, or have changed something since.")
	}
	return problem.New(problem.Conflict, "nothing_to_undo", "There is nothing of yours to undo: either it is undone already, or you haven't changed it since you signed in.")
}

// refused tells with a refusal what was to be taken back, so that the asker can go on past it.
func refused(row Activity, err error) error {
	var refusal *problem.Error
	if !errors.As(err, &refusal) || (refusal.Kind != problem.Conflict && refusal.Kind != problem.NotFound && refusal.Kind != problem.Forbidden) {
		return err
	}
	with := *refusal
	with.Current = Refused{Seq: row.Seq}
	return &with
}

// bounds are the seqs between which to look. problem.Invalid for what is named in two ways.
func (w Which) bounds() (from, to int64, err error) {
	switch {
	case w.Seq > 0 && w.Before > 0:
		return 0, 0, problem.Validation(problem.Field{Field: "before", Code: "one_way", Detail: "Say either seq or before, not both."})
	case w.Seq > 0:
		return w.Seq, w.Seq, nil
	case w.Before > 0:
		return 1, w.Before - 1, nil
	default:
		return 1, math.MaxInt64, nil
	}
}
