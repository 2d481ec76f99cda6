package server

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/member"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/token"
)

// BoardInvitations asks the api, as whoever sends an invitation, for the secret of its link. There is no session in it: the sender asked
// for the mail in one, and the api looks whether they still may.
func BoardInvitations(api *url.URL, mint func(token.Person) (string, error)) identity.BoardInvitations {
	ask := asker(api, mint)
	return func(ctx context.Context, by identity.Sender, m identity.BoardMail) (identity.BoardInvitation, error) {
		client, err := ask(token.Person{ID: by.ID, Name: by.Name, Email: by.Email, EmailVerified: by.EmailVerified, Picture: by.Picture})
		if err != nil {
			return identity.BoardInvitation{}, err
		}
		sealed, err := client.SealInvitationMail(ctx, m.Board, m.Invitation, m.SentAt)
		if err != nil {
			return identity.BoardInvitation{}, err
		}
		life := sealed.Invitation.ExpiresAt.Sub(sealed.Invitation.SentAt).Round(24 * time.Hour)
		return identity.BoardInvitation{To: sealed.Invitation.Email, Board: sealed.Invitation.BoardTitle, Secret: sealed.Secret, Life: life}, nil
	}
}

// FindBoardInvitation asks the api for a guest, who is nobody yet, as somebody of web's own who is on no board: that one learns of an invitation
// what everybody does who has its secret.
func FindBoardInvitation(api *url.URL, mint func(token.Person) (string, error)) identity.FindBoardInvitation {
	ask := asker(api, mint)
	nobody := token.Person{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte("cardwall:guest")), Name: "A guest"}
	return func(ctx context.Context, secret string) (uuid.UUID, error) {
		client, err := ask(nobody)
		if err != nil {
			return uuid.Nil, err
		}
		found, err := client.FindInvitation(ctx, kanbanapi.InvitationKey{Secret: &secret})
		return found.Id, err
	}
}

// asker makes clients that ask as somebody outside of any session.
func asker(api *url.URL, mint func(token.Person) (string, error)) func(token.Person) (*kanbanapi.Client, error) {
	doer := &http.Client{Transport: trusted{transport()}, Timeout: apiTimeout}
	return func(who token.Person) (*kanbanapi.Client, error) {
		who.SessionID = uuid.NewString()
		return kanbanapi.Connect(api.String(), doer, func(ctx context.Context, r *http.Request) error {
			minted, err := mint(who)
			r.Header.Set("Authorization", "Bearer "+minted)
			httpserver.PassOn(ctx, r.Header)
			return err
		})
	}
}

// invitationMail sends the mails of invitations to boards; nil where none can be sent.
func (c Config) invitationMail() member.Mail {
	if !c.Identity.CanMail() {
		return nil
	}
	return c.Identity.MailBoardInvitation
}
