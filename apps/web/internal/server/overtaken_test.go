package server_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
)

// overtaken is a store where something happens in the middle of a sign-in, once.
type overtaken struct {
	identity.Store
	checked  func() // a password was right, and nobody is signed in yet
	arriving func() // a provider has said who comes, and nothing of it is written yet
	arrived  func() // it is written, and nobody is signed in yet
	hashed   func() // a new password is hashed, and nothing of it is written yet
	unlinked func() // an account is to be unlinked, and nothing of it is written yet
}

func (o *overtaken) ForgetTries(ctx context.Context, t identity.Throttle) error {
	happen(&o.checked)
	return o.Store.ForgetTries(ctx, t)
}

func (o *overtaken) SettleArrival(ctx context.Context, a identity.Arrived, decide func(identity.Known) (identity.Settlement, error), from identity.Origin) error {
	happen(&o.arriving)
	err := o.Store.SettleArrival(ctx, a, decide, from)
	happen(&o.arrived)
	return err
}

func (o *overtaken) ChangePassword(ctx context.Context, self identity.Self, c identity.HashChange) error {
	happen(&o.hashed)
	return o.Store.ChangePassword(ctx, self, c)
}

func (o *overtaken) DeleteAccount(ctx context.Context, self identity.Self, id uuid.UUID, may func([]identity.Account) (*identity.Mail, error)) error {
	happen(&o.unlinked)
	return o.Store.DeleteAccount(ctx, self, id, may)
}

func happen(what *func()) {
	if do := *what; do != nil {
		*what = nil
		do()
	}
}

// openOvertaken is a house with Ada, signed in in two browsers, and a link mailed for another password.
func openOvertaken(t *testing.T) (o *overtaken, h house, ada, elsewhere *visitor) {
	t.Helper()
	o = &overtaken{}
	h = open(t, canMail(t), func(c *identity.Config) { o.Store, c.Store = c.Store, o })
	ada, elsewhere = h.visitor(t), h.visitor(t)
	ada.signUp("Ada", "ada@example.org")
	elsewhere.signIn("ada@example.org")
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, person_id, email, hash, expires_at)
		SELECT gen_random_uuid(), 'reset', id, email, sha256('`+secret+`'), now() + interval '1 hour' FROM people`)
	return o, h, ada, elsewhere
}

const newPassword = "another long phrase"

func (v *visitor) reset() {
	v.t.Helper()
	if got := v.post("/api/auth/reset", "token", secret, "password", newPassword); got.location != "/reset/done" {
		v.t.Errorf("the reset answers %d %s", got.status, got.body)
	}
}

func (v *visitor) changePassword() {
	v.t.Helper()
	if got := v.post("/account/password", "current", rightPassword, "password", newPassword); got.location != "/account?done=password" {
		v.t.Errorf("the change answers %d %s", got.status, got.body)
	}
}

func (h house) disable(t *testing.T, email string) {
	t.Helper()
	people := identity.New(identity.Config{Store: postgres.New(h.pool), Log: slog.New(slog.DiscardHandler)})
	if changed, err := people.Disable(t.Context(), email); err != nil || !changed {
		t.Error(changed, err)
	}
}

func TestLinkInFlightEndsWithItsSession(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*testing.T, house, *visitor){
		"password_reset":   func(_ *testing.T, _ house, elsewhere *visitor) { elsewhere.reset() },
		"password_changed": func(_ *testing.T, _ house, elsewhere *visitor) { elsewhere.changePassword() },
		"ended_elsewhere":  func(_ *testing.T, _ house, elsewhere *visitor) { elsewhere.post("/account/sessions-end") },
		"disabled":         func(t *testing.T, h house, _ *visitor) { h.disable(t, "ada@example.org") },
		"not_used_for_long": func(t *testing.T, h house, _ *visitor) {
			h.exec(t, "UPDATE sessions SET touched_at = now() - interval '7 days 1 second'")
		},
		"over": func(t *testing.T, h house, _ *visitor) {
			h.exec(t, "UPDATE sessions SET created_at = created_at - interval '31 days', expires_at = now() - interval '1 second'")
		},
		"person_deleted": func(t *testing.T, h house, _ *visitor) { h.exec(t, "DELETE FROM people") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, h, squatter, elsewhere := openOvertaken(t)
			o.arriving = func() { meanwhile(t, h, elsewhere) }
			got := squatter.arrive("github", wren, toLink)
			if got.status != http.StatusUnauthorized || !strings.Contains(got.body, "nothing was linked") || strings.Contains(got.body, "/account/password") {
				t.Errorf("%d %s", got.status, got.body)
			}
			if n := query[int](t, h, "SELECT count(*) FROM accounts WHERE provider = 'github'"); n != 0 {
				t.Error("it was linked")
			}
		})
	}
}

// Without a password to compare, the session is the only proof of a first one.
func TestFirstPasswordInFlightEndsWithItsSession(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*testing.T, house, *visitor){
		"ended_elsewhere": func(_ *testing.T, _ house, owner *visitor) { owner.post("/account/sessions-end") },
		"disabled":        func(t *testing.T, h house, _ *visitor) { h.disable(t, "ines@example.org") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := &overtaken{}
			h := open(t, func(c *identity.Config) { o.Store, c.Store = c.Store, o })
			thief, owner := h.visitor(t), h.visitor(t)
			thief.arrive("google", ines)
			owner.arrive("google", ines)
			o.hashed = func() { meanwhile(t, h, owner) }
			if got := thief.post("/account/password", "password", newPassword); got.status != http.StatusUnauthorized {
				t.Errorf("%d to %q", got.status, got.location)
			}
			if n := query[int](t, h, "SELECT count(*) FROM passwords"); n != 0 {
				t.Error("it was set")
			}
			if in := owner.who().Person.ID != ""; in != (name == "ended_elsewhere") {
				t.Errorf("the owner is signed in: %v", in)
			}
		})
	}
}

func TestLinksBegunEndWithThePasswordAndTheAccount(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*testing.T, house, *visitor){
		"password_reset":   func(_ *testing.T, _ house, elsewhere *visitor) { elsewhere.reset() },
		"password_changed": func(_ *testing.T, _ house, elsewhere *visitor) { elsewhere.changePassword() },
		"disabled":         func(t *testing.T, h house, _ *visitor) { h.disable(t, "ada@example.org") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, h, ada, elsewhere := openOvertaken(t)
			other := h.visitor(t)
			other.signUp("Grace", "grace@example.org")
			for _, v := range []*visitor{ada, elsewhere, other} {
				v.leave("github", toLink)
			}
			meanwhile(t, h, elsewhere)
			if got := query[string](t, h, "SELECT coalesce(string_agg(p.name, ' '), '') FROM flows f JOIN people p ON p.id = f.person_id"); got != "Grace" {
				t.Errorf("open are the links of %s", got)
			}
		})
	}
}
