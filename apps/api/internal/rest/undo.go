package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// toldAtMost is how many activities an answer holds.
const toldAtMost = 100

// Undo takes back what the caller did.
func (h *handlers) Undo(ctx context.Context, req kanbanapi.UndoRequestObject) (kanbanapi.UndoResponseObject, error) {
	undone, err := h.kanban.Undo(ctx, actor(ctx), req.BoardId, which(req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.Undo200JSONResponse(contractUndone(ctx, undone)), nil
}

// Redo takes back the caller's undo.
func (h *handlers) Redo(ctx context.Context, req kanbanapi.RedoRequestObject) (kanbanapi.RedoResponseObject, error) {
	undone, err := h.kanban.Redo(ctx, actor(ctx), req.BoardId, which(req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.Redo200JSONResponse(contractUndone(ctx, undone)), nil
}

func which(body *kanbanapi.UndoWhich) kanban.Which {
	var w kanban.Which
	if body == nil {
		return w
	}
	if body.Seq != nil {
		w.Seq = *body.Seq
	}
	if body.Before != nil {
		w.Before = *body.Before
	}
	return w
}

func contractUndone(ctx context.Context, u kanban.Undone) kanbanapi.Undone {
	answer := kanbanapi.Undone{Seq: u.Seq, Activities: each(u.Did[:min(len(u.Did), toldAtMost)], contractActivity)}
	answer.Undid.Seq, answer.Undid.Verb = u.Of.Seq, kanbanapi.Verb(u.Of.Verb)
	answer.Undid.CardId, answer.Undid.ColumnId, answer.Undid.Batch = u.Of.CardID, u.Of.ColumnID, u.Of.Batch
	for i := range answer.Activities {
		answer.Activities[i].Actor.Name = callerFrom(ctx).person.Name
	}
	return answer
}

func contractSeq(seq int64) map[string]any { return map[string]any{"seq": seq} }
