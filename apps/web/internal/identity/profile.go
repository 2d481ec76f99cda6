package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Self is somebody who changes their own account: in which session, and from where.
type Self struct {
	PersonID  uuid.UUID
	SessionID uuid.UUID
	From      Origin
}

// Profile is what a person's account page shows, and what a proof is held against.
type Profile struct {
	ID                uuid.UUID
	Name              string
	Email             string // "" when none is known
	EmailVerified     bool
	Picture           string     // a path of ours, or ""
	Hash              string     // PHC string; "" without a password
	PasswordChangedAt *time.Time // nil without a password
	Familiar          bool       // signed in from this network before
	Recent            bool       // the session began just now
}

// HasPassword reports whether a password is one of the person's ways in.
func (p Profile) HasPassword() bool { return p.Hash != "" }

// ProfileStore keeps what people are called and where they are reached. It is part of Store.
type ProfileStore interface {
	// FindProfile tells in Recent whether the session began within that time. It returns problem.NotFound.
	FindProfile(ctx context.Context, self Self, recent time.Duration) (Profile, error)
	// RenamePerson gives a person another name, and records it.
	RenamePerson(ctx context.Context, self Self, name string) error
}

// Profile is a person's own account.
func (s *Service) Profile(ctx context.Context, self Self) (Profile, error) {
	return s.store.FindProfile(ctx, self, recentSignIn)
}

// ChangeName gives a person another name. It returns problem.Invalid.
func (s *Service) ChangeName(ctx context.Context, self Self, name string) error {
	parsed, wrong := parseName(name)
	if wrong != nil {
		return problem.Validation(*wrong)
	}
	return s.store.RenamePerson(ctx, self, parsed)
}
