package server

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/token"
)

// BoardInvitations asks the api, as whoever sends an invitation, for the secret of its link. There is no session in it: the sender asked
// for the mail in one, and the api looks whether they still may.
func BoardInvitations(api *url.URL, mint func(token.Person) (string, error)) identity.BoardInvitations {
	doer := &http.Client{Transport: trusted{http.DefaultTransport}, Timeout: apiTimeout}
	return func(ctx context.Context, by identity.Sender, board, invitation uuid.UUID) (identity.BoardInvitation, error) {
		client, err := kanbanapi.Connect(api.String(), doer, func(_ context.Context, r *http.Request) error {
			minted, err := mint(token.Person{
				ID: by.ID, SessionID: uuid.NewString(), Name: by.Name, Email: by.Email, EmailVerified: by.EmailVerified, Picture: by.Picture,
			})
			r.Header.Set("Authorization", "Bearer "+minted)
			return err
		})
		if err != nil {
			return identity.BoardInvitation{}, err
		}
		sealed, err := client.SealInvitation(ctx, board, invitation)
		if err != nil {
			return identity.BoardInvitation{}, err
		}
		life := sealed.Invitation.ExpiresAt.Sub(sealed.Invitation.SentAt).Round(24 * time.Hour)
		return identity.BoardInvitation{To: sealed.Invitation.Email, Board: sealed.Invitation.BoardTitle, Secret: sealed.Secret, Life: life}, nil
	}
}

// invitationMail sends the mails of invitations to boards; nil where none can be sent.
func (c Config) invitationMail() func(ctx context.Context, by, board, invitation uuid.UUID) error {
	if !c.Identity.CanMail() {
		return nil
	}
	return c.Identity.MailBoardInvitation
}
