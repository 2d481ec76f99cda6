package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

type details map[string]string

// event is one row of the audit: who did what, and from where.
type event struct {
	what     string
	personID uuid.UUID // uuid.Nil when it is nobody's account
	email    string
	from     identity.Origin
	details  details
}

func record(ctx context.Context, q *dbgen.Queries, e event) error {
	if e.details == nil {
		e.details = details{}
	}
	encoded, err := json.Marshal(e.details)
	if err != nil {
		return err
	}
	row := dbgen.AuditCreateParams{
		What: e.what, Email: e.email, Address: e.from.Address, UserAgent: e.from.UserAgent, Details: encoded,
	}
	if e.personID != uuid.Nil {
		row.PersonID = &e.personID
	}
	return q.AuditCreate(ctx, row)
}

// RecordFailure writes that a sign-in was refused; see identity.Store.
func (s *Store) RecordFailure(ctx context.Context, personID uuid.UUID, email, reason string, from identity.Origin) error {
	return postgres.Error(record(ctx, s.queries, event{
		what: "sign_in_failed", personID: personID, email: email, from: from, details: details{"reason": reason},
	}))
}

// ListEvents lists what the audit has of a person; see identity.EventStore.
func (s *Store) ListEvents(ctx context.Context, personID uuid.UUID, before int64, limit int) ([]identity.Event, error) {
	rows, err := s.queries.AuditListByPerson(ctx, dbgen.AuditListByPersonParams{PersonID: &personID, Before: before, MaxRows: limit})
	if err != nil {
		return nil, postgres.Error(err)
	}
	events := make([]identity.Event, len(rows))
	for i, row := range rows {
		events[i] = identity.Event{ID: row.ID, At: row.At, What: row.What, Address: row.Address, UserAgent: row.UserAgent}
		if err := json.Unmarshal(row.Details, &events[i].Details); err != nil {
			return nil, err
		}
	}
	return events, nil
}
