package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Columns implements kanban.Store.
func (s *Store) Columns(ctx context.Context, person, board uuid.UUID) (columns []kanban.Column, seq int64, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		row, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		rows, err := q.ColumnListByBoard(ctx, dbgen.ColumnListByBoardParams{BoardID: board, PersonID: person})
		seq, columns = row.Seq, make([]kanban.Column, len(rows))
		for i, row := range rows {
			columns[i] = column(row.Column, row.CardCount)
			columns[i].Seq = seq
		}
		return err
	})
	return columns, seq, err
}

// readableColumn reads a column that isn't in the trash.
func readableColumn(ctx context.Context, q *dbgen.Queries, board, id uuid.UUID) (kanban.Column, error) {
	row, err := q.ColumnGet(ctx, dbgen.ColumnGetParams{BoardID: board, ID: id})
	switch {
	case err != nil:
		return kanban.Column{}, or(kanban.ColumnNotFound(), err)
	case row.Column.DeletedAt != nil:
		return kanban.Column{}, kanban.ColumnNotFound()
	}
	return column(row.Column, row.CardCount), nil
}

func column(row dbgen.Column, cardCount int) kanban.Column {
	return kanban.Column{
		ID: row.ID, BoardID: row.BoardID, Title: row.Title, WIPLimit: row.WipLimit, Hue: (*kanban.Hue)(row.Hue), Kind: kanban.Kind(row.Kind),
		Rank: row.Rank, Version: row.Version, CardCount: cardCount, CreatedBy: row.CreatedBy, ArchivedAt: row.ArchivedAt, DeletedAt: row.DeletedAt,
	}
}
