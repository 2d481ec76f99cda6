package identity

import (
	"context"
	"math"
	"net/netip"
	"time"

	"github.com/google/uuid"
)

// EventKind is what happened, as the audit writes it.
type EventKind string

// The kinds of events.
const (
	EventSignedUp         EventKind = "signed_up"
	EventSignedIn         EventKind = "signed_in"
	EventSignInFailed     EventKind = "sign_in_failed"
	EventSignedOut        EventKind = "signed_out"
	EventSessionRenewed   EventKind = "session_renewed" // what it came with is told instead
	EventLinked           EventKind = "linked"
	EventLinkFailed       EventKind = "link_failed"
	EventUnlinked         EventKind = "unlinked"
	EventStripped         EventKind = "stripped" // of an e-mail that somebody else has verified
	EventNameChanged      EventKind = "name_changed"
	EventAvatarChanged    EventKind = "avatar_changed"
	EventAvatarRemoved    EventKind = "avatar_removed"
	EventKeysOff          EventKind = "keys_off"
	EventKeysOn           EventKind = "keys_on"
	EventPasswordChanged  EventKind = "password_changed"
	EventPasswordSet      EventKind = "password_set"
	EventPasswordReset    EventKind = "password_reset"
	EventEmailChangeAsked EventKind = "email_change_asked"
	EventEmailVerified    EventKind = "email_verified"
	EventDisabled         EventKind = "disabled"
	EventEnabled          EventKind = "enabled"
	EventDeleted          EventKind = "deleted"
)

// Refusal is why somebody wasn't let in, or an account wasn't linked: one of these, or another problem's code.
type Refusal string

// The refusals that have words of their own. Those of whoever comes back from a provider are a problem's code.
const (
	RefusedUnknownEmail Refusal = "unknown_email"
	RefusedPassword     Refusal = "wrong_password"
	RefusedProof        Refusal = "wrong_password_while_signed_in"
	RefusedOvertaken    Refusal = "overtaken" // what was shown has changed meanwhile
	RefusedDisabled     Refusal = "disabled"
	RefusedByProvider   Refusal = "provider_refused"
	RefusedAway         Refusal = "provider_away"
	RefusedTaken        Refusal = "identity_taken"
	RefusedSession      Refusal = "another_session" // another than the link was begun in
	RefusedSignedOut    Refusal = "signed_out"      // while the link was written
)

// Ending is why a session ended.
type Ending string

// The endings.
const (
	EndedBySignOut   Ending = "signed out"
	EndedAnew        Ending = "signed in anew"
	EndedFromList    Ending = "ended from the list"
	EndedWithOthers  Ending = "all others ended"
	EndedByPassword  Ending = "password changed"
	EndedByReset     Ending = "password reset"
	EndedByDisabling Ending = "disabled"
	EndedByUnlinking Ending = "account unlinked"
	EndedByEmail     Ending = "e-mail changed"
)

// FailedTry is a try to come in, or to link an account, that was refused.
type FailedTry struct {
	What     EventKind // EventSignInFailed or EventLinkFailed
	PersonID uuid.UUID // uuid.Nil when it is nobody's account
	Email    string
	Provider string // the name of the provider that somebody came through, or ""
	Reason   Refusal
}

// Event is one thing that happened to a person's account.
type Event struct {
	ID        int64
	At        time.Time
	What      EventKind
	Address   netip.Addr
	UserAgent string

	// What else is known, each by the kind: "" when it isn't.
	Provider string  // the name of the provider that it was about
	Issuer   string  // the provider's, or PasswordIssuer
	Reason   Refusal // of a failed try
	Ending   Ending  // of a session
}

// EventStore reads the audit. It is part of Store.
type EventStore interface {
	// ListEvents lists what the audit has of a person but EventSessionRenewed, newest first, before an id.
	ListEvents(ctx context.Context, personID uuid.UUID, before int64, limit int) ([]Event, error)
}

// Events lists what happened to a person's account, as far as it says them anything, newest first, from before an event
// on (0: from the newest), and tells where the next page begins: 0 when this is the last.
func (s *Service) Events(ctx context.Context, personID uuid.UUID, before int64, limit int) (events []Event, next int64, err error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	events, err = s.store.ListEvents(ctx, personID, before, limit+1)
	if len(events) > limit {
		events = events[:limit]
		next = events[limit-1].ID
	}
	return events, next, err
}
