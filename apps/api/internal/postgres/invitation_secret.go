package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// secretsAtMost is how many of an invitation's links are good at once: more than all the attempts to mail it.
const secretsAtMost = 20

// SealInvitation implements kanban.Store. The sender is locked before the invitation, as who takes them off the board does it.
func (s *Store) SealInvitation(
	ctx context.Context, person, board, id uuid.UUID, hash kanban.SecretHash, mailOf *time.Time,
) (sealed kanban.Invitation, err error) {
	stay := 0
	if mailOf != nil {
		stay = secretsAtMost - 1
	}
	err = postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		owner, err := q.SecretOwner(ctx, dbgen.SecretOwnerParams{BoardID: board, PersonID: person})
		if err != nil || len(owner) == 0 {
			return orOver(err)
		}
		found, err := q.SecretInvitation(ctx, dbgen.SecretInvitationParams{BoardID: board, ID: id, SentAt: mailOf})
		if err != nil || len(found) == 0 {
			return orOver(err)
		}
		if err := q.SecretDelete(ctx, dbgen.SecretDeleteParams{BoardID: board, InvitationID: id, Stay: stay}); err != nil {
			return err
		}
		if err := q.SecretCreate(ctx, dbgen.SecretCreateParams{SecretHash: hash[:], BoardID: board, InvitationID: id, SealedBy: person}); err != nil {
			return err
		}
		row, err := q.InvitationGet(ctx, dbgen.InvitationGetParams{BoardID: board, ID: id})
		sealed = invitation(row)
		return err
	})
	return sealed, err
}

// orOver is err, or that there is no such invitation.
func orOver(err error) error {
	if err != nil {
		return err
	}
	return kanban.InvitationOver()
}
