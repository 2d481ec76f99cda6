package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// DeletePerson deletes a person; see identity.DeletionStore.
func (s *Store) DeletePerson(ctx context.Context, self identity.Self) error {
	err := s.ofSelf(ctx, self, "deleted", func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		if err := q.JobDeleteOf(ctx, job.MailKind, self.PersonID); err != nil {
			return err
		}
		if err := q.JobForget(ctx, job.MailKind, self.PersonID); err != nil {
			return err
		}
		_, err := q.PersonDelete(ctx, self.PersonID)
		return err
	})
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	return err
}
