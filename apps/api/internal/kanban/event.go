package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// Watch is one person's looking on at what happens on one board.
type Watch struct{ Person, Board uuid.UUID }

// Watched is what there is to a watch: how far the board is, unless the person may not look.
type Watched struct {
	Watch
	Seq  int64
	Lost Loss // "" as long as they may look
}

// Loss says why somebody may not look at a board.
type Loss string

// The losses there are. Who isn't on a board never learns whether there is one.
const (
	NotAMember Loss = "not_a_member"
	InTheTrash Loss = "in_trash"
)

// EndsWatches reports whether all who look on have lost the board by such an activity, which they are told of.
func (v Verb) EndsWatches() bool { return v == BoardDeleted }

// TakesOff reports whether by such an activity somebody is on the board no more, who is to be told nothing else of it.
func (v Verb) TakesOff() bool { return v == MemberRemoved || v == MemberLeft }

// Watch tells how far the boards are that the actor wants to look on at, in their order. problem.NotFound if they may look at
// none of them.
func (s *Service) Watch(ctx context.Context, actor Actor, boards []uuid.UUID) ([]Watched, error) {
	watches := make([]Watch, len(boards))
	for i, board := range boards {
		watches[i] = Watch{Person: actor.ID, Board: board}
	}
	watched, err := s.store.Watched(ctx, watches)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(watched, func(w Watched) bool { return w.Lost == "" }) {
		return nil, BoardNotFound()
	}
	return watched, nil
}

// Watched looks at watches again, all at once: somebody may have lost their board since. What it returns is in their order.
func (s *Service) Watched(ctx context.Context, watches []Watch) ([]Watched, error) {
	return s.store.Watched(ctx, watches)
}

// Seqs tells how far boards are; one that isn't there any more is left out. It asks nobody's rights: what it tells is for
// those whose watch has been looked at.
func (s *Service) Seqs(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error) {
	return s.store.Seqs(ctx, boards)
}

// Happened lists what happened on a board after a seq, oldest first, at most limit of it. As Seqs, it is for those
// whose watch has been looked at: it is read once for all of them.
func (s *Service) Happened(ctx context.Context, board uuid.UUID, after int64, limit int) ([]Activity, error) {
	return s.store.Happened(ctx, board, after, limit)
}
