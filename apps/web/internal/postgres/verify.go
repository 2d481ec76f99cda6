package postgres

import (
	"context"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// AskForVerification asks for the mail with which somebody proves that an e-mail is theirs; see identity.MailStore.
func (s *Store) AskForVerification(ctx context.Context, t identity.MailToken, from identity.Origin) error {
	return s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		person, err := q.PersonLock(ctx, t.PersonID)
		if err != nil {
			return found(err)
		}
		if t.Email == "" {
			t.Email = person.Email
		}
		change := t.Email != person.Email
		if err := mayVerify(ctx, q, t, person); err != nil {
			return err
		}
		if err := q.MailTokenDropOf(ctx, t.PersonID, string(identity.OnVerify)); err != nil {
			return err
		}
		if change {
			if err := out.tell(ctx, identity.Holder(person), &identity.Mail{What: identity.OnEmailChanging, About: t.Email}); err != nil {
				return err
			}
			if err := record(ctx, q, event{what: identity.EventEmailChangeAsked, personID: t.PersonID, email: t.Email, from: from}); err != nil {
				return err
			}
		}
		return out.link(ctx, t)
	})
}

func mayVerify(ctx context.Context, q *dbgen.Queries, t identity.MailToken, person dbgen.PersonLockRow) error {
	switch {
	case t.Email == "":
		return problem.Validation(problem.Field{Field: "email", Code: "required", Detail: "Enter your e-mail address."})
	case t.Email == person.Email && person.EmailVerified:
		return problem.New(problem.Conflict, "email_verified", "That is your e-mail, and it is verified already.")
	}
	return refuseAnothers(ctx, q, t.Email, t.PersonID)
}

// VerifyEmail uses a link up; see identity.MailStore.
func (s *Store) VerifyEmail(ctx context.Context, self identity.Self, hash identity.TokenHash) (changed bool, err error) {
	err = s.inTxWithMail(ctx, func(q *dbgen.Queries, out outbox) error {
		t, person, err := takeToken(ctx, q, identity.OnVerify, hash)
		switch {
		case err != nil:
			return err
		case t.PersonID != self.PersonID:
			return identity.AnothersLink()
		case person.Disabled:
			return identity.Disabled()
		}
		if err := giveVerified(ctx, q, t); err != nil {
			return err
		}
		if changed = person.Email != t.Email; changed {
			if err := changeEmail(ctx, q, out, self, person, t.Email); err != nil {
				return err
			}
		}
		if err := q.MailTokenDropOf(ctx, t.PersonID, string(identity.OnVerify)); err != nil {
			return err
		}
		return record(ctx, q, event{what: identity.EventEmailVerified, personID: t.PersonID, email: t.Email, from: self.From})
	})
	return changed, err
}

// changeEmail follows an e-mail that is another by now: the account is recovered elsewhere, and whoever else is in it
// goes.
func changeEmail(ctx context.Context, q *dbgen.Queries, out outbox, self identity.Self, before identity.Holder, email string) error {
	if err := out.tell(ctx, before, &identity.Mail{What: identity.OnEmailChanged, About: email}); err != nil {
		return err
	}
	return shutOut(ctx, q, self.PersonID, self.SessionID, identity.EndedByEmail, self.From)
}
