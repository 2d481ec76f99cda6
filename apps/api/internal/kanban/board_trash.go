package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// DeleteBoard puts a board that was read at a version into the trash, from the wall or from the archive. There it isn't
// found any more, but listed, until an owner brings it back (RestoreBoard) or it is purged. problem.NotFound for an outsider,
// problem.Forbidden below an owner ("owners_only"), problem.PreconditionRequired and problem.Stale as everywhere.
func (s *Service) DeleteBoard(ctx context.Context, actor Actor, id uuid.UUID, from From) (seq int64, err error) {
	err = s.changeAny(ctx, actor, id, Ask{}, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersDelete()
		}
		board, err := c.Board(ctx)
		if err != nil {
			return err
		}
		if err := checkFrom(from, board.Version, board); err != nil {
			return err
		}
		if err := c.DeleteBoard(ctx); err != nil {
			return err
		}
		return record(ctx, c, boardDeleted(), &seq)
	})
	return seq, err
}

func boardDeleted() Activity {
	return Activity{Verb: BoardDeleted, Was: map[string]any{"deleted": false}, Became: map[string]any{"deleted": true}}
}

// boardUndeleted tells that a board is where it was before it was deleted, be that the archive.
func boardUndeleted() Activity {
	return Activity{Verb: BoardRestored, Was: map[string]any{"deleted": true}, Became: map[string]any{"deleted": false}}
}

func ownersDelete() error {
	return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can delete it or bring it back.")
}
