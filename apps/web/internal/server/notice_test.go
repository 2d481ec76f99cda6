package server_test

import "testing"

// notices are the mails that wait without a link, in the order in which they were asked for.
func (h house) notices(t *testing.T) string {
	t.Helper()
	return query[string](t, h, "SELECT coalesce(string_agg(concat_ws(' ', args->>'what', args->>'to', args->>'about'), ', ' ORDER BY id), '') FROM river_job WHERE NOT args ? 'token'")
}

func TestPersonIsToldOfAnotherWayInAndOfOneLess(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	h.exec(t, "UPDATE people SET email_verified_at = now()")
	v.arrive("oidc", wren, toLink)
	v.arrive("oidc", wren, toLink) // linked already
	v.arrive("oidc", wren)         // signs in
	if got := h.notices(t); got != "linked ada@example.org Fernway" {
		t.Fatalf("notices: %s", got)
	}
	v.post("/account/unlink", "id", query[string](t, h, "SELECT id::text FROM accounts WHERE provider = 'oidc'"))
	if got := h.notices(t); got != "linked ada@example.org Fernway, unlinked ada@example.org Fernway" {
		t.Errorf("notices: %s", got)
	}
}

func TestPersonIsToldOfAWayInThatJoinsByItself(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	h.visitor(t).arrive("google", ines)
	if got := h.notices(t); got != "" {
		t.Fatalf("somebody new gets %s", got)
	}
	h.visitor(t).arrive("github", ines)
	if got := h.notices(t); got != "linked ines@example.org GitHub" {
		t.Errorf("notices: %s", got)
	}
}

func TestNoticesGoToAVerifiedEmailOnly(t *testing.T) {
	t.Parallel()
	h := open(t, canMail(t))
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org") // it may be somebody else's
	v.arrive("oidc", wren, toLink)
	v.post("/account/unlink", "id", query[string](t, h, "SELECT id::text FROM accounts WHERE provider = 'oidc'"))
	if got := v.post("/account/password", "current", rightPassword, "password", "gravel lantern tide"); got.location != "/account?done=password" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := h.notices(t); got != "" {
		t.Errorf("notices: %s", got)
	}
}

func TestWithoutAMailServerNoNoticeWaits(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	v.arrive("github", ines)
	if n := query[int](t, h, "SELECT count(*) FROM river_job"); n != 0 {
		t.Errorf("%d mails", n)
	}
}
