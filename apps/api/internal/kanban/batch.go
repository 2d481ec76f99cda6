package kanban

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// BatchAtMost is how many cards one batch can change: as many as somebody may have before them and choose.
const BatchAtMost = 1000

// Batch is one thing to do with several cards: exactly one of its verbs.
type Batch struct {
	Cards   []uuid.UUID
	Move    *Place
	Archive bool
	Label   *LabelSwitch
	Assign  *AssigneeSwitch
}

// BatchCard is a card of a batch as its board shows it, and where it is.
type BatchCard struct {
	CardSummary
	Archived bool
	Deleted  bool

	ColumnArchived bool
	ColumnDeleted  bool
}

// ChangeCards does one thing with several cards, or nothing with any of them. They keep their order among themselves:
// by column, then from the top. It returns them as they are then, with the board's seq; what was so already is no
// activity. problem.Invalid for what can't be meant, problem.NotFound for the board, a card, the column, the label or the member,
// problem.Forbidden for a viewer, problem.Conflict for a card in the archive ("archived"; archiving leaves it there)
// or in a column that is away ("column_archived", "column_deleted") and for a neighbour that left the column ("neighbour_gone").
func (s *Service) ChangeCards(ctx context.Context, actor Actor, board uuid.UUID, batch Batch) (cards []CardSummary, seq int64, err error) {
	if err := batch.check(); err != nil {
		return nil, 0, err
	}
	err = s.change(ctx, actor, board, func(c Change) error {
		standing, err := batch.read(ctx, c)
		if err != nil {
			return err
		}
		activities, err := batch.do(ctx, c, standing)
		if err != nil {
			return err
		}
		cards = make([]CardSummary, len(standing))
		for i, card := range standing {
			cards[i] = card.CardSummary
		}
		if seq = seqBefore(c); len(activities) == 0 {
			return ErrUnchanged
		}
		return recordAll(ctx, c, activities, &seq)
	})
	return cards, seq, err
}

// check makes problem.Invalid unless the batch has some cards, each once, and one verb.
func (b Batch) check() error {
	verbs := 0
	for _, said := range []bool{b.Move != nil, b.Archive, b.Label != nil, b.Assign != nil} {
		if said {
			verbs++
		}
	}
	var wrong []*problem.Field
	if verbs != 1 {
		wrong = append(wrong, &problem.Field{Field: "move", Code: "one_verb", Detail: "Say exactly one thing to do with the cards: move, archive, label or assign."})
	}
	if n := len(b.Cards); n == 0 || n > BatchAtMost {
		wrong = append(wrong, &problem.Field{Field: "card_ids", Code: "out_of_range", Detail: fmt.Sprintf("Name from 1 to %d cards; these are %d.", BatchAtMost, n)})
	}
	if b.twice() {
		wrong = append(wrong, &problem.Field{Field: "card_ids", Code: "twice", Detail: "Name each card once."})
	}
	return refuse(wrong...)
}

func (b Batch) twice() bool {
	seen := make(map[uuid.UUID]bool, len(b.Cards))
	for _, id := range b.Cards {
		seen[id] = true
	}
	return len(seen) < len(b.Cards)
}

// read finds the cards, all of which must be there and, unless they are to be archived, on the wall.
func (b Batch) read(ctx context.Context, c Change) ([]BatchCard, error) {
	cards, err := c.BatchCards(ctx, b.Cards)
	switch {
	case err != nil:
		return nil, err
	case len(cards) < len(b.Cards), slices.ContainsFunc(cards, func(k BatchCard) bool { return k.Deleted }):
		return nil, CardNotFound()
	case !b.Archive && slices.ContainsFunc(cards, func(k BatchCard) bool { return k.Archived }):
		err = archived()
	}
	for _, card := range cards {
		if away := ColumnAway(card.ColumnArchived, card.ColumnDeleted); away != nil {
			return nil, away
		}
	}
	return cards, err
}

// do changes the cards, in the store and as given, and says what happened.
func (b Batch) do(ctx context.Context, c Change, cards []BatchCard) ([]Activity, error) {
	switch {
	case b.Move != nil:
		return b.move(ctx, c, cards)
	case b.Archive:
		return b.archive(ctx, c, cards)
	case b.Assign != nil:
		return b.assign(ctx, c, cards)
	default:
		return b.label(ctx, c, cards)
	}
}

func (b Batch) archive(ctx context.Context, c Change, cards []BatchCard) ([]Activity, error) {
	var ids []uuid.UUID
	var activities []Activity
	for _, card := range cards {
		if !card.Archived {
			ids = append(ids, card.ID)
			activities = append(activities, Activity{Verb: CardArchived, CardID: &card.ID, ColumnID: &card.ColumnID, Was: placeFacts(card.ColumnID, card.Rank)})
		}
	}
	if ids == nil {
		return nil, nil
	}
	return activities, c.ArchiveCards(ctx, ids)
}

func (b Batch) label(ctx context.Context, c Change, cards []BatchCard) ([]Activity, error) {
	label, all, err := findLabel(ctx, c, b.Label.ID)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	var activities []Activity
	for i := range cards {
		card := &cards[i]
		if slices.Contains(card.LabelIDs, label.ID) != b.Label.On {
			ids = append(ids, card.ID)
			activities = append(activities, b.Label.activity(label, card.ID, card.ColumnID))
			card.LabelIDs = b.Label.applied(card.LabelIDs, all)
		}
	}
	if ids == nil {
		return nil, nil
	}
	return activities, b.Label.write(ctx, c, ids...)
}
