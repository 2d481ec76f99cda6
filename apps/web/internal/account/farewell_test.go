package account_test

import (
	"net/http"
	"strings"
	"testing"
)

// What follows an account's deletion can't fail: there is no account any more to go back to.
func TestWhoHasDeletedTheirAccountIsSignedOutWhateverElseFails(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	b.exec(t, `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no session can be ended just now''; END'`)
	b.exec(t, `CREATE TRIGGER refuse BEFORE UPDATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION refuse()`)
	got := me.form("/account/delete", "words", "delete my account", "password", password)
	if got.StatusCode != http.StatusSeeOther || got.location() != "/goodbye" {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if cookies := got.Cookies(); len(cookies) != 1 || cookies[0].Name != "session" || cookies[0].MaxAge >= 0 {
		t.Errorf("the cookie stays: %v", cookies)
	}
	me.wantSignedIn(false)
}

func TestDeletionTakesTheMailsToThePersonAway(t *testing.T) {
	t.Parallel()
	b := setup(t, canMail(t))
	me := b.person(t)
	b.exec(t, `UPDATE people SET email_verified_at = now()`)
	current := password
	for _, next := range []string{better, password, better} { // three notices
		me.wantDone(me.form("/account/password", "current", current, "password", next), "password")
		current = next
	}
	me.wantDone(me.form("/account/email", "email", "ines@moreau.example", "email-password", current), "email")
	const notices = `SELECT count(*) FROM river_job WHERE args ? 'to'`
	if n := query[int](t, b, notices); n != 4 {
		t.Fatalf("%d notices wait", n)
	}
	b.exec(t, `UPDATE river_job SET state = 'completed', finalized_at = now() WHERE id = (SELECT min(id) FROM river_job WHERE args ? 'to')`)
	b.exec(t, `UPDATE river_job SET state = 'running' WHERE id = (SELECT max(id) FROM river_job WHERE args ? 'to')`)
	b.exec(t, `INSERT INTO river_job (kind, max_attempts, args) VALUES ('mail', 12, '{"person": "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01", "to": "tomas@fernway.example"}')`)
	if got := me.form("/account/delete", "words", "delete my account", "password", current); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if n := query[int](t, b, notices); n != 1 {
		t.Errorf("%d mails with an address are left, and one of them is somebody else's", n)
	}
	left := query[string](t, b, `SELECT coalesce(string_agg(j::text, E'\n'), '') FROM river_job j`)
	if strings.Contains(left, ines) || strings.Contains(left, "moreau") || !strings.Contains(left, "tomas@") {
		t.Errorf("left is\n%s", left)
	}
	if n := query[int](t, b, `SELECT count(*) FROM river_job WHERE state = 'running'`); n != 1 {
		t.Error("a mail at work was taken from whoever sends it")
	}
}
