package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// ArchiveBoard puts a board out of sight.
func (h *handlers) ArchiveBoard(ctx context.Context, req kanbanapi.ArchiveBoardRequestObject) (kanbanapi.ArchiveBoardResponseObject, error) {
	board, err := h.kanban.ArchiveBoard(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ArchiveBoard200JSONResponse(contractSummary(board)), nil
}

// RestoreBoard brings a board back.
func (h *handlers) RestoreBoard(ctx context.Context, req kanbanapi.RestoreBoardRequestObject) (kanbanapi.RestoreBoardResponseObject, error) {
	board, err := h.kanban.RestoreBoard(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.RestoreBoard200JSONResponse(contractSummary(board)), nil
}
