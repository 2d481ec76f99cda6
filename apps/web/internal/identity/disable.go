package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// DisableStore shuts people out. It is part of Store.
type DisableStore interface {
	// SetDisabled disables or enables the person that which picks of those with an e-mail, and tells whether that changed
	// anything. Disabling ends all their sessions and every mailed link.
	SetDisabled(ctx context.Context, email string, which func([]Holder) (uuid.UUID, error), disable bool) (changed bool, err error)
}

// Disable shuts the person with that e-mail out and ends all their sessions, and tells whether they were in until now.
// Of several people it means the one who has verified it. It returns problem.Invalid, problem.NotFound "no_such_person",
// problem.Conflict "several_people", or problem.Unavailable.
func (s *Service) Disable(ctx context.Context, email string) (changed bool, err error) {
	return s.setDisabled(ctx, email, true)
}

// Enable lets a person in again; the rest is as for Disable.
func (s *Service) Enable(ctx context.Context, email string) (changed bool, err error) {
	return s.setDisabled(ctx, email, false)
}

func (s *Service) setDisabled(ctx context.Context, raw string, disable bool) (bool, error) {
	email, wrong := parseEmail(raw, true)
	if wrong != nil {
		return false, problem.Validation(*wrong)
	}
	return s.store.SetDisabled(ctx, email, theOne, disable)
}

func theOne(people []Holder) (uuid.UUID, error) {
	for _, person := range people {
		if person.EmailVerified {
			return person.ID, nil
		}
	}
	switch len(people) {
	case 0:
		return uuid.Nil, problem.New(problem.NotFound, "no_such_person", "Nobody here has that e-mail.")
	case 1:
		return people[0].ID, nil
	default:
		return uuid.Nil, problem.New(problem.Conflict, "several_people", "Several people gave that e-mail and none of them has verified it, so it doesn't say who is meant.")
	}
}
