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

// ColumnPlace is beside another column: before or after it. The zero place is the board's right end.
type ColumnPlace struct {
	Before, After uuid.UUID
}

// wipLimitMost is the largest WIP limit.
const wipLimitMost = 999

func checkWIPLimit(limit *int) *problem.Field {
	if limit != nil && (*limit < 1 || *limit > wipLimitMost) {
		return &problem.Field{Field: "wip_limit", Code: "out_of_range", Detail: "A WIP limit is a number from 1 to 999."}
	}
	return nil
}

// CreateColumn adds a column at a board's right end. Sent again with the same id, it returns that column.
// problem.NotFound for an outsider, problem.Forbidden for a viewer, problem.Invalid for what is wrong.
func (s *Service) CreateColumn(ctx context.Context, actor Actor, board uuid.UUID, id *uuid.UUID, title string, wipLimit *int) (Column, error) {
	title, wrong := cleanTitle(title)
	if err := refuse(wrong, checkWIPLimit(wipLimit)); err != nil {
		return Column{}, err
	}
	columnID, err := newID(id)
	if err != nil {
		return Column{}, err
	}
	var column Column
	err = s.change(ctx, actor, board, func(c Change) error {
		if column, err = c.Column(ctx, columnID); !problem.Is(err, problem.NotFound) {
			return sameAgain(column.CreatedBy, actor, err)
		}
		gap, _, err := c.ColumnGap(ctx, ColumnPlace{}, uuid.Nil)
		if err != nil {
			return err
		}
		if column, err = c.CreateColumn(ctx, NewColumn{ID: columnID, Title: title, WIPLimit: wipLimit}, rankIn(gap)); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: ColumnCreated, ColumnID: &columnID, Became: columnFacts(column)}, &column.Seq)
	})
	return column, err
}

// UpdateColumn changes a column that was read at a version. problem.NotFound, problem.Forbidden, problem.Invalid,
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
		if column, err = c.UpdateColumn(ctx, patch.applied(old)); err != nil {
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

// MoveColumn puts a column before or after another of its board. problem.NotFound for the board or the column,
// problem.Forbidden for a viewer, problem.Invalid for no place or one beside itself, problem.Conflict
// ("neighbour_gone") when the other isn't there.
func (s *Service) MoveColumn(ctx context.Context, actor Actor, board, id uuid.UUID, to ColumnPlace) (Column, error) {
	if (to.Before == uuid.Nil) == (to.After == uuid.Nil) || to.Before == id || to.After == id {
		return Column{}, problem.Validation(problem.Field{Field: "before", Code: "one_place", Detail: "Name one other column, as before or as after."})
	}
	var column Column
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if column, err = c.Column(ctx, id); err != nil {
			return err
		}
		rank, err := columnRank(ctx, c, to, id)
		if err != nil {
			return err
		}
		if err := c.MoveColumn(ctx, id, rank); err != nil {
			return err
		}
		activity := Activity{Verb: ColumnMoved, ColumnID: &id, Was: map[string]any{"rank": column.Rank}, Became: map[string]any{"rank": rank}}
		return record(ctx, c, activity, &column.Seq)
	})
	return column, err
}

func columnRank(ctx context.Context, c Change, to ColumnPlace, moving uuid.UUID) (string, error) {
	gap, found, err := c.ColumnGap(ctx, to, moving)
	if err != nil {
		return "", err
	}
	if !found {
		return "", problem.New(problem.Conflict, "neighbour_gone", "The column to stand beside is no longer on this board. Reload the board and try again.")
	}
	rank := rankIn(gap)
	if len(rank) <= rankLimit {
		return rank, nil
	}
	if err := c.RankColumns(ctx, ranks); err != nil {
		return "", err
	}
	return columnRank(ctx, c, to, moving)
}

func columnFacts(c Column) map[string]any {
	return map[string]any{"title": c.Title, "wip_limit": c.WIPLimit}
}
