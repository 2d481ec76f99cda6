package rest

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// CreateColumn adds a column.
func (h *handlers) CreateColumn(ctx context.Context, req kanbanapi.CreateColumnRequestObject) (kanbanapi.CreateColumnResponseObject, error) {
	column, err := h.kanban.CreateColumn(ctx, actor(ctx), req.BoardId, req.Body.Id, req.Body.Title, req.Body.WipLimit)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.CreateColumn201ResponseHeaders{ETag: versionTag(column.Version)}
	return kanbanapi.CreateColumn201JSONResponse{Body: contractColumn(column), Headers: headers}, nil
}

// UpdateColumn renames a column or sets its WIP limit.
func (h *handlers) UpdateColumn(ctx context.Context, req kanbanapi.UpdateColumnRequestObject) (kanbanapi.UpdateColumnResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	column, err := h.kanban.UpdateColumn(ctx, actor(ctx), req.BoardId, req.ColumnId, from, columnPatch(*req.Body))
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.UpdateColumn200ResponseHeaders{ETag: versionTag(column.Version)}
	return kanbanapi.UpdateColumn200JSONResponse{Body: contractColumn(column), Headers: headers}, nil
}

// MoveColumn puts a column beside another.
func (h *handlers) MoveColumn(ctx context.Context, req kanbanapi.MoveColumnRequestObject) (kanbanapi.MoveColumnResponseObject, error) {
	place := kanban.ColumnPlace{Before: orNil(req.Body.Before), After: orNil(req.Body.After)}
	column, err := h.kanban.MoveColumn(ctx, actor(ctx), req.BoardId, req.ColumnId, place)
	if err != nil {
		return nil, err
	}
	return kanbanapi.MoveColumn200JSONResponse(contractColumn(column)), nil
}

func columnPatch(body kanbanapi.ColumnPatch) kanban.ColumnPatch {
	patch := kanban.ColumnPatch{Title: body.Title}
	if body.WipLimit.IsSpecified() {
		limit := new(*int)
		if n, err := body.WipLimit.Get(); err == nil {
			*limit = &n
		}
		patch.WIPLimit = limit
	}
	return patch
}

func orNil(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func contractColumn(c kanban.Column) kanbanapi.Column {
	return kanbanapi.Column{
		Id: c.ID, BoardId: c.BoardID, Title: c.Title, WipLimit: nullOr(c.WIPLimit),
		Version: c.Version, CardCount: c.CardCount, Seq: c.Seq,
	}
}

func contractBoardColumn(c kanban.BoardColumn) kanbanapi.BoardColumn {
	return kanbanapi.BoardColumn{
		Id: c.ID, Title: c.Title, WipLimit: nullOr(c.WIPLimit), Version: c.Version, CardCount: c.CardCount,
		Cards: each(c.Items, contractCardSummary), NextCursor: nextCursor(c.Next),
	}
}

func contractColumnSize(c kanban.ColumnSize) kanbanapi.ColumnSize {
	return kanbanapi.ColumnSize{Title: c.Title, CardCount: c.CardCount}
}
