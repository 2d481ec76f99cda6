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

// DeleteColumn puts a column into the trash.
func (h *handlers) DeleteColumn(ctx context.Context, req kanbanapi.DeleteColumnRequestObject) (kanbanapi.DeleteColumnResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	seq, err := h.kanban.DeleteColumn(ctx, actor(ctx), req.BoardId, req.ColumnId, from)
	if err != nil {
		return nil, err
	}
	return kanbanapi.DeleteColumn204Response{Headers: kanbanapi.DeleteColumn204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// PurgeBoard deletes a board for good.
func (h *handlers) PurgeBoard(ctx context.Context, req kanbanapi.PurgeBoardRequestObject) (kanbanapi.PurgeBoardResponseObject, error) {
	if err := h.kanban.PurgeBoard(ctx, actor(ctx), req.BoardId); err != nil {
		return nil, err
	}
	return kanbanapi.PurgeBoard204Response{}, nil
}

// PurgeColumn deletes a column for good.
func (h *handlers) PurgeColumn(ctx context.Context, req kanbanapi.PurgeColumnRequestObject) (kanbanapi.PurgeColumnResponseObject, error) {
	seq, err := h.kanban.PurgeColumn(ctx, actor(ctx), req.BoardId, req.ColumnId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.PurgeColumn204Response{Headers: kanbanapi.PurgeColumn204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// PurgeCard deletes a card for good.
func (h *handlers) PurgeCard(ctx context.Context, req kanbanapi.PurgeCardRequestObject) (kanbanapi.PurgeCardResponseObject, error) {
	seq, err := h.kanban.PurgeCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId))
	if err != nil {
		return nil, err
	}
	return kanbanapi.PurgeCard204Response{Headers: kanbanapi.PurgeCard204ResponseHeaders{XBoardSeq: &seq}}, nil
}
