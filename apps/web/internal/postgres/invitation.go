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
// What they type themselves is "" for somebody who comes through a provider.
func takeInvitation(ctx context.Context, q *dbgen.Queries, i identity.Invitation, typed string) (email string, err error) {
	if i.Hash != nil {
		taken, err := q.MailTokenTake(ctx, i.Hash, string(identity.OnInvite))
		if err == nil && i.Own && taken.Email != typed {
			return "", identity.InvitationOfAnother()
		}
		if err == nil || !errors.Is(err, pgx.ErrNoRows) {
			return taken.Email, err
		}
	}
	if i.Needed {
		return "", identity.InvitationOver()
	}
	return "", nil
}
