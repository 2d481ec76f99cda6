package kanbanapi

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/runtime/types"
)

// Boards lists the caller's live boards, newest first, one page from a cursor ("" for the first).
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

// FilteredBoard reads a board with those cards alone that a line of the filter lets pass, for a reader in whose calendar it is
// that day; problem.Invalid, saying where, for a line that makes no sense.
func (c *Client) FilteredBoard(ctx context.Context, id uuid.UUID, line string, today time.Time) (Board, error) {
	res, err := c.raw.GetBoardWithResponse(ctx, id, &GetBoardParams{Q: &line, Today: &types.Date{Time: today}})
	return answer(res, err, func() *Board { return res.JSON200 })
}

// UpdateBoard changes a board that was read at a version; problem.Stale if it has changed since.
func (c *Client) UpdateBoard(ctx context.Context, id uuid.UUID, from int, patch BoardPatch) (BoardSummary, error) {
	res, err := c.raw.UpdateBoardWithResponse(ctx, id, &UpdateBoardParams{IfMatch: version(from)}, patch)
	return answer(res, err, func() *BoardSummary { return res.JSON200 })
}

// ArchiveBoard puts a board of the caller's out of sight; problem.Forbidden "owners_only" below an owner.
func (c *Client) ArchiveBoard(ctx context.Context, id uuid.UUID) (BoardSummary, error) {
	res, err := c.raw.ArchiveBoardWithResponse(ctx, id)
	return answer(res, err, func() *BoardSummary { return res.JSON200 })
}

// RestoreBoard brings a board back from the archive; problem.Forbidden "owners_only" below an owner.
func (c *Client) RestoreBoard(ctx context.Context, id uuid.UUID) (BoardSummary, error) {
	res, err := c.raw.RestoreBoardWithResponse(ctx, id)
	return answer(res, err, func() *BoardSummary { return res.JSON200 })
}

// StarBoard puts a board among the caller's starred ones.
func (c *Client) StarBoard(ctx context.Context, id uuid.UUID) error {
	res, err := c.raw.StarBoardWithResponse(ctx, id)
	return done(res, err)
}

// UnstarBoard takes a board from the caller's starred ones.
func (c *Client) UnstarBoard(ctx context.Context, id uuid.UUID) error {
	res, err := c.raw.UnstarBoardWithResponse(ctx, id)
	return done(res, err)
}
