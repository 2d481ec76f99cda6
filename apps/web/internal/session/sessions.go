package session

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// Store keeps the sessions. Only a live session is found: not revoked, not expired, not idle for too long, and its
// person not disabled. Every method may return problem.Unavailable when the database is away.
type Store interface {
	// StartSession writes a session and, in the same transaction, revokes the one the browser had and records the sign-in.
	// It returns and records identity.Proof.Over when the proof doesn't hold any more, and problem.Forbidden "disabled".
	StartSession(ctx context.Context, start Start) (Session, error)
	// RenewSession puts a session of another id in the place of a live one, with the same end, and records it. The links
	// that the old one began are the new one's. It returns problem.NotFound when no live session has the hash.
	RenewSession(ctx context.Context, hash, renewed Hash, from identity.Origin) (Session, error)
	// FindSession returns problem.NotFound when no live session has the hash.
	FindSession(ctx context.Context, hash Hash) (Session, error)
	// TouchSession writes a use down, unless the session was revoked meanwhile or was touched less than TouchEvery ago.
	TouchSession(ctx context.Context, hash Hash) error
	// RevokeSession ends a session for good and records the sign-out; without effect on one that has ended.
	RevokeSession(ctx context.Context, hash Hash, from identity.Origin) error
	// SessionLive reports whether the session of that public id still counts. It is no use of the session.
	SessionLive(ctx context.Context, id uuid.UUID) (bool, error)
	// ListSessions lists a person's live sessions, the last used first.
	ListSessions(ctx context.Context, personID uuid.UUID) ([]Listed, error)
	// EndSession revokes one of a person's sessions and records it; without effect on one that has ended. It returns
	// problem.NotFound when the person has no session of that public id.
	EndSession(ctx context.Context, personID, id uuid.UUID, from identity.Origin) error
	// EndSessions revokes all of a person's sessions and records each, but for that to be kept. Links that were mailed for
	// the person end too: somebody in one of those sessions may have asked for them. It returns problem.NotFound when the
	// person has no session of that public id.
	EndSessions(ctx context.Context, personID, keep uuid.UUID, from identity.Origin) error
}

// Start is what a new session is made of.
type Start struct {
	Proof    identity.Proof
	Hash     Hash
	Previous *Hash // the session the browser came with, if any
	From     identity.Origin
}

// Sessions starts and ends the sessions of browsers.
type Sessions struct {
	store   Store
	cookie  Cookie
	changes Changes
	asked   atomic.Uint64 // look-ups of the store
	spared  atomic.Uint64 // look-ups that memory answered
}

// New makes the sessions of a store, carried in that cookie.
func New(store Store, cookie Cookie) *Sessions {
	return &Sessions{store: store, cookie: cookie}
}

// Changes is what a listener tells of sessions that changed. Without a listener every look-up asks the store.
func (s *Sessions) Changes() *Changes { return &s.changes }

// Start signs a person in on the browser that made the request: always under a new id, with the browser's previous
// session revoked. It sets the cookie. It returns problem.Unauthenticated when what they showed doesn't hold any more,
// problem.Forbidden "disabled", and problem.Unavailable when the database is away.
func (s *Sessions) Start(w http.ResponseWriter, r *http.Request, proof identity.Proof, from identity.Origin) (Session, error) {
	id, hash := newID()
	start := Start{Proof: proof, Hash: hash, From: from}
	if previous, ok := s.cookie.read(r); ok {
		start.Previous = &previous
	}
	started, err := s.store.StartSession(r.Context(), start)
	if err != nil {
		return Session{}, err
	}
	if start.Previous != nil {
		s.changes.Session(*start.Previous)
	}
	s.cookie.write(w, id)
	return started, nil
}

// Renew gives the browser's session another id and revokes the old one, for whenever what it proves has changed: a
// new password, another way in. It lasts no longer than it would have. It returns problem.Unauthenticated "signed_out"
// when the browser has no live session, and problem.Unavailable when the database is away.
func (s *Sessions) Renew(w http.ResponseWriter, r *http.Request, from identity.Origin) (Session, error) {
	old, ok := s.cookie.read(r)
	if !ok {
		return Session{}, SignedOut()
	}
	id, hash := newID()
	renewed, err := s.store.RenewSession(r.Context(), old, hash, from)
	switch {
	case problem.Is(err, problem.NotFound):
		return Session{}, SignedOut()
	case err != nil:
		return Session{}, err
	}
	s.changes.Session(old)
	s.cookie.write(w, id)
	return renewed, nil
}

// End signs the browser out and clears its cookie; a browser that isn't signed in is fine too. When the database is
// away it returns problem.Unavailable and keeps the cookie, since the session still lives.
func (s *Sessions) End(w http.ResponseWriter, r *http.Request, from identity.Origin) error {
	if hash, ok := s.cookie.read(r); ok {
		if err := s.store.RevokeSession(r.Context(), hash, from); err != nil {
			return err
		}
		s.changes.Session(hash)
	}
	s.cookie.clear(w)
	return nil
}

// Forget clears the cookie of a browser whose session is gone already, with the person it was of. It asks no database, so
// it can't fail.
func (s *Sessions) Forget(w http.ResponseWriter, personID uuid.UUID) {
	s.changes.Person(personID)
	s.cookie.clear(w)
}

// find looks a session up, in memory or in the store.
func (s *Sessions) find(ctx context.Context, hash Hash) (Session, error) {
	kept := &s.changes.cache
	if found, ok := kept.get(hash); ok {
		s.spared.Add(1)
		return found, nil
	}
	s.asked.Add(1)
	began := kept.begin()
	found, err := s.store.FindSession(ctx, hash)
	if err != nil {
		return Session{}, err
	}
	found.hash = hash
	kept.keep(hash, found, began)
	return found, nil
}

// LookedUp is how many look-ups of a session the store was asked for, and how many it was spared.
func (s *Sessions) LookedUp() (asked, spared uint64) { return s.asked.Load(), s.spared.Load() }

// touch writes a use down.
func (s *Sessions) touch(ctx context.Context, hash Hash) error {
	err := s.store.TouchSession(ctx, hash)
	if err == nil {
		s.changes.cache.touched(hash)
	}
	return err
}
