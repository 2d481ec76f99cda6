package rest

import (
	"context"
	"encoding/base64"
	"hash/fnv"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// Search finds cards on all of the caller's boards.
func (h *handlers) Search(ctx context.Context, req kanbanapi.SearchRequestObject) (kanbanapi.SearchResponseObject, error) {
	search, err := kanban.NewSearch(req.Params.Q, dayOr(req.Params.Today))
	if err != nil {
		return nil, err
	}
	after, err := mark(search, req.Params.Cursor)
	if err != nil {
		return nil, err
	}
	hits, next, err := h.kanban.Search(ctx, actor(ctx), search, after, limitOr(req.Params.Limit))
	if err != nil {
		return nil, err
	}
	items := each(hits, func(hit kanban.Hit) kanbanapi.SearchHit { return contractHit(search, hit) })
	return kanbanapi.Search200JSONResponse{Items: items, NextCursor: markCursor(search, next)}, nil
}

// A mark's cursor is its tier, its card, and four bytes by which the search is known again: in another one, it would lead on
// from a place that isn't there.
const markBytes = 1 + 16 + 4

// bareMark is set beside the tier when nothing was found before the mark.
const bareMark = 0x80

func mark(search kanban.Search, cursor *string) (*kanban.Mark, error) {
	if cursor == nil || *cursor == "" {
		return nil, nil //nolint:nilnil // the beginning
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	if err != nil || len(raw) != markBytes || string(raw[17:]) != string(known(search)) {
		return nil, notACursor()
	}
	tier := kanban.Tier(raw[0] &^ bareMark)
	if tier < kanban.WholeTitle || tier > kanban.Nearly {
		return nil, notACursor()
	}
	return &kanban.Mark{Tier: tier, Card: uuid.UUID(raw[1:17]), Bare: raw[0]&bareMark != 0}, nil
}

func markCursor(search kanban.Search, next *kanban.Mark) nullable.Nullable[string] {
	if next == nil {
		return nullable.NewNullNullable[string]()
	}
	raw := append(append([]byte{byte(next.Tier)}, next.Card[:]...), known(search)...)
	if next.Bare {
		raw[0] |= bareMark
	}
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString(raw))
}

func known(search kanban.Search) []byte {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(search.Line()))
	return sum.Sum(nil)
}

func contractHit(search kanban.Search, h kanban.Hit) kanbanapi.SearchHit {
	hit := kanbanapi.SearchHit{
		Board: kanbanapi.Named{Id: h.Board, Title: h.BoardTitle}, Column: kanbanapi.Named{Id: h.Column, Title: h.ColumnTitle}, ColumnKind: kanbanapi.ColumnKind(h.ColumnKind),
		Id: h.ID, Number: h.Number, Title: h.Title, DueOn: contractDay(h.DueOn), Archived: h.Archived,
		TitlePieces: each(search.TitlePieces(h), contractPiece), Labels: each(h.Labels, contractBoardLabel),
	}
	if excerpt := search.Excerpt(h); excerpt != nil {
		pieces := each(excerpt, contractPiece)
		hit.Excerpt = &pieces
	}
	return hit
}

func contractPiece(p kanban.Piece) kanbanapi.Piece {
	return kanbanapi.Piece{Text: p.Text, Match: p.Match}
}
