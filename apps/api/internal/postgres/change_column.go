package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Column implements kanban.Change.
func (c *change) Column(ctx context.Context, id uuid.UUID) (kanban.Column, error) {
	row, err := c.q.ColumnGet(ctx, dbgen.ColumnGetParams{BoardID: c.board, ID: id})
	col := column(row.Column, row.CardCount)
	col.Seq = c.seqBefore()
	return col, or(kanban.ColumnNotFound(), err)
}

// CreateColumn implements kanban.Change.
func (c *change) CreateColumn(ctx context.Context, col kanban.NewColumn, rank string) (kanban.Column, error) {
	err := c.q.ColumnCreate(ctx, dbgen.ColumnCreateParams{
		BoardID: c.board, ID: col.ID, Title: col.Title, WipLimit: col.WIPLimit, Hue: (*string)(col.Hue), Kind: string(col.Kind),
		Rank: rank, CreatedBy: c.actor.ID,
	})
	if err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, col.ID)
}

// UpdateColumn implements kanban.Change.
func (c *change) UpdateColumn(ctx context.Context, col kanban.Column) (kanban.Column, error) {
	err := c.q.ColumnUpdate(ctx, dbgen.ColumnUpdateParams{
		BoardID: c.board, ID: col.ID, Title: col.Title, WipLimit: col.WIPLimit, Hue: (*string)(col.Hue), Kind: string(col.Kind),
	})
	if err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, col.ID)
}

// MoveColumn implements kanban.Change.
func (c *change) MoveColumn(ctx context.Context, id uuid.UUID, rank string) error {
	return c.q.ColumnMove(ctx, dbgen.ColumnMoveParams{BoardID: c.board, ID: id, Rank: rank})
}

// ArchiveColumn implements kanban.Change.
func (c *change) ArchiveColumn(ctx context.Context, id uuid.UUID) (kanban.Column, error) {
	if err := c.q.ColumnArchive(ctx, dbgen.ColumnArchiveParams{BoardID: c.board, ID: id, ActorID: &c.actor.ID}); err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, id)
}

// RestoreColumn implements kanban.Change.
func (c *change) RestoreColumn(ctx context.Context, id uuid.UUID, rank string) (kanban.Column, error) {
	if err := c.q.ColumnRestore(ctx, dbgen.ColumnRestoreParams{BoardID: c.board, ID: id, Rank: rank}); err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, id)
}

// DeleteColumn implements kanban.Change.
func (c *change) DeleteColumn(ctx context.Context, id uuid.UUID) error {
	return c.q.ColumnDelete(ctx, dbgen.ColumnDeleteParams{BoardID: c.board, ID: id, ActorID: &c.actor.ID})
}

// UndeleteColumn implements kanban.Change.
func (c *change) UndeleteColumn(ctx context.Context, id uuid.UUID) error {
	return c.q.ColumnUndelete(ctx, dbgen.ColumnUndeleteParams{BoardID: c.board, ID: id})
}

// ColumnRankTaken implements kanban.Change.
func (c *change) ColumnRankTaken(ctx context.Context, rank string) (bool, error) {
	return c.q.ColumnRankTaken(ctx, dbgen.ColumnRankTakenParams{BoardID: c.board, Rank: rank})
}

// ColumnGap implements kanban.Change.
func (c *change) ColumnGap(ctx context.Context, beside kanban.ColumnPlace, moving uuid.UUID) (kanban.Gap, bool, error) {
	var gap kanban.Gap
	var err error
	switch {
	case beside.Before != uuid.Nil:
		var row dbgen.ColumnGapBeforeRow
		row, err = c.q.ColumnGapBefore(ctx, dbgen.ColumnGapBeforeParams{BoardID: c.board, Moving: moving, Neighbour: beside.Before})
		gap = kanban.Gap(row)
	case beside.After != uuid.Nil:
		var row dbgen.ColumnGapAfterRow
		row, err = c.q.ColumnGapAfter(ctx, dbgen.ColumnGapAfterParams{BoardID: c.board, Moving: moving, Neighbour: beside.After})
		gap = kanban.Gap(row)
	default:
		gap.Low, err = c.q.ColumnGapAtEnd(ctx, c.board)
	}
	return foundGap(gap, err)
}

// foundGap tells a place that isn't there from a query that failed.
func foundGap(gap kanban.Gap, err error) (kanban.Gap, bool, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return kanban.Gap{}, false, nil
	}
	return gap, err == nil, err
}

// RankColumns implements kanban.Change.
func (c *change) RankColumns(ctx context.Context, ranks func(last string, n int) []string) error {
	rows, err := c.q.ColumnRanks(ctx, c.board)
	if err != nil || len(rows) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	fresh := ranks(rows[len(rows)-1].Rank, len(rows))
	return c.q.ColumnRankAll(ctx, dbgen.ColumnRankAllParams{BoardID: c.board, Ids: ids, Ranks: fresh})
}
