package identity

import (
	"context"
	"net/url"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Sender is whoever invites somebody to a board, as tokens tell of them.
type Sender struct {
	ID            uuid.UUID
	Name          string
	Email         string
	EmailVerified bool
	Picture       string
}

// BoardInvitation is what a mail says that invites somebody to a board.
type BoardInvitation struct {
	To     string // an e-mail
	Board  string // its title
	Secret string // of the link
	Life   time.Duration
}

// BoardInvitations has the api make the secret of an invitation's link, asked as its sender. It returns problem.NotFound or
// problem.Forbidden when the invitation waits no more or isn't theirs to send any more.
type BoardInvitations func(ctx context.Context, by Sender, board, invitation uuid.UUID) (BoardInvitation, error)

// SenderStore is part of Store.
type SenderStore interface {
	// FindSender is a person who isn't disabled; else problem.NotFound.
	FindSender(ctx context.Context, id uuid.UUID) (Sender, error)
	// AskForBoardMail writes down the mail of an invitation.
	AskForBoardMail(ctx context.Context, m Mail) error
}

// MailBoardInvitation has the mail of an invitation to a board sent, in its sender's name. It returns problem.Conflict "no_mail".
func (s *Service) MailBoardInvitation(ctx context.Context, by, board, invitation uuid.UUID) error {
	if !s.CanMail() {
		return noMail()
	}
	return s.store.AskForBoardMail(ctx, Mail{What: OnBoardInvite, Person: by, Board: board, Invitation: invitation})
}

// deliverBoardInvitation sends nothing when the invitation is withdrawn by now, or its sender gone. Each attempt makes another secret: nothing
// that waits holds one.
func (s *Service) deliverBoardInvitation(ctx context.Context, m Mail) error {
	by, err := s.store.FindSender(ctx, m.Person)
	var invitation BoardInvitation
	if err == nil {
		invitation, err = s.boardInvitations(ctx, by, m.Board, m.Invitation)
	}
	switch {
	case problem.Is(err, problem.NotFound), problem.Is(err, problem.Forbidden):
		return nil
	case err != nil:
		return err
	}
	return s.post.Send(ctx, Letter{
		ID: m.ID, What: m.What, To: invitation.To, About: invitation.Board, By: by.Name, Link: s.publicURL + BoardInvitationPath(invitation.Secret), Life: invitation.Life,
	})
}

// BoardInvitationPage is where the link of an invitation to a board leads.
const BoardInvitationPage = "/invitation"

// BoardInvitationPath is the link of that secret on this site.
func BoardInvitationPath(secret string) string {
	return BoardInvitationPage + "?token=" + url.QueryEscape(secret)
}
