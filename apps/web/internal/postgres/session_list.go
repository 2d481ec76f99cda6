package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/postgres"
)

// ListSessions lists a person's live sessions; see session.Store.
func (s *Store) ListSessions(ctx context.Context, personID uuid.UUID) ([]session.Listed, error) {
	rows, err := s.queries.SessionList(ctx, personID, session.Idle)
	if err != nil {
		return nil, postgres.Error(err)
	}
	listed := make([]session.Listed, len(rows))
	for i, row := range rows {
		listed[i] = session.Listed{
			ID: row.PublicID, Device: session.Device(row.UserAgent), Address: row.Address,
			CreatedAt: row.CreatedAt, UsedAt: row.TouchedAt,
		}
	}
	return listed, nil
}

// EndSession revokes one session of a person's; see session.Store.
func (s *Store) EndSession(ctx context.Context, personID, id uuid.UUID, from identity.Origin) error {
	return found(s.inTx(ctx, func(q *dbgen.Queries) error {
		if err := owned(ctx, q, personID, id); err != nil {
			return err
		}
		ended, err := q.SessionRevokeOne(ctx, id)
		if err != nil {
			return err
		}
		return recordEnded(ctx, q, personID, ended, identity.EndedFromList, from)
	}))
}

// EndSessions revokes all sessions of a person's but one; see session.Store.
func (s *Store) EndSessions(ctx context.Context, personID, keep uuid.UUID, from identity.Origin) error {
	return found(s.inTx(ctx, func(q *dbgen.Queries) error {
		if err := q.SessionLock(ctx, personID); err != nil {
			return err
		}
		if err := owned(ctx, q, personID, keep); err != nil {
			return err
		}
		return shutOut(ctx, q, personID, keep, identity.EndedWithOthers, from)
	}))
}

// shutOut ends a person's sessions but one, every link that was mailed for them and every flow that was begun to link
// an account: somebody in one of those sessions may have asked for it. It must run under the lock of the person, so that no session is renewed past it.
func shutOut(ctx context.Context, q *dbgen.Queries, personID, keep uuid.UUID, why identity.Ending, from identity.Origin) error {
	if err := q.MailTokenDropAllOf(ctx, personID); err != nil {
		return err
	}
	if err := q.FlowDropOf(ctx, personID); err != nil {
		return err
	}
	ended, err := q.SessionRevokeAll(ctx, personID, keep)
	if err != nil {
		return err
	}
	return recordEnded(ctx, q, personID, ended, why, from)
}

// owned is pgx.ErrNoRows for a session that isn't that person's.
func owned(ctx context.Context, q *dbgen.Queries, personID, id uuid.UUID) error {
	yes, err := q.SessionOwned(ctx, id, personID)
	if err == nil && !yes {
		return pgx.ErrNoRows
	}
	return err
}

func recordEnded(ctx context.Context, q *dbgen.Queries, personID uuid.UUID, ended []uuid.UUID, why identity.Ending, from identity.Origin) error {
	for _, id := range ended {
		err := record(ctx, q, event{
			what: identity.EventSignedOut, personID: personID, from: from, details: details{"session": id.String(), "why": string(why)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
