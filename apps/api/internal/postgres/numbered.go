package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Numbered implements kanban.Store.
func (s *Store) Numbered(ctx context.Context, person uuid.UUID, number, limit int) ([]kanban.NumberedCard, error) {
	rows, err := s.queries.NumberedList(ctx, dbgen.NumberedListParams{PersonID: person, Number: number, MaxRows: limit})
	cards := make([]kanban.NumberedCard, len(rows))
	for i, row := range rows {
		cards[i] = kanban.NumberedCard{Board: row.BoardID, BoardTitle: row.BoardTitle, ID: row.ID, Number: row.Number, Title: row.Title}
	}
	return cards, postgres.Error(err)
}
