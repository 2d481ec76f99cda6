package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// fewCards on as many a person's own boards, or a side of them, are read through, when a word is frequent elsewhere.
const fewCards = 10_000

// step looks at some candidates and moves on behind them.
func (x *searcher) step(ctx context.Context) error {
	switch {
	case !x.words.asked:
		return x.rest(ctx, x.bySigns)
	case x.last == kanban.Nearly:
		return x.bySideOr(ctx, x.inVain(), 0, func() error { return x.rest(ctx, x.byWords) })
	}
	newest, likely, err := x.newest(ctx)
	if err != nil {
		return err
	}
	isFull, isFrequent := len(newest) >= x.limit-len(x.found), likely > probeFew
	wants := x.inVain() || (isFrequent && x.narrowed() && (!isFull || x.patience.steps > 0))
	return x.bySideOr(ctx, wants, likely, func() error {
		switch {
		case isFull && (x.patience.read == 0 || x.at.Card == uuid.Max):
			return x.read(ctx, newest)
		case !isFrequent:
			return x.rest(ctx, x.byWords)
		case x.cards <= fewCards:
			return x.rest(ctx, x.byCards)
		default:
			return x.tier(ctx)
		}
	})
}

// bySideOr begins with a side, when that is wanted and there is one that is rarer than the words are likely to be.
func (x *searcher) bySideOr(ctx context.Context, wants bool, likely int, otherwise func() error) error {
	if wants {
		if err := x.chooseSide(ctx, likely); err != nil {
			return err
		}
	}
	if x.side.taken() {
		return x.rest(ctx, x.bySide)
	}
	return otherwise()
}

// finder finds candidates from where the search is on, so many at most.
type finder func(ctx context.Context, most int) ([]candidate, error)

// rest looks at the candidates of all tiers that are left, as many as one look takes.
func (x *searcher) rest(ctx context.Context, find finder) error {
	return x.lookAt(ctx, find, kanban.Mark{Tier: x.last + 1, Card: uuid.Max})
}

// tier looks at the present tier alone: of the wider ones there is much, which is found among the newest.
func (x *searcher) tier(ctx context.Context) error {
	narrow := map[kanban.Tier]string{kanban.WholeTitle: x.words.whole, kanban.TitleBegin: x.words.titled, kanban.Anywhere: x.words.anywhere}
	return x.lookAt(ctx, func(ctx context.Context, most int) ([]candidate, error) {
		return x.look(ctx, narrow[x.at.Tier], x.at.Tier, most)
	}, kanban.Mark{Tier: x.at.Tier + 1, Card: uuid.Max})
}

// lookAt reads what is found; behind is where it goes on when that was all.
func (x *searcher) lookAt(ctx context.Context, find finder, behind kanban.Mark) error {
	most := firstLook
	if x.inVain() {
		most = furtherLook
	}
	candidates, err := find(ctx, most)
	if err != nil {
		return err
	}
	if err := x.read(ctx, candidates); err != nil {
		return err
	}
	if len(candidates) < most && len(x.found) < x.limit {
		x.at = behind
	}
	return nil
}
