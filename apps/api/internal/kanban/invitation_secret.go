package kanban

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"
)

const secretBytes = 32

// SecretHash is all that is kept of the secret in an invitation's link.
type SecretHash [sha256.Size]byte

// SealInvitation makes the secret of an invitation's link, in the place of the one before, and tells it this once. No activity tells of
// it: whoever sends the mail does it. Its errors are WithdrawInvitation's.
func (s *Service) SealInvitation(ctx context.Context, actor Actor, board, id uuid.UUID) (invitation Invitation, secret string, err error) {
	secret = newSecret()
	state, err := s.store.BoardState(ctx, actor.ID, board)
	switch {
	case err != nil:
		return Invitation{}, "", err
	case !state.Role.MayOwn():
		return Invitation{}, "", ownersDecide()
	}
	invitation, err = s.store.SealInvitation(ctx, actor.ID, board, id, hashOf(secret))
	return invitation, secret, err
}

func newSecret() string {
	bits := make([]byte, secretBytes)
	rand.Read(bits)
	return base64.RawURLEncoding.EncodeToString(bits)
}

func hashOf(secret string) SecretHash { return sha256.Sum256([]byte(secret)) }
