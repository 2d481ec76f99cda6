package rest

import (
	"context"
	"strings"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// filterOf reads a line; nil for one that asks for nothing.
func filterOf(line *string, today *types.Date) (*kanban.Filter, error) {
	if line == nil || strings.TrimSpace(*line) == "" {
		return nil, nil //nolint:nilnil // no filter is an answer
	}
	filter, err := kanban.NewFilter(*line, dayOr(today))
	return &filter, err
}

// dayOr is the day in UTC when the client doesn't say.
func dayOr(today *types.Date) time.Time {
	if today == nil {
		return time.Now().UTC().Truncate(24 * time.Hour)
	}
	return today.Time
}

// filteredBoard reads what matches of a board in that state, unless the caller has it as it is.
func (h *handlers) filteredBoard(ctx context.Context, req kanbanapi.GetBoardRequestObject, state kanban.BoardState, filter *kanban.Filter) (kanbanapi.GetBoardResponseObject, error) {
	who := actor(ctx)
	what := askedBy(who.ID, filter)
	if tag := what.tag(state); has(req.Params.IfNoneMatch, tag) {
		return kanbanapi.GetBoard304Response{Headers: kanbanapi.GetBoard304ResponseHeaders{ETag: tag}}, nil
	}
	return h.boards.of(ctx, req.BoardId, what, state, func() (kanban.Board, error) { return h.kanban.FilteredBoard(ctx, who, req.BoardId, *filter) })
}

// filteredCards lists what matches in a column.
func (h *handlers) filteredCards(ctx context.Context, req kanbanapi.ListColumnCardsRequestObject, part kanban.Page, filter *kanban.Filter) (kanbanapi.ListColumnCardsResponseObject, error) {
	cards, matches, err := h.kanban.FilteredCards(ctx, actor(ctx), req.BoardId, req.ColumnId, part, *filter)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListColumnCards200JSONResponse{
		Items: each(cards.Items, contractCardSummary), NextCursor: nextCursor(cards.Next), MatchCount: &matches,
	}, nil
}
