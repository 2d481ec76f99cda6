package identity

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// DisableStore shuts people out. It is part of Store.
type DisableStore interface {
	// SetDisabled disables or enables the person that which picks of those who may be meant, and tells whether that
	// changed anything. Disabling ends all their sessions and every mailed link.
	SetDisabled(ctx context.Context, whom Whom, which func([]Holder) (Holder, error), disable bool) (changed bool, err error)
}

// Whom is who an operator means: everybody with an e-mail or, where that is "", whoever has an id.
type Whom struct {
	Email string
	ID    uuid.UUID
}

// Disable shuts the person with that e-mail or id out and ends all their sessions, and tells whether they were in until
// now. Of several people with an e-mail it means the one who has verified it. It returns problem.Invalid,
// problem.NotFound "no_such_person", problem.Conflict "several_people", or problem.Unavailable.
func (s *Service) Disable(ctx context.Context, whom string) (changed bool, err error) {
	return s.setDisabled(ctx, whom, true)
}

// Enable lets a person in again; the rest is as for Disable.
func (s *Service) Enable(ctx context.Context, whom string) (changed bool, err error) {
	return s.setDisabled(ctx, whom, false)
}

func (s *Service) setDisabled(ctx context.Context, raw string, disable bool) (bool, error) {
	if id, err := uuid.Parse(raw); err == nil {
		return s.store.SetDisabled(ctx, Whom{ID: id}, theOne("Nobody here has that id."), disable)
	}
	email, wrong := parseEmail(raw, true)
	if wrong != nil {
		return false, problem.Validation(*wrong)
	}
	return s.store.SetDisabled(ctx, Whom{Email: email}, theOne("Nobody here has that e-mail."), disable)
}

func theOne(nobody string) func([]Holder) (Holder, error) {
	return func(people []Holder) (Holder, error) {
		for _, person := range people {
			if person.EmailVerified {
				return person, nil
			}
		}
		switch len(people) {
		case 0:
			return Holder{}, problem.New(problem.NotFound, "no_such_person", nobody)
		case 1:
			return people[0], nil
		default:
			return Holder{}, problem.New(problem.Conflict, "several_people", "Several people gave that e-mail and none of them has verified it, so it doesn't say who is meant. Name one by their id.")
		}
	}
}
