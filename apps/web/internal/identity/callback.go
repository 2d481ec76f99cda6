package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Callback is what a browser comes back with.
type Callback struct {
	Provider, State, Code string
	Error                 string    // the provider's word for why there is no code (RFC 6749 §4.1.2.1)
	Browser               string    // the id in the cookie of the browser that comes
	SessionID             uuid.UUID // of the session it has, or uuid.Nil
	Invitation            string    // that a newcomer brought, as the browser remembers; or ""
}

// Finished is a flow that came back. Of one that failed it has what is known, for the page that says so.
type Finished struct {
	Purpose  Purpose
	Proof    Proof
	ReturnTo string
}

// FinishFlow takes the flow away and returns who came back: the proof of the person to sign in, or of the one whose
// account was linked. It returns
//   - problem.Invalid "flow_over" for a flow that is unknown, late, used, another browser's or another provider's;
//   - problem.Unauthenticated "provider_refused", problem.Unavailable "provider_away", problem.BadGateway
//     "provider_garbled" for what the provider says;
//   - problem.Forbidden "disabled", "sign_up_closed", "sign_up_invite", "domain_not_allowed" for who isn't let in;
//   - problem.Unauthenticated "another_session", "signed_out" and problem.Conflict "identity_taken" for a link that can't be, the first two and
//     problem.Forbidden "another_person" for a proof that is none.
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
	if flow.Leaver != nil && flow.Leaver.SessionID != c.SessionID {
		why := linkGone(RefusedSession)
		if flow.Purpose == ToProve {
			why = gone(RefusedSession, "")
		}
		return came, s.recordRefusal(ctx, flow, Arrival{}, uuid.Nil, why, from)
	}
	a, err := s.arrival(ctx, provider, flow, c)
	if err != nil {
		return came, s.recordRefusal(ctx, flow, a, uuid.Nil, err, from)
	}
	came.Proof = Proof{Issuer: a.Issuer, Subject: a.Subject, Provider: c.Provider}
	if came.Proof.PersonID, err = s.settleArrival(ctx, provider, flow, a, c.Invitation, from); err != nil {
		return came, s.recordRefusal(ctx, flow, a, came.Proof.PersonID, err, from)
	}
	s.namePicture()
	s.takenBefore(s.limits.flowThrottle(from)).giveBack(ctx)
	return came, nil
}

// arrival asks the provider who came.
func (s *Service) arrival(ctx context.Context, provider Provider, flow Flow, c Callback) (Arrival, error) {
	if c.Error != "" || c.Code == "" {
		return Arrival{}, sentBack(provider, flow.Purpose, c.Error)
	}
	secrets := FlowSecrets{State: c.State, Verifier: flow.Verifier, Nonce: flow.Nonce, RedirectURL: s.callback(provider), Anew: flow.Purpose == ToProve}
	raw, err := provider.Finish(ctx, secrets, flow.Kept, c.Code)
	if err != nil {
		return Arrival{}, err
	}
	return s.tidy(provider, raw)
}

func (s *Service) callback(p Provider) string { return s.publicURL + "/api/auth/callback/" + p.Name() }

// flowOver says the same for every reason: who comes with a flow that isn't theirs learns nothing of it.
func flowOver() error {
	return problem.New(problem.Invalid, "flow_over", "That sign-in took too long or was used already. Please start again.")
}

// linkGone is for a browser that comes back with another session than it left with, or with one that has just ended.
func linkGone(why Refusal) error { return gone(why, ", so nothing was linked") }

func gone(why Refusal, so string) error {
	return problem.New(problem.Unauthenticated, string(why), "Your session here ended or was renewed meanwhile"+so+". Please try again.")
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
	if flow.Leaver != nil {
		failed.PersonID = flow.Leaver.PersonID
	}
	if flow.Purpose == ToLink {
		failed.What = EventLinkFailed
	}
	if err := s.store.RecordFailure(ctx, failed, from); err != nil {
		return err
	}
	return why
}
