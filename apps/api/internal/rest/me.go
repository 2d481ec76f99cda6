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
