package rest

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListLabels lists a board's labels with their cards counted.
func (h *handlers) ListLabels(ctx context.Context, req kanbanapi.ListLabelsRequestObject) (kanbanapi.ListLabelsResponseObject, error) {
	labels, seq, err := h.kanban.Labels(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListLabels200JSONResponse{Items: each(labels, contractListedLabel), Seq: seq}, nil
}

// CreateLabel adds a label to a board.
func (h *handlers) CreateLabel(ctx context.Context, req kanbanapi.CreateLabelRequestObject) (kanbanapi.CreateLabelResponseObject, error) {
	wanted := kanban.NewLabel{Name: req.Body.Name, Hue: kanban.Hue(req.Body.Hue)}
	label, err := h.kanban.CreateLabel(ctx, actor(ctx), req.BoardId, req.Body.Id, wanted)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.CreateLabel201ResponseHeaders{ETag: versionTag(label.Version)}
	return kanbanapi.CreateLabel201JSONResponse{Body: contractLabel(label), Headers: headers}, nil
}

// UpdateLabel renames a label or gives it another hue.
func (h *handlers) UpdateLabel(ctx context.Context, req kanbanapi.UpdateLabelRequestObject) (kanbanapi.UpdateLabelResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	patch := kanban.LabelPatch{Name: req.Body.Name, Hue: (*kanban.Hue)(req.Body.Hue)}
	label, err := h.kanban.UpdateLabel(ctx, actor(ctx), req.BoardId, req.LabelId, from, patch)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.UpdateLabel200ResponseHeaders{ETag: versionTag(label.Version)}
	return kanbanapi.UpdateLabel200JSONResponse{Body: contractLabel(label), Headers: headers}, nil
}

// DeleteLabel takes a label off a board and its cards.
func (h *handlers) DeleteLabel(ctx context.Context, req kanbanapi.DeleteLabelRequestObject) (kanbanapi.DeleteLabelResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	seq, err := h.kanban.DeleteLabel(ctx, actor(ctx), req.BoardId, req.LabelId, from)
	if err != nil {
		return nil, err
	}
	return kanbanapi.DeleteLabel204Response{Headers: kanbanapi.DeleteLabel204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// LabelCard puts a label on a card.
func (h *handlers) LabelCard(ctx context.Context, req kanbanapi.LabelCardRequestObject) (kanbanapi.LabelCardResponseObject, error) {
	card, err := h.kanban.LabelCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), req.LabelId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.LabelCard200JSONResponse(contractCard(card)), nil
}

// UnlabelCard takes a label off a card.
func (h *handlers) UnlabelCard(ctx context.Context, req kanbanapi.UnlabelCardRequestObject) (kanbanapi.UnlabelCardResponseObject, error) {
	card, err := h.kanban.UnlabelCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), req.LabelId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.UnlabelCard200JSONResponse(contractCard(card)), nil
}

func contractLabel(l kanban.Label) kanbanapi.Label {
	return kanbanapi.Label{Id: l.ID, BoardId: l.BoardID, Name: l.Name, Hue: kanbanapi.Hue(l.Hue), Version: l.Version, Seq: l.Seq}
}

func contractBoardLabel(l kanban.Label) kanbanapi.BoardLabel {
	return kanbanapi.BoardLabel{Id: l.ID, Name: l.Name, Hue: kanbanapi.Hue(l.Hue), Version: l.Version}
}

func contractListedLabel(l kanban.ListedLabel) kanbanapi.ListedLabel {
	return kanbanapi.ListedLabel{Id: l.ID, Name: l.Name, Hue: kanbanapi.Hue(l.Hue), Version: l.Version, CardCount: l.CardCount}
}

// contractIDs is never null: a list without ids is an empty one.
func contractIDs(ids []uuid.UUID) []uuid.UUID {
	if ids == nil {
		return []uuid.UUID{}
	}
	return ids
}
