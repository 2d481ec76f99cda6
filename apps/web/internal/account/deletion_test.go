package account_test

import (
	"net/http"
	"testing"
)

func TestOfADeletedAccountTheAuditKeepsWhatHappenedAndWhen(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.browser(t).signIn("kettle bridge loop") // before there is an account: a row that names nobody
	me := b.person(t)
	b.browser(t).signIn("kettle bridge loop")
	b.exec(t, `UPDATE people SET email_verified_at = now()`)
	b.exec(t, `INSERT INTO audit (what, person_id, email, address, user_agent) VALUES ('signed_in', gen_random_uuid(), 'wren@fernway.example', '192.0.2.7', 'Firefox')`)
	const kept = `SELECT string_agg(concat_ws(' ', what, at, coalesce(person_id::text, 'nobody')), ', ' ORDER BY id) FROM audit WHERE what <> 'deleted'`
	before := query[string](t, b, kept)

	if got := me.form("/account/delete", "words", "delete my account", "password", password); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if after := query[string](t, b, kept); after != before {
		t.Errorf("it keeps\n%s\nof\n%s", after, before)
	}
	if n := query[int](t, b, `SELECT count(*) FROM audit WHERE what = 'deleted'`); n != 1 {
		t.Errorf("%d deletions", n)
	}
	const told = `SELECT coalesce(string_agg(concat_ws(' ', what, email, host(address), user_agent), ', '), '') FROM audit
		WHERE email <> '' OR address <> '::' OR user_agent <> ''`
	if got := query[string](t, b, told); got != "signed_in wren@fernway.example 192.0.2.7 Firefox" {
		t.Errorf("it still tells: %s", got)
	}
}

// Whoever only claims an e-mail must not wipe away what was tried on its owner's.
func TestDeletingAnAccountForgetsNothingOfAnEmailThatItOnlyClaimed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.browser(t).signIn("kettle bridge loop")
	me := b.person(t)
	me.form("/account/delete", "words", "delete my account", "password", password)
	if n := query[int](t, b, `SELECT count(*) FROM audit WHERE person_id IS NULL AND email = $1`, ines); n != 1 {
		t.Errorf("%d rows of tries on it", n)
	}
}
