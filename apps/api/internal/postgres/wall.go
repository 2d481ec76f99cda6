package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// wall is all of a board that a filter looks through, in one state: for most filters that is quicker than to have the database
// look through it each time.
type wall struct {
	wallState
	columns []kanban.Column
	labels  []kanban.Label // by name
	cards   []wallCard     // column by column, from the top
	weight  int            // in bytes, roughly
}

// wallState is a board's; from the same state the same follows, as for the copies of boards that go out.
type wallState struct {
	seq       int64
	changedAt int64 // tells two changes of the same seq apart, when an older dump was restored in between
}

func stateOf(row dbgen.BoardReadRow) wallState { return wallState{row.Seq, row.ChangedAt.UnixNano()} }

// wallCard is a card as a filter sees it.
type wallCard struct {
	kanban.CardSummary
	column   int    // which of the wall's it stands in
	small    string // its texts in the small letters that the database makes
	archived bool
}

// cardWeight is what a card weighs besides its texts.
const cardWeight = 256

// readWall reads a board's cards, unless their texts weigh more than so many bytes: then it is nil.
func readWall(ctx context.Context, p *postgres.Pipeline, row dbgen.BoardReadRow, person uuid.UUID, atMost int) (*wall, error) {
	q := dbgen.New(p)
	which := dbgen.ColumnListByBoardParams{BoardID: row.ID, PersonID: person}
	p.Ahead(func(asker postgres.Asker) { _, _ = dbgen.New(asker).ColumnListByBoard(ctx, which) })
	weight, err := q.WallWeight(ctx, row.ID)
	if err != nil || weight > int64(atMost) {
		return nil, err
	}
	columns, err := q.ColumnListByBoard(ctx, which)
	if err != nil {
		return nil, err
	}
	p.Ahead(func(asker postgres.Asker) {
		a := dbgen.New(asker)
		_, _ = a.WallLabels(ctx, row.ID)
		_, _ = a.WallAssignees(ctx, row.ID)
	})
	cards, err := q.WallCards(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	w := &wall{wallState: stateOf(row), columns: columnsOf(columns), cards: make([]wallCard, len(cards)), weight: int(weight)}
	at, column := make(map[uuid.UUID]*wallCard, len(cards)), 0
	for i, card := range cards {
		for w.columns[column].ID != card.ColumnID { // both come from the left
			column++
		}
		w.cards[i] = wallCard{column: column, small: card.Small, archived: card.Archived, CardSummary: kanban.CardSummary{
			ID: card.ID, Number: card.Number, ColumnID: card.ColumnID, Title: card.Title, Version: card.Version, HasDescription: card.HasDescription, DueOn: card.DueOn,
			AssigneeIDs: []uuid.UUID{}, Rank: card.Rank,
		}}
		at[card.ID] = &w.cards[i]
		w.weight += cardWeight + len(card.Title)
	}
	if err := tell(ctx, q, row.ID, at); err != nil {
		return nil, err
	}
	w.labels, err = readLabels(ctx, q, row.ID, nil)
	return w, err
}

// tell says to the cards of a board which labels they carry and who is to do them.
func tell(ctx context.Context, q *dbgen.Queries, board uuid.UUID, at map[uuid.UUID]*wallCard) error {
	labels, err := q.WallLabels(ctx, board)
	if err != nil {
		return err
	}
	for _, row := range labels {
		if card := at[row.CardID]; card != nil {
			card.LabelIDs = append(card.LabelIDs, row.LabelID)
		}
	}
	people, err := q.WallAssignees(ctx, board)
	for _, row := range people {
		if card := at[row.CardID]; card != nil {
			card.AssigneeIDs = append(card.AssigneeIDs, row.PersonID)
		}
	}
	return err
}
