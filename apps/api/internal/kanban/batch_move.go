package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// move puts the cards at a place, one below the other; those that stand there so already stay.
func (b Batch) move(ctx context.Context, c Change, cards []StandingCard) ([]Activity, error) {
	if err := b.Move.check(b.Cards...); err != nil {
		return nil, within("move", err)
	}
	gap, err := cardGap(ctx, c, *b.Move, b.Cards...)
	if err != nil || b.there(gap, cards) {
		return nil, err
	}
	fresh, err := b.ranks(ctx, c, gap, cards)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(cards))
	activities := make([]Activity, len(cards))
	for i := range cards {
		card := &cards[i]
		ids[i] = card.ID
		activities[i] = Activity{
			Verb: CardMoved, CardID: &card.ID, ColumnID: &b.Move.Column,
			Was: standingAt(card.ColumnID, card.Rank), Became: standingAt(b.Move.Column, fresh[i]),
		}
		card.ColumnID, card.Rank = b.Move.Column, fresh[i]
	}
	return activities, c.PlaceCards(ctx, ids, b.Move.Column, fresh)
}

// there reports whether all the cards stand in the gap already; they come in their order.
func (b Batch) there(gap Gap, cards []StandingCard) bool {
	return !slices.ContainsFunc(cards, func(k StandingCard) bool { return k.ColumnID != b.Move.Column || !gap.holds(k.Rank) })
}

// ranks finds one for each card in the gap, and when they would grow long, after the column got fresh ones.
func (b Batch) ranks(ctx context.Context, c Change, gap Gap, cards []StandingCard) ([]string, error) {
	fresh := ranksIn(b.clear(gap, cards), len(cards))
	if !slices.ContainsFunc(fresh, func(rank string) bool { return len(rank) > rankLimit }) {
		return fresh, nil
	}
	if err := c.RankCards(ctx, b.Move.Column, ranks); err != nil {
		return nil, err
	}
	gap, err := cardGap(ctx, c, *b.Move, b.Cards...)
	if err != nil {
		return nil, err
	}
	if cards, err = b.read(ctx, c); err != nil {
		return nil, err
	}
	return ranksIn(b.clear(gap, cards), len(cards)), nil
}

// clear narrows a gap to a part where no card stands, not even one that moves: its rank isn't free while another takes it.
func (b Batch) clear(gap Gap, cards []StandingCard) Gap {
	for _, card := range cards {
		if card.ColumnID != b.Move.Column || !gap.holds(card.Rank) {
			continue
		}
		if gap.High == "" {
			gap.Low = card.Rank
		} else {
			gap.High = card.Rank
		}
	}
	return gap
}
