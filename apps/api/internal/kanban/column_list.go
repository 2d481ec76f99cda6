package kanban

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// ColumnsAtMost is how many columns can be added at once.
const ColumnsAtMost = 20

// CreateColumns adds columns at a board's right end in their order, or none of them, and returns them with the seq of the last:
// what one act adds, one undo takes back. Each may have an id of the client's own; sent again with the same ids by the same
// person, it returns those columns with that seq. Its errors are those of CreateColumn.
func (s *Service) CreateColumns(ctx context.Context, actor Actor, board uuid.UUID, ids []*uuid.UUID, columns []NewColumn) (made []Column, seq int64, err error) {
	if err := cleanColumns(ids, columns); err != nil {
		return nil, 0, err
	}
	err = s.change(ctx, actor, board, func(c Change) error {
		if made, seq, err = columnsAgain(ctx, c, actor, ids, columns); err != nil {
			return err
		}
		var activities []Activity
		if made, activities, err = createColumns(ctx, c, columns); err != nil {
			return err
		}
		return recordAll(ctx, c, activities, &seq)
	})
	for i := range made {
		made[i].Seq = seq
	}
	return made, seq, err
}

// cleanColumns makes problem.Invalid unless there are some columns, each as it should be and with an id of its own, which it gives them.
func cleanColumns(ids []*uuid.UUID, columns []NewColumn) error {
	if n := len(columns); n == 0 || n > ColumnsAtMost {
		return refuse(&problem.Field{Field: "columns", Code: "out_of_range", Detail: fmt.Sprintf("Name from 1 to %d columns; these are %d.", ColumnsAtMost, n)})
	}
	seen := map[uuid.UUID]bool{}
	for i := range columns {
		err := columns[i].clean()
		if err == nil {
			columns[i].ID, err = newID(ids[i])
		}
		if err == nil && seen[columns[i].ID] {
			err = refuse(&problem.Field{Field: "id", Code: "twice", Detail: "Each column needs an id of its own."})
		}
		if err != nil {
			return within(fmt.Sprintf("columns.%d", i), err)
		}
		seen[columns[i].ID] = true
	}
	return nil
}

// columnsAgain ends a create whose ids are in use already: all of them by these same columns, else it's a conflict. It returns nil when
// none is; seq is that of the last.
func columnsAgain(ctx context.Context, c Change, actor Actor, ids []*uuid.UUID, columns []NewColumn) (made []Column, seq int64, err error) {
	for i, wanted := range columns {
		if ids[i] == nil {
			continue
		}
		there, err := c.Column(ctx, wanted.ID)
		if problem.Is(err, problem.NotFound) {
			continue
		}
		if err = wanted.again(ctx, c, actor, &there, err); !errors.Is(err, ErrUnchanged) {
			return nil, 0, err
		}
		made = append(made, there)
	}
	switch len(made) {
	case 0:
		return nil, 0, nil
	case len(columns):
		return made, made[len(made)-1].Seq, ErrUnchanged
	}
	return nil, 0, idTaken()
}

// createColumns adds columns that are as they should be, and tells of each.
func createColumns(ctx context.Context, c Change, columns []NewColumn) ([]Column, []Activity, error) {
	made, activities := make([]Column, len(columns)), make([]Activity, len(columns))
	for i, column := range columns {
		rank, err := columnRank(ctx, c, ColumnPlace{}, Column{})
		if err != nil {
			return nil, nil, err
		}
		if made[i], err = c.CreateColumn(ctx, column, rank); err != nil {
			return nil, nil, err
		}
		activities[i] = columnCreated(made[i])
	}
	return made, activities, nil
}
