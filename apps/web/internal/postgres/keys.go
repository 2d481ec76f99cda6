package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// TurnKeys turns a person's single-key shortcuts off or on; see identity.KeysStore.
func (s *Store) TurnKeys(ctx context.Context, self identity.Self, off bool) error {
	what := identity.EventKeysOn
	if off {
		what = identity.EventKeysOff
	}
	return s.ofSelf(ctx, self, what, func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		return q.PersonTurnKeys(ctx, off, self.PersonID)
	})
}
