package kanbanapi

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/runtime/types"
)

// Cards lists a column's cards from the top, one page from a cursor ("" for the first).
func (c *Client) Cards(ctx context.Context, board, column uuid.UUID, cursor string, limit int) (CardPage, error) {
	res, err := c.raw.ListColumnCardsWithResponse(ctx, board, column, &ListColumnCardsParams{Cursor: cursorOf(cursor), Limit: limitOf(limit)})
	return answer(res, err, func() *CardPage { return res.JSON200 })
}

// FilteredCards lists those of them that a line of the filter lets pass, as FilteredBoard does.
func (c *Client) FilteredCards(ctx context.Context, board, column uuid.UUID, line string, today time.Time, cursor string, limit int) (CardPage, error) {
	params := &ListColumnCardsParams{Q: &line, Today: &types.Date{Time: today}, Cursor: cursorOf(cursor), Limit: limitOf(limit)}
	res, err := c.raw.ListColumnCardsWithResponse(ctx, board, column, params)
	return answer(res, err, func() *CardPage { return res.JSON200 })
}

// CreateCard adds a card at its column's foot.
func (c *Client) CreateCard(ctx context.Context, board uuid.UUID, card NewCard) (Card, error) {
	res, err := c.raw.CreateCardWithResponse(ctx, board, card)
	return answer(res, err, func() *Card { return res.JSON201 })
}

// CreateCards adds cards at a column's foot, all or none.
func (c *Client) CreateCards(ctx context.Context, board uuid.UUID, cards NewCardList) (CardsMade, error) {
	res, err := c.raw.CreateCardsWithResponse(ctx, board, cards)
	return answer(res, err, func() *CardsMade { return res.JSON201 })
}

// Card reads a card by its id or its number; problem.NotFound if it is in the trash or not the caller's to see.
func (c *Client) Card(ctx context.Context, board uuid.UUID, card string) (Card, error) {
	res, err := c.raw.GetCardWithResponse(ctx, board, card)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// CardVersions lists what made each version of a card, newest first, one page from a cursor ("" for the first); problem.NotFound
// as for the card.
func (c *Client) CardVersions(ctx context.Context, board uuid.UUID, card, cursor string, limit int) (CardVersionPage, error) {
	res, err := c.raw.ListCardVersionsWithResponse(ctx, board, card, &ListCardVersionsParams{Cursor: cursorOf(cursor), Limit: limitOf(limit)})
	return answer(res, err, func() *CardVersionPage { return res.JSON200 })
}

// CardVersion reads what a version of a card said; problem.NotFound ("version_not_found") if it hasn't come to that.
func (c *Client) CardVersion(ctx context.Context, board uuid.UUID, card string, version int) (CardVersion, error) {
	res, err := c.raw.GetCardVersionWithResponse(ctx, board, card, version)
	return answer(res, err, func() *CardVersion { return res.JSON200 })
}

// UpdateCard changes a card that was read at a version; problem.Stale, with the present card as Current, if
// it has changed since.
func (c *Client) UpdateCard(ctx context.Context, board uuid.UUID, card string, from int, patch CardPatch) (Card, error) {
	res, err := c.raw.UpdateCardWithResponse(ctx, board, card, &UpdateCardParams{IfMatch: version(from)}, patch)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// MoveCard puts a card beside another or at an end of a column; problem.Conflict ("neighbour_gone") if the
// neighbour has left that column.
func (c *Client) MoveCard(ctx context.Context, board uuid.UUID, card string, to CardMove) (Card, error) {
	res, err := c.raw.MoveCardWithResponse(ctx, board, card, to)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// ChangeCards does one thing with several cards, or nothing with any of them.
func (c *Client) ChangeCards(ctx context.Context, board uuid.UUID, batch CardBatch) (CardBatchResult, error) {
	res, err := c.raw.ChangeCardsWithResponse(ctx, board, batch)
	return answer(res, err, func() *CardBatchResult { return res.JSON200 })
}

// ArchiveCard puts a card out of sight.
func (c *Client) ArchiveCard(ctx context.Context, board uuid.UUID, card string) (Card, error) {
	res, err := c.raw.ArchiveCardWithResponse(ctx, board, card)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// RestoreCard brings a card back from the archive or the trash.
func (c *Client) RestoreCard(ctx context.Context, board uuid.UUID, card string) (Card, error) {
	res, err := c.raw.RestoreCardWithResponse(ctx, board, card)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// DeleteCard puts a card that was read at a version into the trash, and returns the board's seq; problem.Stale if it has
// changed since.
func (c *Client) DeleteCard(ctx context.Context, board uuid.UUID, card string, from int) (seq int64, err error) {
	res, err := c.raw.DeleteCardWithResponse(ctx, board, card, &DeleteCardParams{IfMatch: version(from)})
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}
