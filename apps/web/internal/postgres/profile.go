package postgres

import (
	"context"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// FindProfile reads a person's account; see identity.ProfileStore.
func (s *Store) FindProfile(ctx context.Context, self identity.Self, recent time.Duration) (identity.Profile, error) {
	row, err := s.queries.PersonProfile(ctx, dbgen.PersonProfileParams{
		ID: self.PersonID, SessionID: self.SessionID, Network: self.From.Network(), Recent: recent,
	})
	return identity.Profile(row), found(err)
}

// RenamePerson gives a person another name; see identity.ProfileStore.
func (s *Store) RenamePerson(ctx context.Context, self identity.Self, name string) error {
	return s.ofSelf(ctx, self, identity.EventNameChanged, func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		return q.PersonRename(ctx, name, self.PersonID)
	})
}

// ofSelf changes and records, all or nothing, while the person's row is locked. It returns problem.NotFound when the
// person is gone.
func (s *Store) ofSelf(ctx context.Context, self identity.Self, what identity.EventKind, do func(*dbgen.Queries, dbgen.PersonLockRow) error) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error {
		person, err := q.PersonLock(ctx, self.PersonID)
		if err != nil {
			return found(err)
		}
		if err := do(q, person); err != nil {
			return err
		}
		return record(ctx, q, event{what: what, personID: self.PersonID, email: person.Email, from: self.From})
	})
}
