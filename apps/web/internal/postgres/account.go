package postgres

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// ListAccounts lists a person's ways in; see identity.Store.
func (s *Store) ListAccounts(ctx context.Context, personID uuid.UUID) ([]identity.Account, error) {
	accounts, err := listAccounts(ctx, s.queries, personID)
	return accounts, postgres.Error(err)
}

// DeleteAccount takes a way in away while the person's row is locked, so that two at once can't be the last two; see
// identity.Store.
func (s *Store) DeleteAccount(ctx context.Context, self identity.Self, accountID uuid.UUID, may func([]identity.Account) (*identity.Mail, error)) error {
	return s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		person, err := q.PersonLock(ctx, self.PersonID)
		if err != nil {
			return found(err)
		}
		all, err := listAccounts(ctx, q, self.PersonID)
		if err != nil {
			return err
		}
		notice, err := may(all)
		if err != nil {
			return err
		}
		if err := out.tell(ctx, identity.Holder(person), notice); err != nil {
			return err
		}
		return unlink(ctx, q, self, all[slices.IndexFunc(all, func(a identity.Account) bool { return a.ID == accountID })])
	})
}

func unlink(ctx context.Context, q *dbgen.Queries, self identity.Self, gone identity.Account) error {
	if err := stillSignedIn(ctx, q, self.SessionID); err != nil {
		return err
	}
	if err := q.AccountDelete(ctx, gone.ID, self.PersonID); err != nil {
		return err
	}
	if err := shutOut(ctx, q, self.PersonID, self.SessionID, identity.EndedByUnlinking, self.From); err != nil {
		return err
	}
	return record(ctx, q, event{
		what: identity.EventUnlinked, personID: self.PersonID, email: gone.Email, from: self.From,
		details: details{"provider": gone.Provider, "issuer": gone.Issuer},
	})
}

func listAccounts(ctx context.Context, q *dbgen.Queries, personID uuid.UUID) ([]identity.Account, error) {
	rows, err := q.AccountList(ctx, personID)
	accounts := make([]identity.Account, len(rows))
	for i, row := range rows {
		accounts[i] = identity.Account(row)
	}
	return accounts, err
}
