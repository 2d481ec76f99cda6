package kanbanapi

import (
	"context"
	"time"

	"github.com/oapi-codegen/runtime/types"
)

// Search finds cards on all of the caller's boards by a line of the filter, for a reader in whose calendar it is that day, one
// page from a cursor ("" for the first); problem.Invalid, saying where, for a line that makes no sense.
func (c *Client) Search(ctx context.Context, line string, today time.Time, cursor string, limit int) (SearchPage, error) {
	params := &SearchParams{Q: line, Today: &types.Date{Time: today}, Cursor: cursorOf(cursor), Limit: limitOf(limit)}
	res, err := c.raw.SearchWithResponse(ctx, params)
	return answer(res, err, func() *SearchPage { return res.JSON200 })
}

// Numbered lists the cards of a number on all of the caller's boards, the board that they opened last first.
func (c *Client) Numbered(ctx context.Context, number int32, limit int) (NumberedList, error) {
	res, err := c.raw.ListNumberedWithResponse(ctx, &ListNumberedParams{Number: number, Limit: limitOf(limit)})
	return answer(res, err, func() *NumberedList { return res.JSON200 })
}
