package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// foreignKeyViolation is the SQLSTATE of a row that names another which isn't there.
const foreignKeyViolation = "23503"

// SavePerson implements kanban.Store.
func (s *Store) SavePerson(ctx context.Context, person kanban.Person) error {
	return postgres.Error(s.queries.PersonSave(ctx, dbgen.PersonSaveParams{
		ID: person.ID, Name: person.Name, Email: person.Email, Picture: person.Picture, EmailKey: person.EmailKey(),
	}))
}

// unlessForgotten tells a row that names a person who isn't there from every other failure.
func unlessForgotten(err error) error {
	var reply *pgconn.PgError
	if errors.As(err, &reply) && reply.Code == foreignKeyViolation {
		return fmt.Errorf("%w: %w", kanban.ErrForgotten, err)
	}
	return err
}
