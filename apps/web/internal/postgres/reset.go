package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
)

// ResetPassword uses a link up; see identity.MailStore.
func (s *Store) ResetPassword(ctx context.Context, hash identity.TokenHash, phc string, from identity.Origin) error {
	return s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		t, person, err := takeToken(ctx, q, identity.OnReset, hash)
		if err != nil {
			return err
		}
		if err := clearWay(ctx, q, t, person); err != nil {
			return err
		}
		if err := giveVerified(ctx, q, t); err != nil {
			return err
		}
		if err := setPassword(ctx, q, t, phc); err != nil {
			return err
		}
		if err := shutOut(ctx, q, t.PersonID, uuid.Nil, identity.EndedByReset, from); err != nil {
			return err
		}
		if err := record(ctx, q, event{what: identity.EventPasswordReset, personID: t.PersonID, email: t.Email, from: from}); err != nil {
			return err
		}
		return out.add(ctx, identity.Mail{What: identity.OnPasswordChanged, Person: t.PersonID, To: t.Email})
	})
}

// clearWay refuses who may not come in, and takes away every way in that somebody may have linked who wasn't the
// e-mail's owner.
func clearWay(ctx context.Context, q *dbgen.Queries, t identity.MailToken, person identity.Holder) error {
	switch {
	case person.Disabled, person.Email != t.Email: // since the link was sent
		return notThere()
	case person.EmailVerified:
		return nil
	}
	dropped, err := q.EmailDropOtherWaysIn(ctx, t.PersonID)
	if err != nil || dropped == 0 {
		return err
	}
	return record(ctx, q, event{
		what: identity.EventUnlinked, personID: t.PersonID, email: t.Email, from: identity.Nowhere(),
		details: details{"why": "password reset by the e-mail's owner"},
	})
}

// setPassword makes the e-mail and the password a way in.
func setPassword(ctx context.Context, q *dbgen.Queries, t identity.MailToken, phc string) error {
	// It does nothing for somebody who has a password: that account has followed the e-mail.
	if _, err := q.AccountCreate(ctx, dbgen.AccountCreateParams{Issuer: identity.PasswordIssuer, Subject: t.Email, PersonID: t.PersonID}); err != nil {
		return err
	}
	return q.PasswordSet(ctx, t.PersonID, phc)
}
