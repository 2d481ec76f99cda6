package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// FindSender finds who sends an invitation; see identity.SenderStore.
func (s *Store) FindSender(ctx context.Context, id uuid.UUID) (identity.Sender, error) {
	row, err := s.queries.PersonSender(ctx, id)
	return identity.Sender(row), found(err)
}

// AskForBoardMail writes down the mail of an invitation.
func (s *Store) AskForBoardMail(ctx context.Context, m identity.Mail) error {
	return s.inTxWithMail(ctx, func(_ *dbgen.Queries, out outbox) error { return out.add(ctx, m) })
}
