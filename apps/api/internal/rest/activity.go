package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListActivity lists what happened on a board.
func (h *handlers) ListActivity(ctx context.Context, req kanbanapi.ListActivityRequestObject) (kanbanapi.ListActivityResponseObject, error) {
	var after int64
	if req.Params.After != nil {
		after = *req.Params.After
	}
	items, seq, err := h.kanban.Activity(ctx, actor(ctx), req.BoardId, after, limitOr(req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListActivity200JSONResponse{Items: each(items, contractActivity), Seq: seq}, nil
}

func contractActivity(a kanban.Activity) kanbanapi.Activity {
	activity := kanbanapi.Activity{
		Seq: a.Seq, At: a.At, Actor: contractActor(a),
		Verb: kanbanapi.Verb(a.Verb), CardId: a.CardID, ColumnId: a.ColumnID, Batch: a.Batch, Undid: a.Undid,
		Before: orEmpty(a.Was), After: orEmpty(a.Became),
	}
	if a.PersonID != nil {
		activity.Person = &kanbanapi.Actor{Id: *a.PersonID, Name: a.Person}
	}
	if a.Redo {
		activity.Redo = &a.Redo
	}
	if a.Origin != "" {
		activity.Origin = &a.Origin
	}
	return activity
}

func contractActor(a kanban.Activity) kanbanapi.Actor {
	return kanbanapi.Actor{Id: a.ActorID, Name: a.ActorName}
}

// orEmpty is never null: facts that there are none of are an empty object.
func orEmpty(facts map[string]any) map[string]any {
	if facts == nil {
		return map[string]any{}
	}
	return facts
}
