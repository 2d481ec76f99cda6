package session

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
)

// Store keeps the sessions. Only a live session is found: not revoked, not expired, not idle for too long, and its
// person not disabled. Every method may return problem.Unavailable when the database is away.
type Store interface {
	// StartSession writes a session and, in the same transaction, revokes the one the browser had and records the sign-in.
	StartSession(ctx context.Context, start Start) (Session, error)
	// FindSession returns problem.NotFound when no live session has the hash.
	FindSession(ctx context.Context, hash Hash) (Session, error)
	// TouchSession writes a use down, unless the session was revoked meanwhile or was touched less than TouchEvery ago.
	TouchSession(ctx context.Context, hash Hash) error
	// RevokeSession ends a session for good and records the sign-out; without effect on one that has ended.
	RevokeSession(ctx context.Context, hash Hash, from identity.Origin) error
	// SessionLive reports whether the session of that public id still counts. It is no use of the session.
	SessionLive(ctx context.Context, id uuid.UUID) (bool, error)
}

// Start is what a new session is made of.
type Start struct {
	PersonID uuid.UUID
	Issuer   string // which way in: "password" or a provider's issuer
	Hash     Hash
	Previous *Hash // the session the browser came with, if any
	From     identity.Origin
}

// Sessions starts and ends the sessions of browsers.
type Sessions struct {
	store  Store
	cookie Cookie
}

// New makes the sessions of a store, carried in that cookie.
func New(store Store, cookie Cookie) *Sessions {
	return &Sessions{store: store, cookie: cookie}
}

// Start signs a person in on the browser that made the request: always under a new id, with the browser's previous
// session revoked. It sets the cookie and returns problem.Unavailable when the database is away.
func (s *Sessions) Start(w http.ResponseWriter, r *http.Request, personID uuid.UUID, issuer string, from identity.Origin) (Session, error) {
	id, hash := newID()
	start := Start{PersonID: personID, Issuer: issuer, Hash: hash, From: from}
	if previous, ok := s.cookie.read(r); ok {
		start.Previous = &previous
	}
	started, err := s.store.StartSession(r.Context(), start)
	if err != nil {
		return Session{}, err
	}
	s.cookie.write(w, id)
	return started, nil
}

// End signs the browser out and clears its cookie; a browser that isn't signed in is fine too. When the database is
// away it returns problem.Unavailable and keeps the cookie, since the session still lives.
func (s *Sessions) End(w http.ResponseWriter, r *http.Request, from identity.Origin) error {
	if hash, ok := s.cookie.read(r); ok {
		if err := s.store.RevokeSession(r.Context(), hash, from); err != nil {
			return err
		}
	}
	s.cookie.clear(w)
	return nil
}
