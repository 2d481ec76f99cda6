package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/postgres"
)

// StartSession revokes the browser's previous session and writes the new one, while the person is locked; see
// session.Store.
func (s *Store) StartSession(ctx context.Context, start session.Start) (session.Session, error) {
	publicID, err := uuid.NewV7()
	if err != nil {
		return session.Session{}, err
	}
	var row dbgen.SessionFindRow
	var refused error
	err = s.inTx(ctx, func(q *dbgen.Queries) error {
		if refused, err = refuse(ctx, q, start); err != nil || refused != nil {
			return err
		}
		if start.Previous != nil {
			if err := revoke(ctx, q, *start.Previous, start.From, identity.EndedAnew); err != nil {
				return err
			}
		}
		if err := create(ctx, q, publicID, start); err != nil {
			return err
		}
		row, err = q.SessionFind(ctx, lookUp(start.Hash))
		return err
	})
	if err == nil && refused != nil {
		return session.Session{}, refused
	}
	return fromRow(row), found(err)
}

// refuse looks again at what somebody showed, and records why they don't come in after all. It waits for whoever is
// changing that, and nobody changes it before the transaction ends: a reset comes first, or ends this session too.
func refuse(ctx context.Context, q *dbgen.Queries, start session.Start) (refused, err error) {
	p := start.Proof
	if err := q.SessionLock(ctx, p.PersonID); err != nil {
		return nil, err
	}
	now, err := q.SessionProof(ctx, dbgen.SessionProofParams{PersonID: p.PersonID, Issuer: p.Issuer, Subject: p.Subject, Since: p.Since})
	switch {
	case errors.Is(err, pgx.ErrNoRows): // the person was deleted
		return p.Over(), nil
	case err != nil:
		return nil, err
	case now.Holds && !now.Disabled:
		return nil, nil
	}
	refused, why := p.Over(), identity.RefusedOvertaken
	if now.Holds {
		refused, why = identity.Disabled(), identity.RefusedDisabled
	}
	return refused, record(ctx, q, event{what: identity.EventSignInFailed, personID: p.PersonID, from: start.From, details: details{"reason": string(why)}})
}

func create(ctx context.Context, q *dbgen.Queries, publicID uuid.UUID, start session.Start) error {
	err := q.SessionCreate(ctx, dbgen.SessionCreateParams{
		IDHash: start.Hash[:], PublicID: publicID, PersonID: start.Proof.PersonID, Life: session.Life,
		UserAgent: start.From.UserAgent, Address: start.From.Address,
	})
	if err != nil {
		return err
	}
	through := details{"session": publicID.String(), "issuer": start.Proof.Issuer}
	if start.Proof.Provider != "" {
		through["provider"] = start.Proof.Provider
	}
	return record(ctx, q, event{what: identity.EventSignedIn, personID: start.Proof.PersonID, from: start.From, details: through})
}

// RenewSession puts another id in a live session's place, also in the links that it began; see session.Store.
func (s *Store) RenewSession(ctx context.Context, hash, renewed session.Hash, from identity.Origin) (session.Session, error) {
	publicID, err := uuid.NewV7()
	if err != nil {
		return session.Session{}, err
	}
	var row dbgen.SessionFindRow
	err = s.inTx(ctx, func(q *dbgen.Queries) error {
		if row, err = q.SessionFind(ctx, lookUp(hash)); err != nil {
			return err
		}
		if err = q.SessionLock(ctx, row.PersonID); err != nil {
			return err
		}
		if _, err = q.SessionRevoke(ctx, hash[:]); err != nil { // no row: it was ended meanwhile
			return err
		}
		err = q.SessionRenew(ctx, dbgen.SessionRenewParams{Renewed: renewed[:], PublicID: publicID, IDHash: hash[:]})
		if err != nil {
			return err
		}
		err = q.FlowCarry(ctx, dbgen.FlowCarryParams{Renewed: publicID, PersonID: row.PersonID, SessionID: row.PublicID})
		if err != nil {
			return err
		}
		err = record(ctx, q, event{
			what: identity.EventSessionRenewed, personID: row.PersonID, from: from,
			details: details{"session": publicID.String(), "before": row.PublicID.String()},
		})
		row.PublicID, row.TouchDue = publicID, false
		return err
	})
	return fromRow(row), found(err)
}

// FindSession finds a live session and its person in one query; see session.Store.
func (s *Store) FindSession(ctx context.Context, hash session.Hash) (session.Session, error) {
	row, err := s.queries.SessionFind(ctx, lookUp(hash))
	return fromRow(row), found(err)
}

// TouchSession writes a use down; see session.Store.
func (s *Store) TouchSession(ctx context.Context, hash session.Hash) error {
	return postgres.Error(s.queries.SessionTouch(ctx, hash[:], session.TouchEvery))
}

// RevokeSession ends a session; see session.Store.
func (s *Store) RevokeSession(ctx context.Context, hash session.Hash, from identity.Origin) error {
	return s.inTx(ctx, func(q *dbgen.Queries) error { return revoke(ctx, q, hash, from, identity.EndedBySignOut) })
}

// SessionLive reports whether a session still counts; see session.Store.
func (s *Store) SessionLive(ctx context.Context, id uuid.UUID) (bool, error) {
	live, err := s.queries.SessionLive(ctx, id, session.Idle)
	return live, postgres.Error(err)
}

func revoke(ctx context.Context, q *dbgen.Queries, hash session.Hash, from identity.Origin, why identity.Ending) error {
	ended, err := q.SessionRevoke(ctx, hash[:])
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return record(ctx, q, event{
		what: identity.EventSignedOut, personID: ended.PersonID, from: from,
		details: details{"session": ended.PublicID.String(), "why": string(why)},
	})
}

func lookUp(hash session.Hash) dbgen.SessionFindParams {
	return dbgen.SessionFindParams{IDHash: hash[:], Idle: session.Idle, TouchEvery: session.TouchEvery}
}

func fromRow(row dbgen.SessionFindRow) session.Session {
	return session.Session{
		ID: row.PublicID, CreatedAt: row.CreatedAt, ExpiresAt: row.ExpiresAt, TouchDue: row.TouchDue, Left: row.LeftToLive,
		Person: session.Person{
			ID: row.PersonID, Name: row.Name, Email: row.Email, EmailVerified: row.EmailVerified, Picture: row.Picture, KeysOff: row.KeysOff,
		},
	}
}
