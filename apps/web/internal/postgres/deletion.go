package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// DeletePerson deletes a person and the mails to them; see identity.DeletionStore. What the audit keeps of them is what
// happened and when: who it was and where they were goes in the same transaction.
func (s *Store) DeletePerson(ctx context.Context, self identity.Self) error {
	err := s.inTx(ctx, func(q *dbgen.Queries) error {
		person, err := q.PersonLock(ctx, self.PersonID)
		if err != nil {
			return found(err)
		}
		if err := q.JobDeleteOf(ctx, job.MailKind, self.PersonID); err != nil {
			return err
		}
		if err := q.JobForget(ctx, job.MailKind, self.PersonID); err != nil {
			return err
		}
		if _, err := q.PersonDelete(ctx, self.PersonID); err != nil {
			return err
		}
		if err := record(ctx, q, event{what: identity.EventDeleted, personID: self.PersonID, from: identity.Nowhere()}); err != nil {
			return err
		}
		proved := ""
		if person.EmailVerified {
			proved = person.Email
		}
		return q.AuditForget(ctx, &self.PersonID, proved)
	})
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	return err
}
