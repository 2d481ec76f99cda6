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

// ProfileStore is the part of Store that the account page needs. Each change is recorded in its transaction.
type ProfileStore interface {
	// FindProfile tells in Recent whether the session began within that time. It returns problem.NotFound.
	FindProfile(ctx context.Context, self Self, recent time.Duration) (Profile, error)
	RenamePerson(ctx context.Context, self Self, name string) error
	// ChangePassword writes the hash in the place of c.Old, or where there is none, and ends all other sessions and every
	// mailed link. It returns problem.Conflict "password_changed" when the password is another by now, and "email_taken"
	// when the e-mail is another person's way in.
	ChangePassword(ctx context.Context, self Self, c HashChange) error
	SetAvatar(ctx context.Context, self Self, image Avatar) error
	RemoveAvatar(ctx context.Context, self Self) error
	// FindAvatar returns problem.NotFound when nobody has that picture.
	FindAvatar(ctx context.Context, hash AvatarHash) (Avatar, error)
	// ClaimPicture hands out the address of a picture that a provider named, each once; problem.NotFound when none waits.
	ClaimPicture(ctx context.Context) (personID uuid.UUID, address string, err error)
	// ReturnPicture takes a claim back; without effect a day after the account was last used, so that nothing is asked
	// for without end.
	ReturnPicture(ctx context.Context, personID uuid.UUID, address string) error
	// GiveAvatar is SetAvatar for a provider's picture; it does nothing when the person has one or is gone.
	GiveAvatar(ctx context.Context, personID uuid.UUID, image Avatar) error
	// DeletePerson deletes a person and everything of theirs but what the audit says happened, and when; without effect
	// when they are gone.
	DeletePerson(ctx context.Context, self Self) error
	// SetDisabled disables or enables the person that which picks of those who may be meant, and tells whether that
	// changed anything. Disabling ends all their sessions and every mailed link.
	SetDisabled(ctx context.Context, whom Whom, which func([]Holder) (Holder, error), disable bool) (changed bool, err error)
	// ListEvents lists what the audit has of a person but EventSessionRenewed, newest first, before an id.
	ListEvents(ctx context.Context, personID uuid.UUID, before int64, limit int) ([]Event, error)
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
