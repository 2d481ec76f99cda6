package rest

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListCardVersions lists what made each version of a card.
func (h *handlers) ListCardVersions(ctx context.Context, req kanbanapi.ListCardVersionsRequestObject) (kanbanapi.ListCardVersionsResponseObject, error) {
	below, err := belowCursor(req.Params.Cursor)
	if err != nil {
		return nil, err
	}
	part := kanban.VersionPage{Below: below, Limit: limitOr(req.Params.Limit)}
	versions, next, err := h.kanban.CardVersions(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), part)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListCardVersions200JSONResponse{Items: each(versions, contractVersionEdit), NextCursor: cursorBelow(next)}, nil
}

// GetCardVersion reads what one version of a card said.
func (h *handlers) GetCardVersion(ctx context.Context, req kanbanapi.GetCardVersionRequestObject) (kanbanapi.GetCardVersionResponseObject, error) {
	version, err := h.kanban.CardVersion(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), req.Version)
	if err != nil {
		return nil, err
	}
	return kanbanapi.GetCardVersion200JSONResponse(contractVersion(version)), nil
}

// belowCursor reads a cursor of versions: the number of the last one on the page before.
func belowCursor(cursor *string) (int, error) {
	if cursor == nil || *cursor == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	if err != nil || len(raw) != 4 {
		return 0, notACursor()
	}
	if below := binary.BigEndian.Uint32(raw); below > 0 && below < 1<<31 {
		return int(below), nil
	}
	return 0, notACursor()
}

func cursorBelow(version int) nullable.Nullable[string] {
	if version == 0 {
		return nullable.NewNullNullable[string]()
	}
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, uint32(version)))) //nolint:gosec // versions are counted from one
}

func contractVersionEdit(v kanban.CardVersion) kanbanapi.CardVersionEdit {
	return kanbanapi.CardVersionEdit{
		Version: v.Number, Seq: v.Edit.Seq, At: v.Edit.At, Actor: contractActor(v.Edit), Undid: v.Edit.Undid,
		Before: contractTexts(kanban.TextsIn(v.Edit.Was)), After: contractTexts(kanban.TextsIn(v.Edit.Became)),
	}
}

func contractTexts(texts kanban.CardPatch) kanbanapi.CardTexts {
	told := kanbanapi.CardTexts{Title: texts.Title, Description: texts.Description}
	if texts.DueOn != nil {
		told.DueOn = contractDay(*texts.DueOn)
	}
	return told
}

func contractVersion(v kanban.CardAsOf) kanbanapi.CardVersion {
	version := kanbanapi.CardVersion{
		Version: v.Number, Seq: v.Edit.Seq, At: v.Edit.At, Actor: contractActor(v.Edit), Title: v.Title, Description: v.Description,
		DueOn: nullable.NewNullNullable[types.Date](),
	}
	if day, err := time.Parse(time.DateOnly, v.DueOn); err == nil {
		version.DueOn = contractDay(&day)
	}
	return version
}
