package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Column is a vertical lane of a board.
type Column struct {
	ID         uuid.UUID
	BoardID    uuid.UUID
	Title      string
	WIPLimit   *int // how many cards it should hold at most; nil for no limit
	Hue        *Hue // nil for none
	Kind       Kind
	Rank       string
	Version    int
	CardCount  int
	CreatedBy  uuid.UUID
	ArchivedAt *time.Time // set too as long as DeletedAt is
	DeletedAt  *time.Time
	Seq        int64
}

// BoardColumn is a column in a board's snapshot, with the first of its cards.
type BoardColumn struct {
	Column
	Listed[CardSummary]
	Collapsed bool // by the reader, for themselves
	Matches   *int // how many of its cards match; nil without a filter
}

// NewColumn is a column to be.
type NewColumn struct {
	ID       uuid.UUID
	Title    string
	WIPLimit *int
	Hue      *Hue
	Kind     Kind
}

// ColumnPatch says what to change of a column: nil leaves a part as it is.
type ColumnPatch struct {
	Title    *string
	WIPLimit **int // a nil inside takes the limit away
	Hue      **Hue // a nil inside takes the hue away
	Kind     *Kind
}

// wipLimitMost is the largest WIP limit.
const wipLimitMost = 999

// same compares what may be absent.
func same[T comparable](a, b *T) bool {
	return a == b || (a != nil && b != nil && *a == *b)
}

func checkWIPLimit(limit *int) *problem.Field {
	if limit != nil && (*limit < 1 || *limit > wipLimitMost) {
		return &problem.Field{Field: "wip_limit", Code: "out_of_range", Detail: "A WIP limit is a number from 1 to 999."}
	}
	return nil
}

// UpdateColumn changes a column that was read at a version; a patch that says what is there already changes
// nothing. problem.NotFound, problem.Forbidden, problem.Invalid, problem.PreconditionRequired and problem.Stale as
// everywhere; problem.Conflict for one in the archive ("column_archived") or in the trash ("column_deleted").
func (s *Service) UpdateColumn(ctx context.Context, actor Actor, board, id uuid.UUID, from From, patch ColumnPatch) (Column, error) {
	if err := patch.clean(); err != nil {
		return Column{}, err
	}
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		old, err := liveColumn(ctx, c, id)
		if err != nil {
			return err
		}
		if err := checkFrom(from, old.Version, old); err != nil {
			return err
		}
		if column = patch.applied(old); column.sameAs(old) {
			return ErrUnchanged
		}
		if column, err = c.UpdateColumn(ctx, column); err != nil {
			return err
		}
		return record(ctx, c, columnEdited(old, column), &column.Seq)
	})
	return column, err
}

func (p *ColumnPatch) clean() error {
	var wrong [4]*problem.Field
	if p.Title != nil {
		var title string
		title, wrong[0] = cleanTitle(*p.Title)
		p.Title = &title
	}
	if p.WIPLimit != nil {
		wrong[1] = checkWIPLimit(*p.WIPLimit)
	}
	if p.Hue != nil {
		wrong[2] = checkHueOrNone(*p.Hue)
	}
	if p.Kind != nil {
		wrong[3] = checkKind(*p.Kind)
	}
	return refuse(wrong[:]...)
}

func (p *ColumnPatch) applied(column Column) Column {
	if p.Title != nil {
		column.Title = *p.Title
	}
	if p.WIPLimit != nil {
		column.WIPLimit = *p.WIPLimit
	}
	if p.Hue != nil {
		column.Hue = *p.Hue
	}
	if p.Kind != nil {
		column.Kind = *p.Kind
	}
	return column
}

// sameAs compares all that a patch can change.
func (c Column) sameAs(other Column) bool {
	return c.Title == other.Title && same(c.WIPLimit, other.WIPLimit) && same(c.Hue, other.Hue) && c.Kind == other.Kind
}

func columnEdited(old, now Column) Activity {
	return Activity{Verb: ColumnEdited, ColumnID: &old.ID, Was: columnFacts(old), Became: columnFacts(now)}
}

func columnFacts(c Column) map[string]any {
	return map[string]any{"title": c.Title, "wip_limit": c.WIPLimit, "hue": c.Hue, "kind": c.Kind}
}

// Columns lists a board's live columns from the left, and the board's seq; problem.NotFound if the actor isn't a member.
func (s *Service) Columns(ctx context.Context, actor Actor, board uuid.UUID) ([]Column, int64, error) {
	return s.store.Columns(ctx, actor.ID, board)
}
