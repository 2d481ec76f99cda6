package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// ArchiveColumn puts a column out of sight.
func (h *handlers) ArchiveColumn(ctx context.Context, req kanbanapi.ArchiveColumnRequestObject) (kanbanapi.ArchiveColumnResponseObject, error) {
	column, err := h.kanban.ArchiveColumn(ctx, actor(ctx), req.BoardId, req.ColumnId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ArchiveColumn200JSONResponse(contractColumn(column)), nil
}

// RestoreColumn brings a column back.
func (h *handlers) RestoreColumn(ctx context.Context, req kanbanapi.RestoreColumnRequestObject) (kanbanapi.RestoreColumnResponseObject, error) {
	column, err := h.kanban.RestoreColumn(ctx, actor(ctx), req.BoardId, req.ColumnId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.RestoreColumn200JSONResponse(contractColumn(column)), nil
}

// MoveColumnCards empties a column into another.
func (h *handlers) MoveColumnCards(ctx context.Context, req kanbanapi.MoveColumnCardsRequestObject) (kanbanapi.MoveColumnCardsResponseObject, error) {
	moved, err := h.kanban.MoveAllCards(ctx, actor(ctx), req.BoardId, req.ColumnId, req.Body.ToColumnId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.MoveColumnCards200JSONResponse(kanbanapi.CardsMoved(moved)), nil
}
