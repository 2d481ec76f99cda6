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
	what     identity.EventKind
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
		What: string(e.what), Email: e.email, Address: e.from.Address, UserAgent: e.from.UserAgent, Details: encoded,
	}
	if e.personID != uuid.Nil {
		row.PersonID = &e.personID
	}
	return q.AuditCreate(ctx, row)
}

// RecordFailure writes that a try was refused; see identity.Store.
func (s *Store) RecordFailure(ctx context.Context, t identity.FailedTry, from identity.Origin) error {
	why := details{"reason": string(t.Reason)}
	if t.Provider != "" {
		why["provider"] = t.Provider
	}
	return postgres.Error(record(ctx, s.queries, event{what: t.What, personID: t.PersonID, email: t.Email, from: from, details: why}))
}

// ListEvents lists what the audit has of a person; see identity.EventStore.
func (s *Store) ListEvents(ctx context.Context, personID uuid.UUID, before int64, limit int) ([]identity.Event, error) {
	rows, err := s.queries.AuditListByPerson(ctx, dbgen.AuditListByPersonParams{PersonID: &personID, Before: before, MaxRows: limit})
	if err != nil {
		return nil, postgres.Error(err)
	}
	events := make([]identity.Event, len(rows))
	for i, row := range rows {
		var known details
		if err := json.Unmarshal(row.Details, &known); err != nil {
			return nil, err
		}
		events[i] = identity.Event{
			ID: row.ID, At: row.At, What: identity.EventKind(row.What), Address: row.Address, UserAgent: row.UserAgent,
			Provider: known["provider"], Issuer: known["issuer"], Reason: identity.Refusal(known["reason"]), Ending: identity.Ending(known["why"]),
		}
	}
	return events, nil
}
