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

func column(row dbgen.Column, cardCount int) kanban.Column {
	return kanban.Column{
		ID: row.ID, BoardID: row.BoardID, Title: row.Title, WIPLimit: row.WipLimit, Hue: (*kanban.Hue)(row.Hue), Kind: kanban.Kind(row.Kind),
		Rank: row.Rank, Version: row.Version, CardCount: cardCount, CreatedBy: row.CreatedBy, ArchivedAt: row.ArchivedAt,
	}
}
