package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// DeleteBoard puts a board into the trash.
func (h *handlers) DeleteBoard(ctx context.Context, req kanbanapi.DeleteBoardRequestObject) (kanbanapi.DeleteBoardResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	seq, err := h.kanban.DeleteBoard(ctx, actor(ctx), req.BoardId, from)
	if err != nil {
		return nil, err
	}
	return kanbanapi.DeleteBoard204Response{Headers: kanbanapi.DeleteBoard204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// PurgeBoard deletes a board for good.
func (h *handlers) PurgeBoard(ctx context.Context, req kanbanapi.PurgeBoardRequestObject) (kanbanapi.PurgeBoardResponseObject, error) {
	if err := h.kanban.PurgeBoard(ctx, actor(ctx), req.BoardId); err != nil {
		return nil, err
	}
	return kanbanapi.PurgeBoard204Response{}, nil
}

// PurgeCard deletes a card for good.
func (h *handlers) PurgeCard(ctx context.Context, req kanbanapi.PurgeCardRequestObject) (kanbanapi.PurgeCardResponseObject, error) {
	seq, err := h.kanban.PurgeCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId))
	if err != nil {
		return nil, err
	}
	return kanbanapi.PurgeCard204Response{Headers: kanbanapi.PurgeCard204ResponseHeaders{XBoardSeq: &seq}}, nil
}
