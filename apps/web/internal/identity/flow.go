package identity

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"
)

// FlowLife is how long somebody may take at a provider.
const FlowLife = 10 * time.Minute

// Purpose is what a flow is for.
type Purpose string

// The purposes.
const (
	ToSignIn Purpose = "sign_in" // whoever comes back is signed in
	ToLink   Purpose = "link"    // who comes back becomes one more way in for the person who left
	ToProve  Purpose = "prove"   // who comes back is the person who left, signed in anew; nobody else is
)

// NewFlow is what a flow begins with.
type NewFlow struct {
	Provider   string // its name in the URL
	Browser    string // the id in the cookie of the browser that begins
	ReturnTo   string // a page of ours, safe already and without a secret; or ""
	Invitation string // that a newcomer brought, or ""
	Purpose    Purpose
	Leaver     *Leaver
}

// Leaver is who left to link or to prove who they are, and the session that they left with; nil in a flow that signs in.
type Leaver struct{ PersonID, SessionID uuid.UUID }

// Flow is the row of a flow. It holds neither the state nor the browser's id, only their hashes.
type Flow struct {
	FlowKey
	Purpose  Purpose
	Leaver   *Leaver
	Verifier string
	Nonce    string
	Kept     string // what the provider needs back
	ReturnTo string
	// InvitationHash is the SHA-256 of an invitation, or nil.
	InvitationHash []byte
}

// FlowKey is what takes a flow: the state, and that it comes back to the same browser from the same provider.
type FlowKey struct {
	State    [sha256.Size]byte
	Browser  [sha256.Size]byte
	Provider string
}

// Begun is a flow on its way.
type Begun struct {
	Address string // to send the browser to
	State   string // comes back with it
}

// BeginFlow sends somebody to a provider. It returns problem.NotFound "provider_unknown",
// problem.TooMany "too_many_tries", of a link what mayChangeWays does, or problem.Unavailable ("provider_away", or the database
// is away).
func (s *Service) BeginFlow(ctx context.Context, n NewFlow, from Origin) (Begun, error) {
	provider, err := s.provider(n.Provider)
	if err != nil {
		return Begun{}, err
	}
	if n.Purpose == ToLink {
		if err := s.mayChangeWays(ctx, Self{PersonID: n.Leaver.PersonID, SessionID: n.Leaver.SessionID, From: from}); err != nil {
			return Begun{}, err
		}
	}
	if _, err := s.take(ctx, s.limits.flowThrottle(from)); err != nil {
		return Begun{}, err
	}
	secrets := FlowSecrets{State: NewSecret(), Verifier: NewSecret(), Nonce: NewSecret(), RedirectURL: s.callback(provider), Anew: n.Purpose == ToProve}
	address, kept, err := provider.Begin(ctx, secrets)
	if err != nil {
		return Begun{}, err
	}
	return Begun{Address: address, State: secrets.State}, s.store.CreateFlow(ctx, Flow{
		FlowKey: flowKey(secrets.State, n.Browser, n.Provider), Purpose: n.Purpose, Leaver: n.Leaver,
		Verifier: secrets.Verifier, Nonce: secrets.Nonce, Kept: without(kept, secrets.State), ReturnTo: n.ReturnTo, InvitationHash: hashInvitation(n.Invitation),
	})
}

// without takes the state out of what a provider wants kept, such as the address that the browser was sent to: the row
// is to hold nothing that opens it.
func without(kept, state string) string { return strings.ReplaceAll(kept, state, "") }

func flowKey(state, browser, provider string) FlowKey {
	return FlowKey{State: sha256.Sum256([]byte(state)), Browser: sha256.Sum256([]byte(browser)), Provider: provider}
}
