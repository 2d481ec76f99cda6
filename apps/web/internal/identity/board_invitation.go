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

// BoardMail is the mail of an invitation to a board, as it is asked for.
type BoardMail struct {
	By, Board, Invitation uuid.UUID
	SentAt                time.Time // of the invitation: what is sent anew has another, and a mail of its own
}

// BoardInvitations has the api make a secret for an invitation's link, asked as its sender. It returns problem.NotFound or
// problem.Forbidden when the invitation waits no more, was sent anew, or isn't theirs to send any more.
type BoardInvitations func(ctx context.Context, by Sender, m BoardMail) (BoardInvitation, error)

// SenderStore is part of Store.
type SenderStore interface {
	// FindSender is a person who isn't disabled; else problem.NotFound.
	FindSender(ctx context.Context, id uuid.UUID) (Sender, error)
	// AskForBoardMail writes down the mail of an invitation.
	AskForBoardMail(ctx context.Context, m Mail) error
}

// MailBoardInvitation has invite make an invitation to a board, or send one anew, and its mail sent, in its sender's name. It counts against who
// gets it, as every mail that is asked for, before anything is made. It returns problem.Conflict "no_mail", problem.TooMany, or what invite does.
func (s *Service) MailBoardInvitation(ctx context.Context, to string, invite func() (BoardMail, error)) error {
	if !s.CanMail() {
		return noMail()
	}
	mailed, err := s.take(ctx, s.limits.mailedThrottle(mailbox(to)))
	if err != nil {
		return err
	}
	m, err := invite()
	if err == nil {
		err = s.store.AskForBoardMail(ctx, Mail{What: OnBoardInvite, Person: m.By, Board: m.Board, Invitation: m.Invitation, SentAt: m.SentAt})
	}
	if err != nil { // nothing is sent
		mailed.giveBack(ctx)
	}
	return err
}

// mailbox is whose mail it is, written the one way; the api tells what is no e-mail.
func mailbox(typed string) string {
	if email, wrong := parseEmail(typed, true); wrong == nil {
		return email
	}
	return typed
}

// deliverBoardInvitation sends nothing when the invitation is withdrawn or sent anew by now, or its sender gone. Each attempt makes another secret, as nothing
// that waits holds one. Those before stay good beside it: an attempt that failed may have arrived all the same, and as all attempts have one
// Message-ID the first that came may be the one that is shown; and an owner may have passed on a link by hand meanwhile.
func (s *Service) deliverBoardInvitation(ctx context.Context, m Mail) error {
	by, err := s.store.FindSender(ctx, m.Person)
	var invitation BoardInvitation
	if err == nil {
		invitation, err = s.boardInvitations(ctx, by, BoardMail{By: m.Person, Board: m.Board, Invitation: m.Invitation, SentAt: m.SentAt})
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
