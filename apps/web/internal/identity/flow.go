package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// FlowLife is how long somebody may take at a provider.
const FlowLife = 10 * time.Minute

// Purpose is what a flow is for.
type Purpose string

// The purposes.
const (
	ToSignIn Purpose = "sign_in" // whoever comes back is signed in
	ToLink   Purpose = "link"    // who comes back becomes one more way in for the person who left
)

// NewFlow is what a flow begins with.
type NewFlow struct {
	Provider   string // its name in the URL
	Browser    string // the id in the cookie of the browser that begins
	ReturnTo   string // a page of ours, safe already
	Invitation string // that a newcomer brought, or ""
	Linker     *Linker
}

// Linker is who wants one more way in, and the session that proves it; nil in a flow that signs in.
type Linker struct{ PersonID, SessionID uuid.UUID }

// Flow is the row of a flow. It holds neither the state nor the browser's id, only their hashes.
type Flow struct {
	FlowKey
	Purpose  Purpose
	Linker   *Linker
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

// Callback is what a browser comes back with.
type Callback struct {
	Provider, State, Code string
	Error                 string    // the provider's word for why there is no code (RFC 6749 §4.1.2.1)
	Browser               string    // the id in the cookie of the browser that comes
	SessionID             uuid.UUID // of the session it has, or uuid.Nil
}

// Finished is a flow that came back. Of one that failed it has what is known, for the page that says so.
type Finished struct {
	Purpose  Purpose
	Proof    Proof
	ReturnTo string
}

// Providers are the other places where people can prove who they are, in the order of their buttons.
func (s *Service) Providers() []Provider { return s.providers }

func (s *Service) provider(name string) (Provider, error) {
	for _, provider := range s.providers {
		if provider.Name() == name {
			return provider, nil
		}
	}
	return nil, problem.New(problem.NotFound, "provider_unknown", "Nobody can sign in like that here.")
}

// Begun is a flow on its way.
type Begun struct {
	Address string // to send the browser to
	State   string // comes back with it
}

// BeginFlow sends somebody to a provider. It returns problem.NotFound "provider_unknown",
// problem.TooMany "too_many_tries", or problem.Unavailable ("provider_away", or the database is away).
func (s *Service) BeginFlow(ctx context.Context, n NewFlow, from Origin) (Begun, error) {
	provider, err := s.provider(n.Provider)
	if err != nil {
		return Begun{}, err
	}
	switch try, err := s.store.TakeTry(ctx, s.limits.flowThrottle(from)); {
	case err != nil:
		return Begun{}, err
	case !try.Allowed:
		return Begun{}, tooManyTries(try.Wait)
	}
	secrets := FlowSecrets{State: NewSecret(), Verifier: NewSecret(), Nonce: NewSecret(), RedirectURL: s.callback(provider)}
	address, kept, err := provider.Begin(ctx, secrets)
	if err != nil {
		return Begun{}, err
	}
	return Begun{Address: address, State: secrets.State}, s.store.CreateFlow(ctx, Flow{
		FlowKey: flowKey(secrets.State, n.Browser, n.Provider), Purpose: n.purpose(), Linker: n.Linker,
		Verifier: secrets.Verifier, Nonce: secrets.Nonce, Kept: without(kept, secrets.State), ReturnTo: n.ReturnTo, InvitationHash: hashInvitation(n.Invitation),
	})
}

// without takes the state out of what a provider wants kept, such as the address that the browser was sent to: the row
// is to hold nothing that opens it.
func without(kept, state string) string { return strings.ReplaceAll(kept, state, "") }

func (n NewFlow) purpose() Purpose {
	if n.Linker != nil {
		return ToLink
	}
	return ToSignIn
}

// FinishFlow takes the flow away and returns who came back: the proof of the person to sign in, or of the one whose
// account was linked. It returns
//   - problem.Invalid "flow_over" for a flow that is unknown, late, used, another browser's or another provider's;
//   - problem.Unauthenticated "provider_refused", problem.Unavailable "provider_away", problem.BadGateway
//     "provider_garbled" for what the provider says;
//   - problem.Forbidden "disabled", "sign_up_closed", "sign_up_invite", "domain_not_allowed" for who isn't let in;
//   - problem.Unauthenticated "another_session", "signed_out" and problem.Conflict "identity_taken" for a link that can't be.
func (s *Service) FinishFlow(ctx context.Context, c Callback, from Origin) (Finished, error) {
	provider, err := s.provider(c.Provider)
	if err != nil {
		return Finished{}, err
	}
	flow, err := s.store.TakeFlow(ctx, flowKey(c.State, c.Browser, c.Provider))
	switch {
	case problem.Is(err, problem.NotFound):
		return Finished{}, flowOver()
	case err != nil:
		return Finished{}, err
	}
	came := Finished{Purpose: flow.Purpose, ReturnTo: flow.ReturnTo}
	if flow.Purpose == ToLink && flow.Linker.SessionID != c.SessionID {
		return came, s.recordRefusal(ctx, flow, Arrival{}, uuid.Nil, linkerGone(RefusedSession), from)
	}
	a, err := s.arrival(ctx, provider, flow, c)
	if err != nil {
		return came, s.recordRefusal(ctx, flow, a, uuid.Nil, err, from)
	}
	came.Proof = Proof{Issuer: a.Issuer, Subject: a.Subject, Provider: c.Provider}
	if came.Proof.PersonID, err = s.settleArrival(ctx, provider, flow, a, from); err != nil {
		return came, s.recordRefusal(ctx, flow, a, came.Proof.PersonID, err, from)
	}
	s.namePicture()
	return came, s.store.GiveBackTry(ctx, s.limits.flowThrottle(from))
}

// arrival asks the provider who came.
func (s *Service) arrival(ctx context.Context, provider Provider, flow Flow, c Callback) (Arrival, error) {
	if c.Error != "" || c.Code == "" {
		return Arrival{}, sentBack(provider, flow.Purpose, c.Error)
	}
	secrets := FlowSecrets{State: c.State, Verifier: flow.Verifier, Nonce: flow.Nonce, RedirectURL: s.callback(provider)}
	raw, err := provider.Finish(ctx, secrets, flow.Kept, c.Code)
	if err != nil {
		return Arrival{}, err
	}
	return s.tidy(provider, raw)
}

func (s *Service) callback(p Provider) string { return s.publicURL + "/api/auth/callback/" + p.Name() }

// NewSecret makes 256 random bits that go into a URL or a cookie.
func NewSecret() string {
	secret := make([]byte, 32)
	rand.Read(secret)
	return base64.RawURLEncoding.EncodeToString(secret)
}

func flowKey(state, browser, provider string) FlowKey {
	return FlowKey{State: sha256.Sum256([]byte(state)), Browser: sha256.Sum256([]byte(browser)), Provider: provider}
}

// flowOver says the same for every reason: who comes with a flow that isn't theirs learns nothing of it.
func flowOver() error {
	return problem.New(problem.Invalid, "flow_over", "That sign-in took too long or was used already. Please start again.")
}

// linkerGone is for a browser that comes back with another session than it left with, or with one that has just ended.
func linkerGone(why Refusal) error {
	return problem.New(problem.Unauthenticated, string(why), "You were signed out or in anew meanwhile, so nothing was linked. Please try again.")
}

// sentBack is for a browser that comes without a code. The provider's own words aren't repeated: anybody can write
// a callback's address.
func sentBack(p Provider, purpose Purpose, word string) error {
	switch word {
	case "server_error", "temporarily_unavailable":
		return problem.New(problem.Unavailable, "provider_away", p.Label()+" can't be reached just now. Sign in another way, or try again.")
	}
	if purpose == ToLink {
		return problem.New(problem.Unauthenticated, "provider_refused", p.Label()+" didn't say who you are, so nothing was linked.")
	}
	return problem.New(problem.Unauthenticated, "provider_refused", p.Label()+" didn't sign you in. Try again, or sign in another way.")
}

// recordRefusal writes down why somebody whose flow was right didn't come in, or linked nothing, and returns that.
func (s *Service) recordRefusal(ctx context.Context, flow Flow, a Arrival, personID uuid.UUID, why error, from Origin) error {
	reason := problem.From(why)
	if reason.Kind == problem.Internal || reason.Code == "database_away" {
		return why
	}
	failed := FailedTry{What: EventSignInFailed, PersonID: personID, Email: a.Email, Provider: flow.Provider, Reason: Refusal(reason.Code)}
	if flow.Purpose == ToLink {
		failed.What, failed.PersonID = EventLinkFailed, flow.Linker.PersonID
	}
	if err := s.store.RecordFailure(ctx, failed, from); err != nil {
		return err
	}
	return why
}
