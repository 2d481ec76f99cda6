package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// DeleteBoard puts a board that was read at a version into the trash, and returns its seq; problem.Stale if it has changed
// since, problem.Forbidden "owners_only" below an owner.
func (c *Client) DeleteBoard(ctx context.Context, id uuid.UUID, from int) (seq int64, err error) {
	res, err := c.raw.DeleteBoardWithResponse(ctx, id, &DeleteBoardParams{IfMatch: version(from)})
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// PurgeBoard deletes a board for good that is in the trash; problem.Conflict "not_in_trash" for one that isn't,
// problem.Forbidden "owners_only" below an owner.
func (c *Client) PurgeBoard(ctx context.Context, id uuid.UUID) error {
	res, err := c.raw.PurgeBoardWithResponse(ctx, id)
	return done(res, err)
}

// PurgeColumn does so with a column and all its cards, and returns the board's seq.
func (c *Client) PurgeColumn(ctx context.Context, board, column uuid.UUID) (seq int64, err error) {
	res, err := c.raw.PurgeColumnWithResponse(ctx, board, column)
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// PurgeCard does so with a card, and returns the board's seq.
func (c *Client) PurgeCard(ctx context.Context, board uuid.UUID, card string) (seq int64, err error) {
	res, err := c.raw.PurgeCardWithResponse(ctx, board, card)
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}
