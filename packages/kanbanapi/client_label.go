package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// Labels lists a board's labels by name, with how many cards carry each.
func (c *Client) Labels(ctx context.Context, board uuid.UUID) (LabelList, error) {
	res, err := c.raw.ListLabelsWithResponse(ctx, board)
	return answer(res, err, func() *LabelList { return res.JSON200 })
}

// CreateLabel adds a label to a board; problem.Conflict ("name_taken", "too_many_labels") when there is no room for it.
func (c *Client) CreateLabel(ctx context.Context, board uuid.UUID, label NewLabel) (Label, error) {
	res, err := c.raw.CreateLabelWithResponse(ctx, board, label)
	return answer(res, err, func() *Label { return res.JSON201 })
}

// UpdateLabel changes a label that was read at a version; problem.Stale if it has changed since.
func (c *Client) UpdateLabel(ctx context.Context, board, label uuid.UUID, from int, patch LabelPatch) (Label, error) {
	res, err := c.raw.UpdateLabelWithResponse(ctx, board, label, &UpdateLabelParams{IfMatch: version(from)}, patch)
	return answer(res, err, func() *Label { return res.JSON200 })
}

// DeleteLabel takes a label that was read at a version off its board and all cards, and returns the board's seq;
// problem.Stale if it has changed since.
func (c *Client) DeleteLabel(ctx context.Context, board, label uuid.UUID, from int) (seq int64, err error) {
	res, err := c.raw.DeleteLabelWithResponse(ctx, board, label, &DeleteLabelParams{IfMatch: version(from)})
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// LabelCard puts a label on a card.
func (c *Client) LabelCard(ctx context.Context, board uuid.UUID, card string, label uuid.UUID) (Card, error) {
	res, err := c.raw.LabelCardWithResponse(ctx, board, card, label)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// UnlabelCard takes a label off a card.
func (c *Client) UnlabelCard(ctx context.Context, board uuid.UUID, card string, label uuid.UUID) (Card, error) {
	res, err := c.raw.UnlabelCardWithResponse(ctx, board, card, label)
	return answer(res, err, func() *Card { return res.JSON200 })
}
