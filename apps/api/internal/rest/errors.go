package rest

import (
	"errors"

	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// contractErrors shows the present state that a stale write is answered with, the seq of what couldn't be
// undone, or was made already, as the contract does.
func contractErrors(next kanbanapi.StrictHandlerFunc, _ string) kanbanapi.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		answer, err := next(c, request)
		var refusal *problem.Error
		if errors.As(err, &refusal) && refusal.Current != nil {
			refusal.Current = present(refusal.Current)
		}
		return answer, err
	}
}

func present(current any) any {
	switch thing := current.(type) {
	case kanban.Card:
		return contractCard(thing)
	case kanban.Column:
		return contractColumn(thing)
	case kanban.Label:
		return contractLabel(thing)
	case kanban.BoardSummary:
		return contractSummary(thing)
	case kanban.Refused:
		return contractSeq(thing.Seq)
	case kanban.Made:
		return contractSeq(thing.Seq)
	default:
		return nil
	}
}
