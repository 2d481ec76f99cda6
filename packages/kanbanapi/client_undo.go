package kanbanapi

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Undo takes back what the caller did on a board in this sign-in: the last of it, unless which says otherwise.
// problem.Conflict "nothing_to_undo" when there is none, "changed_since" when somebody changed the same since; see
// [NotTakenBack].
func (c *Client) Undo(ctx context.Context, board uuid.UUID, which UndoWhich) (Undone, error) {
	res, err := c.raw.UndoWithResponse(ctx, board, which)
	return answer(res, err, func() *Undone { return res.JSON200 })
}

// Redo takes back the caller's last undo, with the problems of Undo and "nothing_to_redo".
func (c *Client) Redo(ctx context.Context, board uuid.UUID, which UndoWhich) (Undone, error) {
	res, err := c.raw.RedoWithResponse(ctx, board, which)
	return answer(res, err, func() *Undone { return res.JSON200 })
}

// NotTakenBack tells the seq of what an undo or a redo was refused for: the next to try is the one before it.
func NotTakenBack(err error) (seq int64, told bool) {
	var refusal *problem.Error
	if !errors.As(err, &refusal) {
		return 0, false
	}
	current, _ := refusal.Current.(map[string]any)
	number, told := current["seq"].(float64)
	return int64(number), told && (refusal.Kind == problem.Conflict || refusal.Kind == problem.NotFound || refusal.Kind == problem.Forbidden)
}
