package identity

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

// SubjectMax is how many bytes a subject may have (OpenID Connect Core §2).
const SubjectMax = 255

const (
	issuerMax  = 500 // bytes
	pictureMax = 2000
)

// Known is what we know already of somebody who arrives.
type Known struct {
	Owner  *Holder // the person whose identity it is; nil for a new identity
	Leaver *Holder // the person who left to link it or to prove who they are; nil in a flow that signs in, and once the session is over that began it
	Holder *Holder // the person who has verified the arrival's e-mail
	// Claimed is that other people have the e-mail without having verified it.
	Claimed bool
}

// Holder is a person as far as an arrival has to do with them.
type Holder struct {
	ID            uuid.UUID
	Email         string
	EmailVerified bool
	Disabled      bool
}

// Settlement is what an arrival comes to.
type Settlement struct {
	PersonID uuid.UUID
	Create   bool // the person is new
	Link     bool // the identity becomes theirs; else it is already
	// Email becomes the person's, unless it is "". Once it is verified, those who claimed it without proof lose it, and
	// their password with it: they never showed that it was theirs.
	Email         string
	EmailVerified bool
}

// Arrived is an arrival on its way into the store.
type Arrived struct {
	Arrival
	Provider   string
	Name       string  // of a new person
	Leaver     *Leaver // nil in a flow that signs in
	Invitation Invitation
	Notice     *Mail // to a person who was here already, of another way in; nil when no mail can be sent
}

// settleArrival decides who somebody is who came through a provider, and has the store make it so.
func (s *Service) settleArrival(ctx context.Context, p Provider, flow Flow, a Arrival, brought string, from Origin) (uuid.UUID, error) {
	arrived := Arrived{Arrival: a, Provider: p.Name(), Name: newName(a), Invitation: s.signUp.invitation(flow.InvitationHash, brought), Notice: s.notice(OnLinked, p.Label())}
	if flow.Purpose == ToSignIn {
		arrived.Invitation = s.askForBoard(ctx, arrived.Invitation)
	}
	decide := func(k Known) (Settlement, error) { return s.admit(p, a, arrived.Invitation, k) }
	arrived.Leaver = flow.Leaver
	switch flow.Purpose {
	case ToLink:
		decide = func(k Known) (Settlement, error) { return link(p, a, k) }
	case ToProve:
		decide = func(k Known) (Settlement, error) { return recognise(p, a, k) }
	}
	var settled Settlement
	err := s.store.SettleArrival(ctx, arrived, func(k Known) (_ Settlement, err error) {
		settled, err = decide(k)
		return settled, err
	}, from)
	return settled.PersonID, err
}

// admit is for somebody who signs in. The identity says who it is. A new one joins a person by itself only when both
// have verified the same e-mail; everybody else is a new person.
func (s *Service) admit(p Provider, a Arrival, invitation Invitation, k Known) (Settlement, error) {
	switch {
	case k.Owner != nil && k.Owner.Disabled:
		return Settlement{PersonID: k.Owner.ID}, Disabled()
	case k.Owner != nil:
		return adopt(Settlement{PersonID: k.Owner.ID}, *k.Owner, a, k), nil
	case a.EmailVerified && k.Holder != nil && k.Holder.Disabled:
		return Settlement{PersonID: k.Holder.ID}, Disabled()
	case a.EmailVerified && k.Holder != nil:
		return Settlement{PersonID: k.Holder.ID, Link: true}, nil
	}
	if err := s.signUp.arrives(p, a, invitation); err != nil {
		return Settlement{}, err
	}
	id, err := uuid.NewV7()
	settled := Settlement{PersonID: id, Create: true, Link: true}
	if a.EmailVerified || k.Holder == nil && !k.Claimed {
		settled.Email, settled.EmailVerified = a.Email, a.EmailVerified
	}
	return settled, err
}

// link is for somebody who is signed in still: that is the proof.
func link(p Provider, a Arrival, k Known) (Settlement, error) {
	if k.Leaver == nil {
		return Settlement{}, linkGone(RefusedSignedOut)
	}
	settled := Settlement{PersonID: k.Leaver.ID, Link: k.Owner == nil}
	if k.Owner != nil && k.Owner.ID != k.Leaver.ID {
		return settled, problem.New(problem.Conflict, "identity_taken", "That "+p.Label()+" account is the way in for somebody else here. "+
			"Sign in with it and unlink it there first, or choose another.")
	}
	return adopt(settled, *k.Leaver, a, k), nil
}

// recognise is for somebody who signs in again to show that it is them. Whoever comes back as another, or as somebody
// new, would change or delete an account that they don't mean.
func recognise(p Provider, a Arrival, k Known) (Settlement, error) {
	switch {
	case k.Leaver == nil:
		return Settlement{}, gone(RefusedSignedOut, "")
	case k.Owner == nil || k.Owner.ID != k.Leaver.ID:
		return Settlement{}, problem.New(problem.Forbidden, "another_person", "That "+p.Label()+" account is no way into this account, "+
			"so it doesn't show that it is you. At "+p.Label()+", choose the one that is linked here.")
	}
	return adopt(Settlement{PersonID: k.Owner.ID}, *k.Owner, a, k), nil
}

// adopt gives a person who hasn't verified an e-mail the one that a provider vouches for, if it is the same or they
// have none, and if nobody else has verified it.
func adopt(settled Settlement, person Holder, a Arrival, k Known) Settlement {
	if a.EmailVerified && k.Holder == nil && !person.EmailVerified && (person.Email == "" || person.Email == a.Email) {
		settled.Email, settled.EmailVerified = a.Email, true
	}
	return settled
}

// tidy holds what a provider says against the rules that what people type has to meet. It returns problem.BadGateway
// "provider_garbled" for an identity or an e-mail that can't be one; a name is mended instead.
func (s *Service) tidy(p Provider, a Arrival) (Arrival, error) {
	garbled := problem.New(problem.BadGateway, "provider_garbled", p.Label()+" answered with something that can't be read. Try again, or sign in another way.")
	if !plain(a.Issuer, issuerMax) || !plain(a.Subject, SubjectMax) || a.Issuer == PasswordIssuer {
		return Arrival{}, garbled.Because(errors.New("issuer or subject is empty, too long or not printable"))
	}
	if a.Email != "" {
		email, wrong := parseEmail(a.Email, s.dotlessMail)
		if wrong != nil {
			return Arrival{}, garbled.Because(errors.New("the e-mail is none"))
		}
		a.Email = email
	}
	a.EmailVerified = a.EmailVerified && a.Email != ""
	a.Name = oneLine(a.Name)
	if !plain(a.Picture, pictureMax) {
		a.Picture = ""
	}
	return a, nil
}

func plain(s string, most int) bool {
	return s != "" && len(s) <= most && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// oneLine makes a name showable that nobody here can be asked to correct.
func oneLine(raw string) string {
	cleared := strings.Map(func(c rune) rune {
		switch {
		case unicode.In(c, unicode.Bidi_Control):
			return -1
		case unshowable(c):
			return ' '
		}
		return c
	}, strings.ToValidUTF8(norm.NFC.String(raw), ""))
	name := []rune(strings.Join(strings.Fields(cleared), " "))
	return strings.TrimSpace(string(name[:min(len(name), nameMax)]))
}

// newName is what a new person is called: as the provider says, else as the e-mail begins.
func newName(a Arrival) string {
	local, _, _ := strings.Cut(a.Email, "@")
	for _, candidate := range []string{a.Name, local} {
		if name, wrong := parseName(candidate); wrong == nil {
			return name
		}
	}
	return "Somebody new"
}
