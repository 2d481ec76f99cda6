package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// Boards lists the caller's boards, newest first, one page from a cursor ("" for the first).
func (c *Client) Boards(ctx context.Context, cursor string, limit int) (BoardPage, error) {
	res, err := c.raw.ListBoardsWithResponse(ctx, &ListBoardsParams{Cursor: cursorOf(cursor), Limit: limitOf(limit)})
	return answer(res, err, func() *BoardPage { return res.JSON200 })
}

// CreateBoard puts up a board that the caller owns.
func (c *Client) CreateBoard(ctx context.Context, board NewBoard) (BoardSummary, error) {
	res, err := c.raw.CreateBoardWithResponse(ctx, board)
	return answer(res, err, func() *BoardSummary { return res.JSON201 })
}

// Board reads a board with its columns and the first cards of each; problem.NotFound if the caller isn't a member.
func (c *Client) Board(ctx context.Context, id uuid.UUID) (Board, error) {
	res, err := c.raw.GetBoardWithResponse(ctx, id, &GetBoardParams{})
	return answer(res, err, func() *Board { return res.JSON200 })
}

// UpdateBoard changes a board that was read at a version; problem.Stale if it has changed since.
func (c *Client) UpdateBoard(ctx context.Context, id uuid.UUID, from int, patch BoardPatch) (BoardSummary, error) {
	res, err := c.raw.UpdateBoardWithResponse(ctx, id, &UpdateBoardParams{IfMatch: version(from)}, patch)
	return answer(res, err, func() *BoardSummary { return res.JSON200 })
}

// CreateColumn adds a column at the board's right end.
func (c *Client) CreateColumn(ctx context.Context, board uuid.UUID, column NewColumn) (Column, error) {
	res, err := c.raw.CreateColumnWithResponse(ctx, board, column)
	return answer(res, err, func() *Column { return res.JSON201 })
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
