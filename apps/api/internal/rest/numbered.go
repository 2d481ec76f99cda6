package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListNumbered lists the cards of a number on all of the caller's boards.
func (h *handlers) ListNumbered(ctx context.Context, req kanbanapi.ListNumberedRequestObject) (kanbanapi.ListNumberedResponseObject, error) {
	cards, err := h.kanban.Numbered(ctx, actor(ctx), int(req.Params.Number), limitOr(req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListNumbered200JSONResponse{Items: each(cards, contractNumbered)}, nil
}

func contractNumbered(c kanban.NumberedCard) kanbanapi.NumberedCard {
	return kanbanapi.NumberedCard{Board: kanbanapi.Named{Id: c.Board, Title: c.BoardTitle}, Id: c.ID, Number: c.Number, Title: c.Title}
}
