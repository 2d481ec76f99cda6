package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// TrashKeeps is how long what is in the trash can be restored.
const TrashKeeps = 30 * 24 * time.Hour

// Away tells of what is in the archive or in the trash since when that is, and who put it there.
type Away struct {
	At     time.Time
	By     uuid.UUID
	ByName string
	GoneAt *time.Time // when it will be gone for good; nil in the archive
}

// AwayCard is a card that is out of sight by itself, not with its column.
type AwayCard struct {
	ID             uuid.UUID
	Number         int
	Title          string
	ColumnID       uuid.UUID
	ColumnTitle    string
	ColumnArchived bool
	ColumnDeleted  bool
	Away
}

// AwayColumn is a column that is out of sight.
type AwayColumn struct {
	Column
	Away
}

// AwayBoard is a board that is out of sight.
type AwayBoard struct {
	BoardSummary
	Away
}

// Find asks for a part of what is in the archive or in the trash, newest first.
type Find struct {
	State State
	Words string // all of them begin words of what is looked for
	After Spot   // the zero one is the beginning
	Limit int

	Patterns []string // what Words come down to, for the store
}

// Spot is a place in such a list: that of the last thing on the page before, whatever has become of it since.
type Spot struct {
	At time.Time
	ID uuid.UUID
}

// Found is one part of such a list; Next is nil when nothing follows.
type Found[T any] struct {
	Items []T
	Next  *Spot
	Seq   int64 // the board's
}

// AwayCards lists the cards in a board's archive or trash; problem.NotFound if the actor isn't a member, problem.Invalid
// for words that aren't text and for cards that aren't away.
func (s *Service) AwayCards(ctx context.Context, actor Actor, board uuid.UUID, find Find) (Found[AwayCard], error) {
	return lookFor(find, func(f Find) ([]AwayCard, int64, error) { return s.store.AwayCards(ctx, actor.ID, board, f) },
		func(c AwayCard) Spot { return Spot{c.At, c.ID} })
}

// AwayColumns does so for a board's columns.
func (s *Service) AwayColumns(ctx context.Context, actor Actor, board uuid.UUID, find Find) (Found[AwayColumn], error) {
	return lookFor(find, func(f Find) ([]AwayColumn, int64, error) { return s.store.AwayColumns(ctx, actor.ID, board, f) },
		func(c AwayColumn) Spot { return Spot{c.At, c.ID} })
}

// AwayBoards does so for the actor's boards.
func (s *Service) AwayBoards(ctx context.Context, actor Actor, find Find) (Found[AwayBoard], error) {
	return lookFor(find, func(f Find) ([]AwayBoard, int64, error) {
		boards, err := s.store.AwayBoards(ctx, actor.ID, f)
		return boards, 0, err
	}, func(b AwayBoard) Spot { return Spot{b.At, b.ID} })
}

// lookFor lists what is away, and one thing more, to learn whether there is more.
func lookFor[T any](find Find, list func(Find) ([]T, int64, error), spot func(T) Spot) (Found[T], error) {
	if find.State == Live {
		return Found[T]{}, problem.Validation(problem.Field{Field: "state", Code: "not_offered", Detail: "This must be archived or deleted: what is on the wall is read with its board."})
	}
	var wrong *problem.Field
	if find.Patterns, wrong = patterns(find.Words); wrong != nil {
		return Found[T]{}, problem.Validation(*wrong)
	}
	limit := find.Limit
	find.Limit++
	items, seq, err := list(find)
	found := Found[T]{Items: items, Seq: seq}
	if len(items) > limit {
		last := spot(items[limit-1])
		found.Items, found.Next = items[:limit], &last
	}
	return found, err
}

// ComesWhole refuses to look for words in a list that has no part.
func ComesWhole(field string) error {
	return problem.Validation(problem.Field{Field: field, Code: "not_offered", Detail: "This is for what is in the archive or in the trash. Say which with state."})
}
