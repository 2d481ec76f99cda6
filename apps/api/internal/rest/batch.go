package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ChangeCards does one thing with several cards.
func (h *handlers) ChangeCards(ctx context.Context, req kanbanapi.ChangeCardsRequestObject) (kanbanapi.ChangeCardsResponseObject, error) {
	cards, seq, err := h.kanban.ChangeCards(ctx, actor(ctx), req.BoardId, batch(*req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.ChangeCards200JSONResponse{Cards: each(cards, contractCardSummary), Seq: seq}, nil
}

func batch(body kanbanapi.CardBatch) kanban.Batch {
	b := kanban.Batch{Cards: body.CardIds, Archive: body.Archive != nil && *body.Archive}
	if body.Move != nil {
		to := place(*body.Move)
		b.Move = &to
	}
	if body.Label != nil {
		b.Label = &kanban.LabelSwitch{ID: body.Label.Id, On: body.Label.On}
	}
	if body.Assign != nil {
		b.Assign = &kanban.AssigneeSwitch{ID: body.Assign.Id, On: body.Assign.On}
	}
	return b
}
