package kanban

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"
)

const secretBytes = 32

// SecretHash is all that is kept of the secret in an invitation's link.
type SecretHash [sha256.Size]byte

// SealInvitation makes a secret for an invitation's link, and tells it this once. It takes the place of those before, unless it is for
// the mail of an invitation that was sent at that time: an attempt to mail it knows neither whether the one before came through nor what an owner has
// passed on meanwhile, so that all of those stay good; and once the invitation has been sent anew it is too late. No activity tells of
// it: whoever sends the mail does it. Its errors are WithdrawInvitation's.
func (s *Service) SealInvitation(ctx context.Context, actor Actor, board, id uuid.UUID, mailOf *time.Time) (invitation Invitation, secret string, err error) {
	secret = newSecret()
	state, err := s.store.BoardState(ctx, actor.ID, board)
	switch {
	case err != nil:
		return Invitation{}, "", err
	case !state.Role.MayOwn():
		return Invitation{}, "", ownersDecide()
	}
	invitation, err = s.store.SealInvitation(ctx, actor.ID, board, id, hashOf(secret), mailOf)
	return invitation, secret, err
}

func newSecret() string {
	bits := make([]byte, secretBytes)
	rand.Read(bits)
	return base64.RawURLEncoding.EncodeToString(bits)
}

func hashOf(secret string) SecretHash { return sha256.Sum256([]byte(secret)) }
