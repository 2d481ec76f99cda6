package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Column is a vertical lane of a board.
type Column struct {
	ID        uuid.UUID
	BoardID   uuid.UUID
	Title     string
	WIPLimit  *int // how many cards it should hold at most; nil for no limit
	Rank      string
	Version   int
	CardCount int
	CreatedBy uuid.UUID
	Seq       int64
}

// BoardColumn is a column in a board's snapshot, with the first of its cards.
type BoardColumn struct {
	Column
	Listed[CardSummary]
}

// NewColumn is a column to be.
type NewColumn struct {
	ID       uuid.UUID
	Title    string
	WIPLimit *int
}

// ColumnPatch says what to change of a column: nil leaves a part as it is.
type ColumnPatch struct {
	Title    *string
	WIPLimit **int // a nil inside takes the limit away
}

// wipLimitMost is the largest WIP limit.
const wipLimitMost = 999

func sameLimit(a, b *int) bool {
	return a == b || (a != nil && b != nil && *a == *b)
}

func checkWIPLimit(limit *int) *problem.Field {
	if limit != nil && (*limit < 1 || *limit > wipLimitMost) {
		return &problem.Field{Field: "wip_limit", Code: "out_of_range", Detail: "A WIP limit is a number from 1 to 999."}
	}
	return nil
}

// CreateColumn adds a column at a board's right end. Sent again with the same id by the same person, it returns
// that column. problem.NotFound for an outsider, problem.Forbidden for a viewer, problem.Invalid for what is
// wrong, problem.Conflict ("id_taken") for an id in use.
func (s *Service) CreateColumn(ctx context.Context, actor Actor, board uuid.UUID, id *uuid.UUID, title string, wipLimit *int) (Column, error) {
	title, wrong := cleanTitle(title)
	if err := refuse(wrong, checkWIPLimit(wipLimit)); err != nil {
		return Column{}, err
	}
	columnID, err := newID(id)
	if err != nil {
		return Column{}, err
	}
	wanted := NewColumn{ID: columnID, Title: title, WIPLimit: wipLimit}
	var column Column
	err = s.change(ctx, actor, board, func(c Change) error {
		if id != nil {
			if column, err = c.Column(ctx, columnID); !problem.Is(err, problem.NotFound) {
				return wanted.again(actor, column, err)
			}
		}
		rank, err := columnRank(ctx, c, ColumnPlace{}, Column{})
		if err != nil {
			return err
		}
		if column, err = c.CreateColumn(ctx, wanted, rank); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: ColumnCreated, ColumnID: &columnID, Became: columnFacts(column)}, &column.Seq)
	})
	return column, err
}

// again ends a create whose id is in use already.
func (n NewColumn) again(actor Actor, made Column, err error) error {
	if err != nil {
		return err
	}
	untouched := made.Title == n.Title && sameLimit(made.WIPLimit, n.WIPLimit)
	return sameAgain(made.CreatedBy, actor, made.Version > 1 || untouched)
}

// UpdateColumn changes a column that was read at a version; a patch that says what is there already changes
// nothing. problem.NotFound, problem.Forbidden, problem.Invalid,
// problem.PreconditionRequired and problem.Stale as everywhere.
func (s *Service) UpdateColumn(ctx context.Context, actor Actor, board, id uuid.UUID, from From, patch ColumnPatch) (Column, error) {
	if err := patch.clean(); err != nil {
		return Column{}, err
	}
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		old, err := c.Column(ctx, id)
		if err != nil {
			return err
		}
		if err := checkFrom(from, old.Version, old); err != nil {
			return err
		}
		if column = patch.applied(old); column.Title == old.Title && sameLimit(column.WIPLimit, old.WIPLimit) {
			return ErrUnchanged
		}
		if column, err = c.UpdateColumn(ctx, column); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: ColumnEdited, ColumnID: &id, Was: columnFacts(old), Became: columnFacts(column)}, &column.Seq)
	})
	return column, err
}

func (p *ColumnPatch) clean() error {
	var wrong *problem.Field
	if p.Title != nil {
		var title string
		title, wrong = cleanTitle(*p.Title)
		p.Title = &title
	}
	if p.WIPLimit != nil {
		return refuse(wrong, checkWIPLimit(*p.WIPLimit))
	}
	return refuse(wrong)
}

func (p *ColumnPatch) applied(column Column) Column {
	if p.Title != nil {
		column.Title = *p.Title
	}
	if p.WIPLimit != nil {
		column.WIPLimit = *p.WIPLimit
	}
	return column
}

func columnFacts(c Column) map[string]any {
	return map[string]any{"title": c.Title, "wip_limit": c.WIPLimit}
}
