package kanban

import (
	"context"

	"github.com/google/uuid"
)

// Story is what happened on a board, newest first, with what the things that it tells of are called now.
type Story struct {
	Lines   []StoryLine
	Cards   []StoryCard
	Columns []StoryColumn
	Seq     int64 // the board's
}

// StoryLine is an activity, or the last of those that one request did together.
type StoryLine struct {
	Activity
	Cards int // how many it stands for
}

// StoryCard is a card that the story tells of, wherever it is now.
type StoryCard struct {
	ID      uuid.UUID
	Number  int
	Title   string
	Deleted bool // or its column is
}

// StoryColumn is a column that the story tells of.
type StoryColumn struct {
	ID    uuid.UUID
	Title string
	Live  bool // on the wall
}

// StoryPage asks for what happened before a seq, and to one card alone if it names one; the zero Before is all of it.
type StoryPage struct {
	Before int64
	Card   *uuid.UUID
	Limit  int
}

// Story lists what happened on a board, and the seq that the next page is before: 0 on the last. problem.NotFound if the actor
// isn't a member. A card that the board never had has no story.
func (s *Service) Story(ctx context.Context, actor Actor, board uuid.UUID, page StoryPage) (Story, int64, error) {
	story, err := s.store.Story(ctx, actor.ID, board, page)
	if err != nil || len(story.Lines) < page.Limit {
		return story, 0, err
	}
	last := story.Lines[len(story.Lines)-1]
	if first := last.Seq - int64(last.Cards) + 1; first > 1 {
		return story, first, nil
	}
	return story, 0, nil
}
