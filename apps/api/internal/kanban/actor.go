package kanban

import (
	"context"

	"github.com/google/uuid"
)

// Actor is who makes a request: a person, from which browser tab (as that tab names itself, perhaps not at all).
type Actor struct {
	ID  uuid.UUID
	Tab string
}

// Person is the profile that a token carries.
type Person struct {
	ID      uuid.UUID
	Name    string
	Email   string
	Picture string
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

// Role is what a person is on a board.
type Role string

// The roles, each with all that the next one may.
const (
	Owner  Role = "owner"  // may also decide who is on the board
	Editor Role = "editor" // may also change columns and cards
	Viewer Role = "viewer" // may look
)

// MayEdit reports whether the role may change columns and cards.
func (r Role) MayEdit() bool { return r == Owner || r == Editor }

// MayOwn reports whether the role may change the board itself.
func (r Role) MayOwn() bool { return r == Owner }
