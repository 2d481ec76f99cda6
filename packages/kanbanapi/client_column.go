package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// Columns lists a board's live columns from the left, without their cards.
func (c *Client) Columns(ctx context.Context, board uuid.UUID) (ColumnList, error) {
	res, err := c.raw.ListColumnsWithResponse(ctx, board, &ListColumnsParams{})
	return answer(res, err, func() *ColumnList { return res.JSON200 })
}

// CreateColumn adds a column at the board's right end.
func (c *Client) CreateColumn(ctx context.Context, board uuid.UUID, column NewColumn) (Column, error) {
	res, err := c.raw.CreateColumnWithResponse(ctx, board, column)
	return answer(res, err, func() *Column { return res.JSON201 })
}

// CreateColumns adds columns at a board's right end, all or none.
func (c *Client) CreateColumns(ctx context.Context, board uuid.UUID, columns ...NewColumn) (ColumnsMade, error) {
	res, err := c.raw.CreateColumnsWithResponse(ctx, board, NewColumnList{Columns: columns})
	return answer(res, err, func() *ColumnsMade { return res.JSON201 })
}

// UpdateColumn changes a column that was read at a version; problem.Stale if it has changed since.
func (c *Client) UpdateColumn(ctx context.Context, board, column uuid.UUID, from int, patch ColumnPatch) (Column, error) {
	res, err := c.raw.UpdateColumnWithResponse(ctx, board, column, &UpdateColumnParams{IfMatch: version(from)}, patch)
	return answer(res, err, func() *Column { return res.JSON200 })
}

// MoveColumn puts a column before or after another of its board.
func (c *Client) MoveColumn(ctx context.Context, board, column uuid.UUID, to ColumnMove) (Column, error) {
	res, err := c.raw.MoveColumnWithResponse(ctx, board, column, to)
	return answer(res, err, func() *Column { return res.JSON200 })
}

// ArchiveColumn puts a column and its cards out of sight.
func (c *Client) ArchiveColumn(ctx context.Context, board, column uuid.UUID) (Column, error) {
	res, err := c.raw.ArchiveColumnWithResponse(ctx, board, column)
	return answer(res, err, func() *Column { return res.JSON200 })
}

// DeleteColumn puts a column that was read at a version into the trash, and its cards with it, and returns the board's seq;
// problem.Stale if it has changed since, problem.Conflict "column_deleted" for one that is there.
func (c *Client) DeleteColumn(ctx context.Context, board, column uuid.UUID, from int) (seq int64, err error) {
	res, err := c.raw.DeleteColumnWithResponse(ctx, board, column, &DeleteColumnParams{IfMatch: version(from)})
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// RestoreColumn brings a column and its cards back from the archive or the trash.
func (c *Client) RestoreColumn(ctx context.Context, board, column uuid.UUID) (Column, error) {
	res, err := c.raw.RestoreColumnWithResponse(ctx, board, column)
	return answer(res, err, func() *Column { return res.JSON200 })
}

// MoveColumnCards moves all cards of a column to another's foot; problem.Conflict "column_archived" when one of the
// two is in the archive, "too_many_cards" beyond 5,000.
func (c *Client) MoveColumnCards(ctx context.Context, board, from, to uuid.UUID) (CardsMoved, error) {
	res, err := c.raw.MoveColumnCardsWithResponse(ctx, board, from, ColumnCardsMove{ToColumnId: to})
	return answer(res, err, func() *CardsMoved { return res.JSON200 })
}

// CollapseColumn folds a column up for the caller alone.
func (c *Client) CollapseColumn(ctx context.Context, board, column uuid.UUID) error {
	res, err := c.raw.CollapseColumnWithResponse(ctx, board, column)
	return done(res, err)
}

// ExpandColumn unfolds a column for the caller alone.
func (c *Client) ExpandColumn(ctx context.Context, board, column uuid.UUID) error {
	res, err := c.raw.ExpandColumnWithResponse(ctx, board, column)
	return done(res, err)
}
