package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// Locks are taken in this order, and never one of a line above while holding one of a line below: so nobody waits for
// somebody who waits for them.
//
//  1. An identity at a provider: AccountLock.
//  2. An e-mail address: PersonLockEmail.
//  3. People: one by PersonLock or SessionLock, several by lockPeople, all at once. Whoever holds a person may read
//     others, and lock only what has been locked here already.
//  4. What is theirs: mailed links, flows, sessions, accounts, jobs.

// locked are people who stay as they are until the transaction ends.
type locked []identity.Holder

// lockPeople locks those with these ids and those who have the e-mail or claim it; "" and uuid.Nil are nobody.
func lockPeople(ctx context.Context, q *dbgen.Queries, email string, ids ...uuid.UUID) (locked, error) {
	rows, err := q.PersonLockAll(ctx, ids, email)
	people := make(locked, len(rows))
	for i, row := range rows {
		people[i] = identity.Holder(row)
	}
	return people, err
}

// find is nil for somebody who isn't among them.
func (l locked) find(id uuid.UUID) *identity.Holder {
	for _, person := range l {
		if person.ID == id {
			return &person
		}
	}
	return nil
}

// holding is who has verified the e-mail, and whether others claim it.
func (l locked) holding(email string) (holder *identity.Holder, claimed bool) {
	for _, person := range l {
		switch {
		case email == "" || person.Email != email:
		case person.EmailVerified:
			holder = &person
		default:
			claimed = true
		}
	}
	return holder, claimed
}
