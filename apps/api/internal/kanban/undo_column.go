package kanban

import (
	"context"
	"slices"
)

// columnsBack puts columns back on the wall, into the archive or into the trash, wherever they were.
func columnsBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	did := make([]Activity, len(rows))
	for i, row := range rows {
		var err error
		if did[i], err = columnBack(ctx, c, row); err != nil {
			return nil, err
		}
		if did[i].Verb != did[0].Verb {
			return nil, nil // no batch is so
		}
	}
	return did, nil
}

func columnBack(ctx context.Context, c Change, row Activity) (Activity, error) {
	column, err := c.Column(ctx, *row.ColumnID)
	if err != nil {
		return Activity{}, err
	}
	to := stageBefore(row)
	if to == (stage{}) {
		rank, err := columnRankAt(ctx, c, column.Rank, column)
		if err != nil {
			return Activity{}, err
		}
		return columnRestored(column, rank), c.PutColumnBack(ctx, column.ID, rank)
	}
	did, err := columnGoes(ctx, c, column, to)
	if err != nil {
		return Activity{}, err
	}
	if former, moved := formerRankOf(row, column.Rank); moved {
		err = c.MoveColumn(ctx, column.ID, former)
	}
	return did, err
}

// columnGoes puts a column into the archive or into the trash, from the wall or from the other of them.
func columnGoes(ctx context.Context, c Change, column Column, to stage) (Activity, error) {
	switch {
	case to.deleted:
		return columnDeleted(column), c.DeleteColumn(ctx, column.ID)
	case column.DeletedAt != nil:
		activity := columnArchived(column)
		activity.Was["deleted"] = true
		return activity, c.UndeleteColumn(ctx, column.ID)
	default:
		_, err := c.ArchiveColumn(ctx, column.ID)
		return columnArchived(column), err
	}
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
