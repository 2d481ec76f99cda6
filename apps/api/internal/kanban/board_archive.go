package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// ArchiveBoard puts a board out of sight, where it can be read but not changed; one that is archived stays as it
// is. problem.NotFound for an outsider, problem.Forbidden below an owner ("owners_only").
func (s *Service) ArchiveBoard(ctx context.Context, actor Actor, id uuid.UUID) (BoardSummary, error) {
	return s.putBoard(ctx, actor, id, BoardArchived, Change.ArchiveBoard)
}

// RestoreBoard brings a board back from the archive; one that isn't there stays as it is. problem.NotFound for an
// outsider, problem.Forbidden below an owner ("owners_only").
func (s *Service) RestoreBoard(ctx context.Context, actor Actor, id uuid.UUID) (BoardSummary, error) {
	return s.putBoard(ctx, actor, id, BoardRestored, Change.RestoreBoard)
}

// putBoard puts a board into the archive or back, if it isn't there already.
func (s *Service) putBoard(ctx context.Context, actor Actor, id uuid.UUID, verb Verb, put func(Change, context.Context) (BoardSummary, error)) (BoardSummary, error) {
	var board BoardSummary
	err := s.changeAny(ctx, actor, id, Ask{}, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersArchive()
		}
		var err error
		if c.Archived() == (verb == BoardArchived) {
			if board, err = c.Board(ctx); err != nil {
				return err
			}
			return ErrUnchanged
		}
		if board, err = put(c, ctx); err != nil {
			return err
		}
		return record(ctx, c, boardPut(verb), &board.Seq)
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
