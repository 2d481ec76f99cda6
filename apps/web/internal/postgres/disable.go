package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// SetDisabled disables or enables somebody; see identity.ProfileStore. The audit shows it to them, and tells nothing of
// where the operator is.
func (s *Store) SetDisabled(ctx context.Context, email string, which func([]identity.Holder) (uuid.UUID, error), disable bool) (changed bool, err error) {
	err = s.inTx(ctx, func(q *dbgen.Queries) error {
		rows, err := q.PersonListByEmail(ctx, email)
		if err != nil {
			return err
		}
		people, was := make([]identity.Holder, len(rows)), map[uuid.UUID]bool{}
		for i, row := range rows {
			people[i], was[row.ID] = identity.Holder(row), row.Disabled
		}
		id, err := which(people)
		if err != nil {
			return err
		}
		if changed = was[id] != disable; !changed {
			return nil
		}
		return setDisabled(ctx, q, id, email, disable)
	})
	return changed, err
}

func setDisabled(ctx context.Context, q *dbgen.Queries, id uuid.UUID, email string, disable bool) error {
	if !disable {
		if err := q.PersonEnable(ctx, id); err != nil {
			return err
		}
		return record(ctx, q, event{what: identity.EventEnabled, personID: id, email: email, from: identity.Nowhere()})
	}
	if err := q.PersonDisable(ctx, id); err != nil {
		return err
	}
	if err := record(ctx, q, event{what: identity.EventDisabled, personID: id, email: email, from: identity.Nowhere()}); err != nil {
		return err
	}
	return shutOut(ctx, q, id, uuid.Nil, identity.EndedByDisabling, identity.Nowhere())
}
