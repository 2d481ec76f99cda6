package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// SetDisabled disables or enables somebody; see identity.DisableStore. The audit shows it to them, and tells nothing of
// where the operator is.
func (s *Store) SetDisabled(ctx context.Context, whom identity.Whom, which func([]identity.Holder) (identity.Holder, error), disable bool) (changed bool, err error) {
	err = s.inTx(ctx, func(q *dbgen.Queries) error {
		people, err := meant(ctx, q, whom)
		if err != nil {
			return err
		}
		person, err := which(people)
		if err != nil {
			return err
		}
		if changed = person.Disabled != disable; !changed {
			return nil
		}
		return setDisabled(ctx, q, person, disable)
	})
	return changed, err
}

// meant locks whom an operator may mean.
func meant(ctx context.Context, q *dbgen.Queries, whom identity.Whom) ([]identity.Holder, error) {
	if whom.Email == "" {
		person, err := q.PersonLock(ctx, whom.ID)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil, nil
		}
		return []identity.Holder{identity.Holder(person)}, err
	}
	return lockPeople(ctx, q, whom.Email)
}

func setDisabled(ctx context.Context, q *dbgen.Queries, person identity.Holder, disable bool) error {
	done := event{what: identity.EventEnabled, personID: person.ID, email: person.Email, from: identity.Nowhere()}
	if !disable {
		if err := q.PersonEnable(ctx, person.ID); err != nil {
			return err
		}
		return record(ctx, q, done)
	}
	done.what = identity.EventDisabled
	if err := q.PersonDisable(ctx, person.ID); err != nil {
		return err
	}
	if err := record(ctx, q, done); err != nil {
		return err
	}
	return shutOut(ctx, q, person.ID, uuid.Nil, identity.EndedByDisabling, identity.Nowhere())
}
