package kanban

import (
	"context"
	"errors"

	"github.com/google/uuid"
)

// ErrForgotten says that the store doesn't know the person who acts.
var ErrForgotten = errors.New("the actor's profile isn't kept")

// Person is the profile that a token carries.
type Person struct {
	ID      uuid.UUID
	Name    string
	Email   string
	Picture string

	Verified bool // the e-mail is known to be theirs
}

// EmailKey is the e-mail as e-mails are compared; "" for one that may be somebody else's.
func (p Person) EmailKey() string {
	if !p.Verified {
		return ""
	}
	return emailKey(p.Email)
}

// Meet keeps the profile of somebody who has shown a token; it is written only when it has changed.
func (s *Service) Meet(ctx context.Context, person Person) error {
	if known, ok := s.met.Get(person.ID); ok && known == person {
		return nil
	}
	if err := s.store.SavePerson(ctx, person); err != nil {
		return err
	}
	s.met.Add(person.ID, person)
	return nil
}

// remembered runs fn, and once more when the store has forgotten the actor's profile since this process wrote it:
// an older dump was restored meanwhile.
func (s *Service) remembered(ctx context.Context, actor Actor, fn func() error) error {
	err := fn()
	person, met := s.met.Peek(actor.ID)
	if !met || !errors.Is(err, ErrForgotten) {
		return err
	}
	if err := s.store.SavePerson(ctx, person); err != nil {
		return err
	}
	return fn()
}
