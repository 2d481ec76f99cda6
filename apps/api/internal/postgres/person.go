package postgres

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// SavePerson implements kanban.Store.
func (s *Store) SavePerson(ctx context.Context, person kanban.Person) error {
	return postgres.Error(s.queries.PersonSave(ctx, dbgen.PersonSaveParams{
		ID: person.ID, Name: person.Name, Email: person.Email, Picture: person.Picture,
	}))
}
