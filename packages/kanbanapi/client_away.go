package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// Find asks for a part of what is [Archived] or [Deleted], what was put there last first.
type Find struct {
	State  State
	Words  string // "" for all
	Cursor string // "" for the beginning
	Limit  int    // 0 for the api's default
}

func (f Find) words() *Words {
	if f.Words == "" {
		return nil
	}
	return &f.Words
}

// AwayCards lists the cards in a board's archive or in its trash.
func (c *Client) AwayCards(ctx context.Context, board uuid.UUID, find Find) (AwayCardPage, error) {
	res, err := c.raw.ListAwayCardsWithResponse(ctx, board, &ListAwayCardsParams{
		State: find.State, Q: find.words(), Cursor: cursorOf(find.Cursor), Limit: limitOf(find.Limit),
	})
	return answer(res, err, func() *AwayCardPage { return res.JSON200 })
}

// AwayColumns lists the columns in a board's archive.
func (c *Client) AwayColumns(ctx context.Context, board uuid.UUID, find Find) (ColumnList, error) {
	res, err := c.raw.ListColumnsWithResponse(ctx, board, &ListColumnsParams{
		State: &find.State, Q: find.words(), Cursor: cursorOf(find.Cursor), Limit: limitOf(find.Limit),
	})
	return answer(res, err, func() *ColumnList { return res.JSON200 })
}

// AwayBoards lists those of the caller's boards that are in the archive or in the trash.
func (c *Client) AwayBoards(ctx context.Context, find Find) (BoardPage, error) {
	res, err := c.raw.ListBoardsWithResponse(ctx, &ListBoardsParams{
		State: &find.State, Q: find.words(), Cursor: cursorOf(find.Cursor), Limit: limitOf(find.Limit),
	})
	return answer(res, err, func() *BoardPage { return res.JSON200 })
}
