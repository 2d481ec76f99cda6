package server_test

import (
	"net/http"
	"sync"
	"testing"
)

// Whoever holds a stolen session asks for another e-mail, is shut out by the owner's new password, and comes back with
// the link from their own mailbox.
func TestPendingChangeOfEmailEndsWithTheOwnersNewPassword(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	owner, thief := h.visitor(t), h.visitor(t)
	owner.signUp("Ada", "ada@example.org")
	h.exec(t, "UPDATE people SET email_verified_at = now()")
	thief.signIn("ada@example.org")
	if got := thief.post("/account/email", "email", "thief@elsewhere.example"); got.location != "/account?done=email" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	h.exec(t, "UPDATE mail_tokens SET hash = sha256('"+secret+"') WHERE purpose = 'verify' AND email = 'thief@elsewhere.example'")
	if got := owner.get("/account"); got.status != http.StatusOK { // where the notice leads
		t.Fatalf("%d to %q", got.status, got.location)
	}
	if got := owner.post("/account/password", "current", rightPassword, "password", "another long phrase"); got.location != "/account?done=password" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for name, v := range map[string]*visitor{"the thief": thief, "the owner": owner} {
		if got := v.post("/api/auth/verify", "token", secret); got.location != "" {
			t.Errorf("%s is led to %s", name, got.location)
		}
	}
	if email := query[string](t, h, "SELECT email FROM people"); email != "ada@example.org" {
		t.Errorf("the account is %s's", email)
	}
}

// Setting a first password reads the e-mail, and names the account after it.
func TestFirstPasswordSetWhileTheEmailChangesFollowsIt(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.arrive("google", ines)
	h.link(t, "ines.new@example.org")
	h.overtaken(t, "INSERT INTO accounts (issuer, subject, person_id) SELECT 'password', email, id FROM people", func() {
		v.post("/api/auth/verify", "token", secret)
	})
	if both := query[string](t, h, "SELECT p.email || ' ' || a.subject FROM people p JOIN accounts a ON a.person_id = p.id WHERE a.issuer = 'password'"); both != "ines.new@example.org ines.new@example.org" {
		t.Errorf("the person's and the account's e-mail are %s", both)
	}
}

func TestDisabledPersonConfirmsNoEmail(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.arrive("google", ines)
	h.link(t, "ines.new@example.org")
	h.overtaken(t, "UPDATE people SET disabled_at = now(), disabled_by = 'operator'", func() {
		if got := v.post("/api/auth/verify", "token", secret); got.status != http.StatusForbidden {
			t.Errorf("%d to %s", got.status, got.location)
		}
	})
	if got := query[string](t, h, "SELECT p.email || ' ' || count(t) FROM people p LEFT JOIN mail_tokens t ON t.person_id = p.id GROUP BY p.email"); got != "ines@example.org 1" {
		t.Errorf("e-mail and links: %s", got)
	}
}

// link mails everybody a link for that e-mail, with the secret.
func (h house) link(t *testing.T, email string) {
	t.Helper()
	h.exec(t, `INSERT INTO mail_tokens (id, purpose, person_id, email, hash, expires_at)
		SELECT gen_random_uuid(), 'verify', id, '`+email+`', sha256('`+secret+`'), now() + interval '1 hour' FROM people`)
}

// overtaken has what somebody does wait for their row, and then another change of it happen first.
func (h house) overtaken(t *testing.T, change string, act func()) {
	t.Helper()
	first, err := h.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Rollback(t.Context()) }()
	if _, err := first.Exec(t.Context(), "SELECT FROM people FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	var acting sync.WaitGroup
	acting.Go(act)
	for query[int](t, h, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
		if t.Context().Err() != nil {
			t.Fatal("it doesn't wait for the person")
		}
	}
	if _, err := first.Exec(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if err := first.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	acting.Wait()
}
