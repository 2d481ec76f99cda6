package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// takeInvitation uses up the invitation that somebody new brings, in the transaction that makes them, and returns the
// e-mail it was sent to: whoever has it reads that address' mail. Where none is needed, one that is over does no harm.
func takeInvitation(ctx context.Context, q *dbgen.Queries, i identity.Invitation) (email string, err error) {
	if i.Hash != nil {
		taken, err := q.MailTokenTake(ctx, i.Hash, string(identity.OnInvite))
		if err == nil || !errors.Is(err, pgx.ErrNoRows) {
			return taken.Email, err
		}
	}
	if i.Needed {
		return "", identity.InvitationOver()
	}
	return "", nil
}
