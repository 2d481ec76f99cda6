package identity

import (
	"crypto/sha256"
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
	Domains []string // an e-mail must be at one of these; empty: at any
}

// Invitation is what somebody new brings. The store takes it away when it makes the person; where one is Needed and
// there is none of that hash, or its time is over, it returns [InvitationOver] and makes nobody.
type Invitation struct {
	Hash   []byte // SHA-256 of the secret in the invitation's link; nil for none
	Needed bool   // SIGN_UP is invite
}

// InvitationOver is what a Store returns for an invitation that counts no more.
func InvitationOver() error {
	return problem.New(problem.Forbidden, "invitation_over", "That invitation was used already, or its time is over. Ask for another one.")
}

func (r SignUpRules) invitation(hash []byte) Invitation {
	return Invitation{Hash: hash, Needed: r.Mode == SignUpInvite}
}

func hashInvitation(secret string) []byte {
	if secret == "" {
		return nil
	}
	hash := sha256.Sum256([]byte(secret))
	return hash[:]
}

// SignUpMode tells pages what to offer.
func (s *Service) SignUpMode() SignUpMode {
	if s.signUp.Mode == "" {
		return SignUpOpen
	}
	return s.signUp.Mode
}

// open is for anybody new. That an invitation counts, the store finds out when it makes the person.
func (r SignUpRules) open(invitation Invitation) error {
	switch {
	case r.Mode == SignUpClosed:
		return problem.New(problem.Forbidden, "sign_up_closed", "Nobody new can join here just now. If you have an account, sign in the way you did before.")
	case invitation.Needed && invitation.Hash == nil:
		return problem.New(problem.Forbidden, "sign_up_invite", "Joining here takes an invitation. Ask whoever runs this Cardwall for one, and follow its link.")
	}
	return nil
}

// types is for somebody who signs up with an e-mail.
func (r SignUpRules) types(email string) *problem.Field {
	if r.allows(email) {
		return nil
	}
	return &problem.Field{Field: "email", Code: "domain_not_allowed", Detail: "To join here, use an e-mail at " + r.inWords() + "."}
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
