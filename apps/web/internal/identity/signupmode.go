package identity

import (
	"slices"
	"strings"

	"cardwall/packages/problem"
)

// SignUpMode is who may become a person here.
type SignUpMode string

// The modes. The zero value is SignUpOpen's.
const (
	SignUpOpen   SignUpMode = "open"   // everybody
	SignUpInvite SignUpMode = "invite" // who brings an invitation
	SignUpClosed SignUpMode = "closed" // nobody
)

// SignUpRules say who may become a person here. Whoever is one already signs in whatever they say.
type SignUpRules struct {
	Mode    SignUpMode
	Domains []string // an e-mail must be at one of these, and shown to be theirs; empty: at any
}

// Invitation is what somebody new brings. The store takes it away when it makes the person; where one is Needed and
// there is none of that hash, or its time is over, it returns [InvitationOver] and makes nobody.
type Invitation struct {
	Hash   []byte // SHA-256 of the secret in the invitation's link; nil for none
	Needed bool
	Board  BoardGuest // what they bring instead, from a board
	// Own is that it must have been sent to the e-mail that they type: else the store returns [InvitationOfAnother].
	Own bool
}

// InvitationOver is what a Store returns for an invitation that counts no more.
func InvitationOver() error {
	return problem.New(problem.Forbidden, "invitation_over", "That invitation was used already, or its time is over. Ask for another one.")
}

// InvitationOfAnother is what a Store returns for an invitation that was sent to another e-mail.
func InvitationOfAnother() error {
	return problem.Validation(problem.Field{Field: "email", Code: "invited_otherwise", Detail: "That invitation went to another e-mail. Use the one that it came to."})
}

func (r SignUpRules) invitation(hash []byte, brought string) Invitation {
	i := Invitation{Hash: hash, Needed: r.Mode == SignUpInvite}
	if i.Needed {
		i.Board = boardGuest(brought)
	}
	return i
}

// typedInvitation is for somebody who types their e-mail. Anybody can type a domain, so where domains count the link
// of an invitation shows that the mailbox is theirs.
func (r SignUpRules) typedInvitation(brought string) Invitation {
	if len(r.Domains) > 0 {
		return Invitation{Hash: hashInvitation(brought), Needed: true, Own: true}
	}
	return r.invitation(hashInvitation(brought), brought)
}

// hashInvitation is nil for none. What we can't have made has a hash that no invitation has: it is over, like one that
// was used.
func hashInvitation(secret string) []byte {
	if secret == "" || boardGuest(secret).is() {
		return nil
	}
	hash, err := ParseSecret(secret)
	if err != nil {
		hash = TokenHash{}
	}
	return hash[:]
}

// SignUpMode tells pages what to offer.
func (s *Service) SignUpMode() SignUpMode {
	if s.signUp.Mode == "" {
		return SignUpOpen
	}
	return s.signUp.Mode
}

// PasswordTakes tells pages whether the form is for who brings that.
func (s *Service) PasswordTakes(brought string) bool {
	i := s.signUp.typedInvitation(brought)
	return s.SignUpMode() != SignUpClosed && (!i.Needed || i.Hash != nil || i.Board.is())
}

// WhoMayJoin is a sentence for whoever invites others to a board, where not everybody can come; else "".
func (s *Service) WhoMayJoin() string {
	switch {
	case s.SignUpMode() == SignUpClosed:
		return "This Cardwall takes no new people: invite those who have an account here."
	case len(s.signUp.Domains) > 0:
		return "This Cardwall takes new people only with an e-mail at " + s.signUp.inWords() + "."
	}
	return ""
}

// mayType is open for somebody who signs up with an e-mail and a password.
func (s *Service) mayType(invitation Invitation) error {
	err := s.signUp.open(invitation)
	if err != nil && s.SignUpMode() == SignUpOpen && len(s.providers) > 0 {
		return problem.New(problem.Forbidden, "sign_up_invite", "Joining here with a password takes an invitation. Use one of the buttons here, or ask whoever runs this Cardwall for an invitation.")
	}
	return err
}

// open is for anybody new. That an invitation counts, the store finds out when it makes the person.
func (r SignUpRules) open(invitation Invitation) error {
	switch {
	case r.Mode == SignUpClosed:
		return problem.New(problem.Forbidden, "sign_up_closed", "Nobody new can join here just now. If you have an account, sign in the way you did before.")
	case invitation.Needed && invitation.Board.refused != nil:
		return invitation.Board.refused
	case invitation.Needed && invitation.Hash == nil && !invitation.Board.is():
		return problem.New(problem.Forbidden, "sign_up_invite", "Joining here takes an invitation. Ask whoever runs this Cardwall for one, and follow its link.")
	}
	return nil
}

// NobodyCanJoin reports whether a configuration that lets people join leaves them no way: an invitation is a mail, and
// so is what shows that a typed e-mail is at one of the domains.
func (s *Service) NobodyCanJoin() bool {
	if s.CanMail() || s.SignUpMode() == SignUpClosed {
		return false
	}
	return s.signUp.Mode == SignUpInvite || len(s.signUp.Domains) > 0 && len(s.providers) == 0
}

// invites is for an operator who invites somebody.
func (r SignUpRules) invites(email string) *problem.Field {
	if r.allows(email) {
		return nil
	}
	return &problem.Field{Field: "email", Code: "domain_not_allowed", Detail: "Nobody could use that invitation: SIGN_UP_DOMAINS says that people who join have an e-mail at " + r.inWords() + "."}
}

// types is for somebody who signs up with an e-mail.
func (r SignUpRules) types(email string) *problem.Field {
	if r.allows(email) {
		return nil
	}
	return &problem.Field{Field: "email", Code: "domain_not_allowed", Detail: "To join here, use an e-mail at " + r.inWords() + "."}
}

// changes is for a person who wants another e-mail.
func (r SignUpRules) changes(email string) *problem.Field {
	if r.allows(email) {
		return nil
	}
	return &problem.Field{Field: "email", Code: "domain_not_allowed", Detail: "Here, an e-mail is at " + r.inWords() + "."}
}

// arrives is for somebody new who comes through a provider: a domain counts only in an e-mail that it vouches for.
func (r SignUpRules) arrives(p Provider, a Arrival, invitation Invitation) error {
	if err := r.open(invitation); err != nil {
		return err
	}
	if len(r.Domains) == 0 || a.EmailVerified && r.allows(a.Email) {
		return nil
	}
	return problem.New(problem.Forbidden, "domain_not_allowed", "To join here, your "+p.Label()+" account needs a verified e-mail at "+r.inWords()+".")
}

func (r SignUpRules) allows(email string) bool {
	_, domain, _ := strings.Cut(email, "@")
	return len(r.Domains) == 0 || slices.ContainsFunc(r.Domains, func(d string) bool { return strings.EqualFold(d, domain) })
}

func (r SignUpRules) inWords() string {
	last := len(r.Domains) - 1
	if last == 0 {
		return r.Domains[0]
	}
	return strings.Join(r.Domains[:last], ", ") + " or " + r.Domains[last]
}
