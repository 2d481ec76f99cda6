package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// BatchCards implements kanban.Change.
func (c *change) BatchCards(ctx context.Context, ids []uuid.UUID) ([]kanban.BatchCard, error) {
	rows, err := c.q.CardListBatch(ctx, dbgen.CardListBatchParams{BoardID: c.board, Ids: ids})
	if err != nil {
		return nil, err
	}
	cards := make([]kanban.BatchCard, len(rows))
	summaries := make([]*kanban.CardSummary, len(rows))
	for i, row := range rows {
		cards[i] = kanban.BatchCard{
			CardSummary: kanban.CardSummary{
				ID: row.ID, Number: row.Number, ColumnID: row.ColumnID, Title: row.Title, Version: row.Version,
				HasDescription: row.HasDescription, DueOn: row.DueOn, AssigneeIDs: row.AssigneeIds, Rank: row.Rank,
			},
			Archived: row.Archived, Deleted: row.Deleted, ColumnArchived: row.ColumnArchived, ColumnDeleted: row.ColumnDeleted,
		}
		summaries[i] = &cards[i].CardSummary
	}
	_, err = readLabels(ctx, c.q, c.board, summaries)
	return cards, err
}

// PlaceCards implements kanban.Change.
func (c *change) PlaceCards(ctx context.Context, ids []uuid.UUID, column uuid.UUID, ranks []string) error {
	return c.q.CardPlaceMany(ctx, dbgen.CardPlaceManyParams{BoardID: c.board, ColumnID: column, Ids: ids, Ranks: ranks})
}

// ArchiveCards implements kanban.Change.
func (c *change) ArchiveCards(ctx context.Context, ids []uuid.UUID) error {
	return c.q.CardArchiveMany(ctx, dbgen.CardArchiveManyParams{BoardID: c.board, Ids: ids, ActorID: &c.actor.ID})
}
