package rest

import (
	"context"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListColumns lists a board's columns.
func (h *handlers) ListColumns(ctx context.Context, req kanbanapi.ListColumnsRequestObject) (kanbanapi.ListColumnsResponseObject, error) {
	if stateOr(req.Params.State) != kanban.Live {
		return h.listAwayColumns(ctx, req.BoardId, req.Params)
	}
	if err := whole(req.Params); err != nil {
		return nil, err
	}
	columns, seq, err := h.kanban.Columns(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListColumns200JSONResponse{Items: each(columns, contractColumn), NextCursor: nextCursor(uuid.Nil), Seq: seq}, nil
}

// whole refuses to part a board's live columns.
func whole(params kanbanapi.ListColumnsParams) error {
	switch {
	case params.Q != nil:
		return kanban.ComesWhole("q")
	case params.Cursor != nil:
		return kanban.ComesWhole("cursor")
	}
	return nil
}

// CreateColumn adds a column.
func (h *handlers) CreateColumn(ctx context.Context, req kanbanapi.CreateColumnRequestObject) (kanbanapi.CreateColumnResponseObject, error) {
	column, err := h.kanban.CreateColumn(ctx, actor(ctx), req.BoardId, req.Body.Id, newColumn(*req.Body))
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.CreateColumn201ResponseHeaders{ETag: versionTag(column.Version)}
	return kanbanapi.CreateColumn201JSONResponse{Body: contractColumn(column), Headers: headers}, nil
}

func newColumn(body kanbanapi.NewColumn) kanban.NewColumn {
	column := kanban.NewColumn{Title: body.Title, WIPLimit: body.WipLimit, Hue: (*kanban.Hue)(body.Hue)}
	if body.Kind != nil {
		column.Kind = kanban.Kind(*body.Kind)
	}
	return column
}

// CreateColumns adds several columns.
func (h *handlers) CreateColumns(ctx context.Context, req kanbanapi.CreateColumnsRequestObject) (kanbanapi.CreateColumnsResponseObject, error) {
	ids := each(req.Body.Columns, func(c kanbanapi.NewColumn) *uuid.UUID { return c.Id })
	columns, seq, err := h.kanban.CreateColumns(ctx, actor(ctx), req.BoardId, ids, each(req.Body.Columns, newColumn))
	if err != nil {
		return nil, err
	}
	return kanbanapi.CreateColumns201JSONResponse{Columns: each(columns, contractColumn), Seq: seq}, nil
}

// UpdateColumn changes what a column says of itself.
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
	patch := kanban.ColumnPatch{Title: body.Title, WIPLimit: given(body.WipLimit), Kind: (*kanban.Kind)(body.Kind)}
	if hue := given(body.Hue); hue != nil {
		patch.Hue = new(*kanban.Hue)
		*patch.Hue = (*kanban.Hue)(*hue)
	}
	return patch
}

// given is nil for what a patch leaves alone, and holds nil for what it takes away.
func given[T any](value nullable.Nullable[T]) **T {
	if !value.IsSpecified() {
		return nil
	}
	given := new(*T)
	if v, err := value.Get(); err == nil {
		*given = &v
	}
	return given
}

func orNil(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func contractColumn(c kanban.Column) kanbanapi.Column {
	return kanbanapi.Column{
		Id: c.ID, BoardId: c.BoardID, Title: c.Title, WipLimit: nullOr(c.WIPLimit), Hue: nullOr((*kanbanapi.Hue)(c.Hue)),
		Kind: kanbanapi.ColumnKind(c.Kind), Version: c.Version, CardCount: c.CardCount, ArchivedAt: nullOr(c.ArchivedAt), Seq: c.Seq,
	}
}

func contractBoardColumn(c kanban.BoardColumn) kanbanapi.BoardColumn {
	return kanbanapi.BoardColumn{
		Id: c.ID, Title: c.Title, WipLimit: nullOr(c.WIPLimit), Hue: nullOr((*kanbanapi.Hue)(c.Hue)), Kind: kanbanapi.ColumnKind(c.Kind),
		Version: c.Version, CardCount: c.CardCount, MatchCount: c.Matches, Collapsed: c.Collapsed,
		Cards: each(c.Items, contractCardSummary), NextCursor: nextCursor(c.Next),
	}
}

func contractColumnSize(c kanban.ColumnSize) kanbanapi.ColumnSize {
	return kanbanapi.ColumnSize{Title: c.Title, Hue: nullOr((*kanbanapi.Hue)(c.Hue)), CardCount: c.CardCount}
}
