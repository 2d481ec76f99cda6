package kanban

import (
	"context"
	"slices"
)

// move puts the cards at a place, one below the other; those that stand there so already stay.
func (b Batch) move(ctx context.Context, c Change, cards []BatchCard) ([]Activity, error) {
	if err := b.Move.check(b.Cards...); err != nil {
		return nil, within("move", err)
	}
	gap, err := cardGap(ctx, c, *b.Move, b.Cards...)
	if err != nil || b.there(gap, cards) {
		return nil, err
	}
	fresh, err := ranksAt(len(cards),
		func() (Gap, error) { return b.clear(gap, cards), nil },
		func() error { gap, err = b.renewed(ctx, c, cards); return err })
	if err != nil {
		return nil, err
	}
	placed := make([]PlacedCard, len(cards))
	for i := range cards {
		card := &cards[i]
		placed[i] = PlacedCard{card.ID, card.ColumnID, card.Rank}
		card.ColumnID, card.Rank = b.Move.Column, fresh[i]
	}
	return placeCards(ctx, c, placed, b.Move.Column, fresh)
}

// there reports whether all the cards stand in the gap already; they come in their order.
func (b Batch) there(gap Gap, cards []BatchCard) bool {
	return !slices.ContainsFunc(cards, func(k BatchCard) bool { return k.ColumnID != b.Move.Column || !gap.holds(k.Rank) })
}

// renewed gives the column fresh ranks, and the cards too where they stand in it, and finds the place anew.
func (b Batch) renewed(ctx context.Context, c Change, cards []BatchCard) (Gap, error) {
	if err := c.RankCards(ctx, b.Move.Column, ranks); err != nil {
		return Gap{}, err
	}
	now, err := b.read(ctx, c)
	if err != nil {
		return Gap{}, err
	}
	copy(cards, now)
	return cardGap(ctx, c, *b.Move, b.Cards...)
}

// clear narrows a gap to a part where no card stands, not even one that moves: its rank isn't free while another takes it.
func (b Batch) clear(gap Gap, cards []BatchCard) Gap {
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
