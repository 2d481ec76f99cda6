package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// StarBoard stars a board for the caller.
func (h *handlers) StarBoard(ctx context.Context, req kanbanapi.StarBoardRequestObject) (kanbanapi.StarBoardResponseObject, error) {
	if err := h.kanban.StarBoard(ctx, actor(ctx), req.BoardId, true); err != nil {
		return nil, err
	}
	return kanbanapi.StarBoard204Response{}, nil
}

// UnstarBoard takes the caller's star from a board.
func (h *handlers) UnstarBoard(ctx context.Context, req kanbanapi.UnstarBoardRequestObject) (kanbanapi.UnstarBoardResponseObject, error) {
	if err := h.kanban.StarBoard(ctx, actor(ctx), req.BoardId, false); err != nil {
		return nil, err
	}
	return kanbanapi.UnstarBoard204Response{}, nil
}

// CollapseColumn folds a column up for the caller.
func (h *handlers) CollapseColumn(ctx context.Context, req kanbanapi.CollapseColumnRequestObject) (kanbanapi.CollapseColumnResponseObject, error) {
	if err := h.kanban.CollapseColumn(ctx, actor(ctx), req.BoardId, req.ColumnId, true); err != nil {
		return nil, err
	}
	return kanbanapi.CollapseColumn204Response{}, nil
}

// ExpandColumn unfolds a column for the caller.
func (h *handlers) ExpandColumn(ctx context.Context, req kanbanapi.ExpandColumnRequestObject) (kanbanapi.ExpandColumnResponseObject, error) {
	if err := h.kanban.CollapseColumn(ctx, actor(ctx), req.BoardId, req.ColumnId, false); err != nil {
		return nil, err
	}
	return kanbanapi.ExpandColumn204Response{}, nil
}
