package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
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
	if i.Needed && i.Board.Invitation == uuid.Nil {
		return "", identity.InvitationOver()
	}
	return "", nil
}

// createPerson makes somebody new, unless somebody has come with the same invitation to a board before.
func createPerson(ctx context.Context, q *dbgen.Queries, p dbgen.PersonCreateParams, i identity.Invitation) error {
	if i.Board.Invitation != uuid.Nil {
		p.BoardInvitationID = &i.Board.Invitation
	}
	created, err := q.PersonCreate(ctx, p)
	if err == nil && created == 0 {
		err = identity.InvitationOver()
	}
	return err
}
