package identity

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Account is one of a person's ways in, as the account page shows it.
type Account struct {
	ID            uuid.UUID // its name in forms
	Issuer        string    // PasswordIssuer, or the provider's
	Subject       string
	Provider      string // the provider's name, or "password"
	Email         string // what the provider said when the account was last used
	EmailVerified bool
	Name          string
	CreatedAt     time.Time
	UsedAt        *time.Time // nil when not known
}

// Accounts lists a person's ways in, the oldest first.
func (s *Service) Accounts(ctx context.Context, personID uuid.UUID) ([]Account, error) {
	return s.store.ListAccounts(ctx, personID)
}

// Unlink takes one of a person's ways in away, and ends all their other sessions and every mailed link: whoever came in
// by it is to be gone with it. The caller then renews this session. It returns problem.NotFound when it isn't theirs or
// is the password, problem.Conflict "last_way_in" when no other way in would be left, and what mayChangeWays does.
func (s *Service) Unlink(ctx context.Context, self Self, accountID uuid.UUID) error {
	if err := s.mayChangeWays(ctx, self); err != nil {
		return err
	}
	return s.store.DeleteAccount(ctx, self, accountID, func(all []Account) (*Mail, error) { return s.mayUnlink(all, accountID) })
}

// mayUnlink returns the notice of it. It counts as other ways in only those that work here: a provider that isn't
// configured any more lets nobody in.
func (s *Service) mayUnlink(all []Account, accountID uuid.UUID) (*Mail, error) {
	i := slices.IndexFunc(all, func(a Account) bool { return a.ID == accountID && a.Issuer != PasswordIssuer })
	if i < 0 {
		return nil, problem.New(problem.NotFound, "not_found", "That account isn't linked.")
	}
	for _, other := range all {
		if other.ID != accountID && s.opens(other) {
			return s.notice(OnUnlinked, s.label(all[i].Provider)), nil
		}
	}
	return nil, problem.New(problem.Conflict, "last_way_in", "That is your only way in. Link another account or set a password first.")
}

// label is what people call a provider; of one that isn't configured any more, its name.
func (s *Service) label(name string) string {
	if provider, err := s.provider(name); err == nil {
		return provider.Label()
	}
	return name
}

func (s *Service) opens(a Account) bool {
	return a.Issuer == PasswordIssuer || slices.ContainsFunc(s.providers, func(p Provider) bool { return p.Issuer() == a.Issuer })
}
