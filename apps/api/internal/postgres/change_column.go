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
	col := column(row)
	col.Seq = c.seqBefore()
	return col, or(kanban.ColumnNotFound(), err)
}

// CreateColumn implements kanban.Change.
func (c *change) CreateColumn(ctx context.Context, col kanban.NewColumn, rank string) (kanban.Column, error) {
	err := c.q.ColumnCreate(ctx, dbgen.ColumnCreateParams{
		BoardID: c.board, ID: col.ID, Title: col.Title, WipLimit: col.WIPLimit, Rank: rank, CreatedBy: c.actor.ID,
	})
	if err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, col.ID)
}

// UpdateColumn implements kanban.Change.
func (c *change) UpdateColumn(ctx context.Context, col kanban.Column) (kanban.Column, error) {
	err := c.q.ColumnUpdate(ctx, dbgen.ColumnUpdateParams{BoardID: c.board, ID: col.ID, Title: col.Title, WipLimit: col.WIPLimit})
	if err != nil {
		return kanban.Column{}, err
	}
	return c.Column(ctx, col.ID)
}

// MoveColumn implements kanban.Change.
func (c *change) MoveColumn(ctx context.Context, id uuid.UUID, rank string) error {
	return c.q.ColumnMove(ctx, dbgen.ColumnMoveParams{BoardID: c.board, ID: id, Rank: rank})
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

func column(row dbgen.ColumnGetRow) kanban.Column {
	return kanban.Column{
		ID: row.ID, BoardID: row.BoardID, Title: row.Title, WIPLimit: row.WipLimit, Rank: row.Rank,
		Version: row.Version, CardCount: row.CardCount, CreatedBy: row.CreatedBy,
	}
}
