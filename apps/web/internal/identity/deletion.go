package identity

import (
	"context"
	"strings"

	"cardwall/packages/problem"
)

// DeletionWords are what somebody types who means it.
const DeletionWords = "delete my account"

// DeletionStore lets people go. It is part of Store.
type DeletionStore interface {
	// DeletePerson deletes a person and everything of theirs but the audit; without effect when they are gone.
	DeletePerson(ctx context.Context, self Self) error
}

// Deletion is what somebody types to delete their account.
type Deletion struct {
	Words    string
	Password string // not asked for when there is none: then the sign-in must be recent
}

// DeletePerson deletes a person's account for good. The api is told first and may refuse; tell returns why, and nothing
// is deleted then. Should the rest fail after that, doing it again succeeds. It returns problem.Invalid for the fields
// "words" and "password", problem.TooMany, problem.Conflict "sign_in_again", problem.Unavailable, or what tell says.
func (s *Service) DeletePerson(ctx context.Context, self Self, d Deletion, tell func(context.Context) error) error {
	p, err := s.Profile(ctx, self)
	if err != nil {
		return err
	}
	if !strings.EqualFold(strings.Join(strings.Fields(d.Words), " "), DeletionWords) {
		return problem.Validation(problem.Field{Field: "words", Code: "wrong", Detail: "Type “" + DeletionWords + "” to say that you mean it."})
	}
	if err := s.confirm(ctx, p, "password", d.Password, self.From); err != nil {
		return err
	}
	if err := tell(ctx); err != nil {
		return err
	}
	return s.store.DeletePerson(context.WithoutCancel(ctx), self)
}
