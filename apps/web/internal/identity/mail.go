package identity

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Occasion is why a mail is sent. The first three have a link, and are the purposes of mail tokens.
type Occasion string

// The occasions.
const (
	OnVerify          Occasion = "verify"           // is this e-mail yours?
	OnReset           Occasion = "reset"            // a forgotten password
	OnInvite          Occasion = "invite"           // come and join
	OnPasswordChanged Occasion = "password_changed" // a notice
	OnEmailChanging   Occasion = "email_changing"   // a notice to the old address
	OnEmailChanged    Occasion = "email_changed"    // likewise
	OnLinked          Occasion = "linked"           // a notice
	OnUnlinked        Occasion = "unlinked"         // a notice
	OnBoardInvite     Occasion = "board_invite"     // come to a board; its link is the api's to make
)

// Mail is one that a change asks for. It is written down with the change, all or nothing, and delivered by a job once
// the change is there. It holds no secret: the link is made when the mail goes out.
type Mail struct {
	ID     uuid.UUID `json:"id"` // the same at every attempt
	What   Occasion  `json:"what"`
	Token  uuid.UUID `json:"token,omitzero"`  // of the mail token whose link it carries; of notices, none
	Person uuid.UUID `json:"person,omitzero"` // whom a notice is for: it goes when they do
	To     string    `json:"to,omitempty"`    // of a notice; else the token knows
	About  string    `json:"about,omitempty"` // the new address of a changed e-mail, or the provider that was linked or unlinked

	Board      uuid.UUID `json:"board,omitzero"` // of an invitation to a board, which Person sends
	Invitation uuid.UUID `json:"invitation,omitzero"`
	SentAt     time.Time `json:"sent_at,omitzero"` // of the invitation
}

// Letter is a mail with all that is to be put into words.
type Letter struct {
	ID    uuid.UUID
	What  Occasion
	To    string // an e-mail
	Name  string // of who reads it; "" when not known, or not known to be theirs who read mail there
	About string
	By    string        // who invites to a board
	Link  string        // "" in a notice
	Life  time.Duration // of the link
}

// Post sends letters; package mail has those that do. Its errors hold nothing of a letter. They wrap ErrUndeliverable
// when another attempt would end no better.
type Post interface {
	Send(ctx context.Context, l Letter) error
}

// ErrUndeliverable is for a letter that can never arrive.
var ErrUndeliverable = errors.New("undeliverable")

// CanMail reports whether this Cardwall can send mails.
func (s *Service) CanMail() bool { return s.post != nil }

// Deliver sends a mail that was asked for, with a fresh link. When nothing waits for it any more, such as after the
// link of another mail was used, it sends nothing. It returns ErrUndeliverable, or why it didn't work this time.
func (s *Service) Deliver(ctx context.Context, m Mail) error {
	if !s.CanMail() {
		return ErrUndeliverable
	}
	if m.What == OnBoardInvite {
		return s.deliverBoardInvitation(ctx, m)
	}
	if m.Token == uuid.Nil && m.To == "" { // its person was deleted while it was on its way
		return nil
	}
	letter := Letter{ID: m.ID, What: m.What, To: m.To, About: m.About}
	if m.Token != uuid.Nil {
		secret := NewSecret()
		sealed, err := s.store.SealMailToken(ctx, m.Token, hashSecret(secret), m.What.life())
		switch {
		case problem.Is(err, problem.NotFound):
			return nil
		case err != nil:
			return err
		}
		letter.To, letter.Name, letter.Life = sealed.Email, sealed.Name, m.What.life()
		letter.Link = s.publicURL + m.What.page() + url.QueryEscape(secret)
	}
	return s.post.Send(ctx, letter)
}

// life is how long a link works.
func (o Occasion) life() time.Duration {
	switch o {
	case OnReset:
		return time.Hour
	case OnInvite:
		return 7 * 24 * time.Hour
	default:
		return 24 * time.Hour
	}
}

// page is where a link leads, up to the secret.
func (o Occasion) page() string {
	switch o {
	case OnReset:
		return "/reset?token="
	case OnInvite:
		return "/sign-up?invitation="
	default:
		return "/verify?token="
	}
}

// notice is a mail that tells a person what happened to their account; nil when no mail can be sent. The store addresses
// it, and sends it only to an e-mail that is known to be theirs.
func (s *Service) notice(what Occasion, about string) *Mail {
	if !s.CanMail() {
		return nil
	}
	return &Mail{What: what, About: about}
}

func noMail() error {
	return problem.New(problem.Conflict, "no_mail", "This Cardwall can't send mails. Please ask whoever runs it to help you.")
}
