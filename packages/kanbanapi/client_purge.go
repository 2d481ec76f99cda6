package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// DeleteBoard puts a board that was read at a version into the trash; problem.Stale if it has changed since,
// problem.Forbidden "owners_only" below an owner.
func (c *Client) DeleteBoard(ctx context.Context, id uuid.UUID, from int) error {
	res, err := c.raw.DeleteBoardWithResponse(ctx, id, &DeleteBoardParams{IfMatch: version(from)})
	return done(res, err)
}

// PurgeBoard deletes a board for good that is in the trash; problem.Conflict "not_in_trash" for one that isn't,
// problem.Forbidden "owners_only" below an owner.
func (c *Client) PurgeBoard(ctx context.Context, id uuid.UUID) error {
	res, err := c.raw.PurgeBoardWithResponse(ctx, id)
	return done(res, err)
}

// PurgeCard does so with a card.
func (c *Client) PurgeCard(ctx context.Context, board uuid.UUID, card string) error {
	res, err := c.raw.PurgeCardWithResponse(ctx, board, card)
	return done(res, err)
}
