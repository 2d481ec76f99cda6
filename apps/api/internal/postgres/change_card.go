package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// CardAnywhere implements kanban.Change.
func (c *change) CardAnywhere(ctx context.Context, ref kanban.CardRef) (kanban.Card, error) {
	found, err := findCard(ctx, c.q, c.board, ref)
	found.Seq = c.seqBefore()
	return found, err
}

// MadeCard implements kanban.Change.
func (c *change) MadeCard(ctx context.Context, cardID uuid.UUID) (seq int64, column uuid.UUID, err error) {
	row, err := c.q.ActivityMadeCard(ctx, dbgen.ActivityMadeCardParams{BoardID: c.board, CardID: &cardID})
	return row.Seq, orNil(row.ColumnID), err
}

// CreateCard implements kanban.Change. Nothing of a new card is the database's to choose, so that nobody waits for its answer.
func (c *change) CreateCard(ctx context.Context, k kanban.NewCard, rank string) (kanban.Card, error) {
	made := c.newCard(k, rank)
	return made, c.q.CardCreate(ctx, dbgen.CardCreateParams{
		BoardID: made.BoardID, ID: made.ID, Number: made.Number, ColumnID: made.ColumnID, Rank: rank, Title: made.Title,
		Description: made.Description, DueOn: made.DueOn, CreatedBy: made.CreatedBy,
	})
}

// newCard is a card with the board's next number.
func (c *change) newCard(k kanban.NewCard, rank string) kanban.Card {
	c.last++
	return kanban.Card{
		ID: k.ID, BoardID: c.board, Number: c.last, ColumnID: k.ColumnID, Rank: rank, Title: k.Title, Description: k.Description, DueOn: k.DueOn,
		Version: 1, CreatedAt: c.now, CreatedBy: c.actor.ID, UpdatedAt: c.now,
	}
}

// CreateCards implements kanban.Change.
func (c *change) CreateCards(ctx context.Context, column uuid.UUID, cards []kanban.NewCard, ranks []string) ([]kanban.Card, error) {
	made := make([]kanban.Card, len(cards))
	all := dbgen.CardCreateManyParams{BoardID: c.board, ColumnID: column, CreatedBy: c.actor.ID, Ranks: ranks}
	for i, k := range cards {
		made[i] = c.newCard(k, ranks[i])
		all.Ids, all.Numbers, all.Titles = append(all.Ids, k.ID), append(all.Numbers, made[i].Number), append(all.Titles, k.Title)
	}
	return made, c.q.CardCreateMany(ctx, all)
}

// UpdateCard implements kanban.Change.
func (c *change) UpdateCard(ctx context.Context, k kanban.Card) (kanban.Card, error) {
	row, err := c.q.CardUpdate(ctx, dbgen.CardUpdateParams{BoardID: c.board, ID: k.ID, Title: k.Title, Description: k.Description, DueOn: k.DueOn})
	return card(row, k), err
}

// MoveCard implements kanban.Change.
func (c *change) MoveCard(ctx context.Context, id, columnID uuid.UUID, rank string) error {
	return c.q.CardMove(ctx, dbgen.CardMoveParams{BoardID: c.board, ID: id, ColumnID: columnID, Rank: rank})
}

// ArchiveCard implements kanban.Change.
func (c *change) ArchiveCard(ctx context.Context, k kanban.Card) (kanban.Card, error) {
	row, err := c.q.CardArchive(ctx, dbgen.CardArchiveParams{BoardID: c.board, ID: k.ID, ActorID: &c.actor.ID})
	return card(row, k), err
}

// DeleteCard implements kanban.Change.
func (c *change) DeleteCard(ctx context.Context, id uuid.UUID) error {
	return c.q.CardDelete(ctx, dbgen.CardDeleteParams{BoardID: c.board, ID: id, ActorID: &c.actor.ID})
}

// RestoreCard implements kanban.Change.
func (c *change) RestoreCard(ctx context.Context, k kanban.Card, rank string) (kanban.Card, error) {
	row, err := c.q.CardRestore(ctx, dbgen.CardRestoreParams{BoardID: c.board, ID: k.ID, Rank: rank})
	return card(row, k), err
}

// RankTaken implements kanban.Change.
func (c *change) RankTaken(ctx context.Context, columnID uuid.UUID, rank string) (bool, error) {
	return c.q.CardRankTaken(ctx, dbgen.CardRankTakenParams{BoardID: c.board, ColumnID: columnID, Rank: rank})
}

// CardGap implements kanban.Change.
func (c *change) CardGap(ctx context.Context, place kanban.Place, moving ...uuid.UUID) (kanban.Gap, bool, error) {
	var gap kanban.Gap
	var err error
	moving = some(moving) // NULL is unlike no id
	switch {
	case place.Before != uuid.Nil:
		var row dbgen.CardGapBeforeRow
		row, err = c.q.CardGapBefore(ctx, dbgen.CardGapBeforeParams{BoardID: c.board, ColumnID: place.Column, Moving: moving, Neighbour: place.Before})
		gap = kanban.Gap(row)
	case place.After != uuid.Nil:
		var row dbgen.CardGapAfterRow
		row, err = c.q.CardGapAfter(ctx, dbgen.CardGapAfterParams{BoardID: c.board, ColumnID: place.Column, Moving: moving, Neighbour: place.After})
		gap = kanban.Gap(row)
	case place.At == kanban.AtStart:
		gap.High, err = c.q.CardGapAtStart(ctx, dbgen.CardGapAtStartParams{BoardID: c.board, ColumnID: place.Column, Moving: moving})
	default:
		gap.Low, err = c.q.CardGapAtEnd(ctx, dbgen.CardGapAtEndParams{BoardID: c.board, ColumnID: place.Column, Moving: moving})
	}
	return foundGap(gap, err)
}

// CardsInColumn implements kanban.Change.
func (c *change) CardsInColumn(ctx context.Context, columnID uuid.UUID, limit int) ([]kanban.PlacedCard, error) {
	rows, err := c.q.CardListPlaces(ctx, dbgen.CardListPlacesParams{BoardID: c.board, ColumnID: columnID, MaxRows: limit})
	cards := make([]kanban.PlacedCard, len(rows))
	for i, row := range rows {
		cards[i] = kanban.PlacedCard(row)
	}
	return cards, err
}

// RankCards implements kanban.Change.
func (c *change) RankCards(ctx context.Context, columnID uuid.UUID, ranks func(last string, n int) []string) error {
	rows, err := c.q.CardRanks(ctx, dbgen.CardRanksParams{BoardID: c.board, ColumnID: columnID})
	if err != nil || len(rows) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	c.renewed = true
	fresh := ranks(rows[len(rows)-1].Rank, len(rows))
	return c.q.CardRankAll(ctx, dbgen.CardRankAllParams{BoardID: c.board, Ids: ids, Ranks: fresh})
}
