package rest

import (
	"context"

	"cardwall/packages/kanbanapi"
)

// GetMe says who the token says the caller is.
func (h *handlers) GetMe(ctx context.Context, _ kanbanapi.GetMeRequestObject) (kanbanapi.GetMeResponseObject, error) {
	person := callerFrom(ctx).person
	answer := kanbanapi.GetMe200JSONResponse{Id: person.ID, Name: person.Name, Email: person.Email}
	if person.Picture != "" {
		answer.Picture = &person.Picture
	}
	return answer, nil
}

// DeleteMe takes the caller off all boards.
func (h *handlers) DeleteMe(ctx context.Context, _ kanbanapi.DeleteMeRequestObject) (kanbanapi.DeleteMeResponseObject, error) {
	if err := h.kanban.Leave(ctx, actor(ctx)); err != nil {
		return nil, err
	}
	return kanbanapi.DeleteMe204Response{}, nil
}
