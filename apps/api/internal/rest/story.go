package rest

import (
	"context"
	"encoding/base64"
	"encoding/binary"

	"github.com/oapi-codegen/nullable"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListStory lists what happened on a board, to be read by people.
func (h *handlers) ListStory(ctx context.Context, req kanbanapi.ListStoryRequestObject) (kanbanapi.ListStoryResponseObject, error) {
	before, err := beforeCursor(req.Params.Cursor)
	if err != nil {
		return nil, err
	}
	story, next, err := h.kanban.Story(ctx, actor(ctx), req.BoardId, kanban.StoryPage{Before: before, Card: req.Params.CardId, Limit: limitOr(req.Params.Limit)})
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListStory200JSONResponse{
		Items: each(story.Lines, contractStoryLine), NextCursor: cursorBefore(next), Seq: story.Seq,
		Names: kanbanapi.StoryNames{Cards: each(story.Cards, contractStoryCard), Columns: each(story.Columns, contractStoryColumn)},
	}, nil
}

func contractStoryLine(l kanban.StoryLine) kanbanapi.StoryLine {
	return kanbanapi.StoryLine{Activity: contractActivity(l.Activity), Cards: l.Cards}
}

func contractStoryCard(c kanban.StoryCard) kanbanapi.StoryCard {
	return kanbanapi.StoryCard{Id: c.ID, Number: c.Number, Title: c.Title, Deleted: c.Deleted}
}

func contractStoryColumn(c kanban.StoryColumn) kanbanapi.StoryColumn {
	return kanbanapi.StoryColumn{Id: c.ID, Title: c.Title, Live: c.Live}
}

// beforeCursor reads a cursor of the story: the seq of the first activity on the page before.
func beforeCursor(cursor *string) (int64, error) {
	if cursor == nil || *cursor == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	if err != nil || len(raw) != 8 {
		return 0, notACursor()
	}
	if before := int64(binary.BigEndian.Uint64(raw)); before > 0 { //nolint:gosec // what overflows is no seq
		return before, nil
	}
	return 0, notACursor()
}

func cursorBefore(seq int64) nullable.Nullable[string] {
	if seq == 0 {
		return nullable.NewNullNullable[string]()
	}
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(seq)))) //nolint:gosec // seqs are counted from one
}
