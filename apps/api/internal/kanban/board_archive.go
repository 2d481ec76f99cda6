package kanban

import (
	"cmp"
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// ArchiveBoard puts a board out of sight, where it can be read but not changed; one that is archived stays as it
// is. problem.NotFound for an outsider, problem.Forbidden below an owner ("owners_only").
func (s *Service) ArchiveBoard(ctx context.Context, actor Actor, id uuid.UUID) (BoardSummary, error) {
	var board BoardSummary
	err := s.changeAny(ctx, actor, id, Ask{}, func(c Change) error {
		var err error
		switch {
		case !c.Role().MayOwn():
			return ownersArchive()
		case c.Archived():
			board, err = c.Board(ctx)
			return cmp.Or(err, ErrUnchanged)
		}
		if board, err = c.ArchiveBoard(ctx); err != nil {
			return err
		}
		return record(ctx, c, boardPut(BoardArchived), &board.Seq)
	})
	return board, err
}

// RestoreBoard brings a board back to the wall from the archive or the trash; one that is there stays as it is.
// problem.NotFound for an outsider, problem.Forbidden below an owner ("owners_only").
func (s *Service) RestoreBoard(ctx context.Context, actor Actor, id uuid.UUID) (BoardSummary, error) {
	var board BoardSummary
	err := s.changeTrashed(ctx, actor, id, Ask{}, func(c Change) error {
		var err error
		switch {
		case !c.Role().MayOwn():
			return ownersArchive()
		case !c.Archived() && !c.Deleted():
			board, err = c.Board(ctx)
			return cmp.Or(err, ErrUnchanged)
		}
		if board, err = c.RestoreBoard(ctx); err != nil {
			return err
		}
		activity := boardPut(BoardRestored)
		activity.Was["archived"] = c.Archived()
		if c.Deleted() {
			activity.Was["deleted"], activity.Became["deleted"] = true, false
		}
		return record(ctx, c, activity, &board.Seq)
	})
	return board, err
}

func boardPut(verb Verb) Activity {
	becomes := verb == BoardArchived
	return Activity{Verb: verb, Was: map[string]any{"archived": !becomes}, Became: map[string]any{"archived": becomes}}
}

func ownersArchive() error {
	return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can archive it or bring it back.")
}
