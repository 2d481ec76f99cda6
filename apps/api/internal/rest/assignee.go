package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// AssignCard has a member do a card.
func (h *handlers) AssignCard(ctx context.Context, req kanbanapi.AssignCardRequestObject) (kanbanapi.AssignCardResponseObject, error) {
	card, err := h.kanban.AssignCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), req.PersonId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.AssignCard200JSONResponse(contractCard(card)), nil
}

// UnassignCard takes a member off a card.
func (h *handlers) UnassignCard(ctx context.Context, req kanbanapi.UnassignCardRequestObject) (kanbanapi.UnassignCardResponseObject, error) {
	card, err := h.kanban.UnassignCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), req.PersonId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.UnassignCard200JSONResponse(contractCard(card)), nil
}
