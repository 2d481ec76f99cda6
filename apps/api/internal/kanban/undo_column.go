package kanban

import (
	"context"
	"slices"
)

// columnAway archives a column that was made or brought back: there is no other way to be rid of one.
func columnAway(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	column, err := liveColumn(ctx, c, *rows[0].ColumnID)
	if err != nil {
		return nil, err
	}
	if _, err = c.ArchiveColumn(ctx, column.ID); err != nil {
		return nil, err
	}
	if former, moved := formerRankOf(rows[0], column.Rank); moved {
		err = c.MoveColumn(ctx, column.ID, former)
	}
	return []Activity{columnArchived(column)}, err
}

func columnBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	column, err := c.Column(ctx, *rows[0].ColumnID)
	if err != nil {
		return nil, err
	}
	rank, err := columnRankAt(ctx, c, column.Rank, column)
	if err != nil {
		return nil, err
	}
	return []Activity{columnRestored(column, rank)}, c.PutColumnBack(ctx, column.ID, rank)
}

func moveColumnBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	column, err := liveColumn(ctx, c, *rows[0].ColumnID)
	if err != nil {
		return nil, err
	}
	former := textIn(rows[0].Was, "rank")
	if former == "" {
		return nil, nil
	}
	rank, err := columnRankAt(ctx, c, former, column)
	if err != nil {
		return nil, err
	}
	return []Activity{columnMoved(column, rank)}, c.MoveColumn(ctx, column.ID, rank)
}

// columnRankAt is a rank if no other column took it meanwhile, else the nearest to its right.
func columnRankAt(ctx context.Context, c Change, rank string, column Column) (string, error) {
	gap, err := c.ColumnGapAt(ctx, rank, column.ID)
	if err != nil || gap.Low != rank {
		return rank, err
	}
	return rankIn(gap), nil
}

// editColumnBack changes back what was changed, and leaves alone what others changed since.
func editColumnBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	old, err := liveColumn(ctx, c, *rows[0].ColumnID)
	if err != nil {
		return nil, err
	}
	column, was := old, rows[0].Was
	for _, name := range changedIn(rows[0]) {
		switch name {
		case "title":
			column.Title = textIn(was, name)
		case "wip_limit":
			column.WIPLimit = numberIn(was, name)
		case "hue":
			column.Hue = hueIn(was, name)
		case "kind":
			column.Kind = Kind(textIn(was, name))
		}
	}
	if column.Title == "" || column.sameAs(old) || !slices.Contains([]Kind{Backlog, Active, Done}, column.Kind) {
		return nil, nil
	}
	now, err := c.UpdateColumn(ctx, column)
	return []Activity{columnEdited(old, now)}, err
}

func hueIn(facts map[string]any, name string) *Hue {
	text, told := facts[name].(string)
	if !told {
		return nil
	}
	hue := Hue(text)
	return &hue
}
