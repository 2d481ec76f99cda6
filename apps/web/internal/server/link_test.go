package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/packages/fakeidp"
)

const toLink = "?purpose=link&return_to=/boards"

func TestLinkingIsProofOfTheExistingAccount(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	ada := v.who().Person
	if got := v.arrive("github", wren, toLink); got.status != http.StatusSeeOther || got.location != "/boards" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := v.arrive("oidc", ines, "?purpose=link"); got.location != "/account?done=link" {
		t.Errorf("it leads on to %q", got.location)
	}
	if got := v.arrive("oidc", ines, toLink); got.location != "/boards" {
		t.Errorf("linking again what is linked: %d", got.status)
	}
	if v.who().Person != ada {
		t.Errorf("%+v became %+v", ada, v.who().Person)
	}
	other := h.visitor(t)
	other.arrive("github", wren)
	if other.who().Person != ada {
		t.Errorf("the linked account is %+v's", other.who().Person)
	}
	if got := h.audit(t); strings.Count(got, "linked Ada") != 2 {
		t.Errorf("the audit says %s", got)
	}
}

func TestLinkingRenewsTheSessionsID(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	ada, before := v.who(), v.session()
	v.arrive("github", wren, toLink)
	if after := v.session(); after == before || v.who() != ada {
		t.Errorf("the id stays %q", after)
	}
	old := h.visitor(t).send(http.MethodGet, "/api/auth/session", nil, "Cookie", "__Host-session="+before)
	if live := query[int](t, h, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); old.status != http.StatusUnauthorized || live != 1 {
		t.Errorf("under the old id: %d; %d sessions live", old.status, live)
	}
}

func TestLinkingVerifiesTheEmailThatIsTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.visitor(t).arrive("github", tomas)
	v := h.visitor(t)
	v.signUp("Ines", "ines@example.org")
	v.arrive("oidc", ines, toLink)
	if got := query[bool](t, h, "SELECT email_verified_at IS NOT NULL FROM people WHERE email = 'ines@example.org'"); !got {
		t.Error("the provider vouches for the e-mail, and it isn't verified")
	}
	v = h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	h.idp.SetPerson(fakeidp.Person{Subject: "9", Email: "other@example.org", EmailVerified: true, Name: "Ada"})
	v.arrive("oidc", "9", toLink)
	if got := v.who().Person.Email; got != "ada@example.org" {
		t.Errorf("linking changed the e-mail to %q", got)
	}
}

func TestSomebodyElsesIdentityCannotBeLinked(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.visitor(t).arrive("github", wren)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	got := v.arrive("github", wren, toLink)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "is the way in for somebody else here") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.name = 'Ada'"); n != 1 {
		t.Errorf("Ada has %d accounts", n)
	}
}

func TestLinkThatComesToNothingLeadsToTheAccount(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	got := v.back(v.consent(v.leave("oidc", toLink), "nobody"))
	if got.status != http.StatusUnauthorized || got.find(t, "h1").Text() != "Your account" || !strings.Contains(got.body, "so nothing was linked") {
		t.Errorf("%d %s", got.status, got.body)
	}
	h.visitor(t).arrive("github", wren)
	if got := v.arrive("github", wren, toLink); got.find(t, "h1").Text() != "Your account" {
		t.Errorf("somebody else's: %d %s", got.status, got.body)
	}
}

func TestSomebodySignedInIsNotToldToSignIn(t *testing.T) {
	t.Parallel()
	v := open(t).visitor(t)
	late, refused := v.consent(v.leave("oidc", ""), wren), v.consent(v.leave("oidc", ""), "nobody")
	v.back(late)
	begunElsewhere := strings.Replace(late, "state=", "state=x", 1)
	for name, callback := range map[string]string{"of_no_flow": begunElsewhere, "cancelled_in_another_tab": refused} {
		if got := v.back(callback); got.find(t, "h1").Text() != "That didn't work" || got.status >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

func TestLinkTakesTheSessionThatBeganIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	if got := v.get("/api/auth/login/github" + toLink); got.status != http.StatusUnauthorized || got.find(t, "h1").Text() != "Sign in" {
		t.Errorf("a guest: %d", got.status)
	}
	for name, change := range map[string]func(){
		"signed_out":             func() { v.post("/api/auth/sign-out") },
		"signed_in_anew":         func() { v.signIn("ada@example.org") },
		"somebody_else_meantime": func() { v.signUp("Grace", "grace@example.org") },
		"signed_out_elsewhere":   func() { h.exec(t, "UPDATE sessions SET revoked_at = now()") },
	} {
		v.post("/api/auth/sign-out")
		if v.signUp("Ada", "ada@example.org").status >= 400 {
			v.signIn("ada@example.org")
		}
		callback := v.consent(v.leave("github", toLink), wren)
		change()
		if got := v.back(callback); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "nothing was linked") {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts WHERE issuer <> 'password'"); n != 0 {
		t.Errorf("%d were linked", n)
	}
}

func TestTwoTabsLinkTwoProvidersAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	v, elsewhere := h.visitor(t), h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	elsewhere.signIn("ada@example.org")
	first, second := v.leave("github", toLink), v.leave("oidc", toLink)
	third := elsewhere.leave("google", toLink)
	for at, who := range map[string]*visitor{first: v, second: v, third: elsewhere} {
		if got := who.back(who.consent(at, wren)); got.location != "/boards" {
			t.Errorf("%d %s", got.status, got.alert(t))
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts WHERE issuer <> 'password'"); n != 3 {
		t.Errorf("%d are linked", n)
	}
}

func TestLinkThatIsLeftOverEndsWithTheRenewedSession(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(v, elsewhere *visitor){
		"signed_out":       func(v, _ *visitor) { v.post("/api/auth/sign-out") },
		"ended_elsewhere":  func(_, elsewhere *visitor) { elsewhere.post("/account/sessions-end") },
		"password_changed": func(_, elsewhere *visitor) { elsewhere.changePassword() },
		"signed_in_anew":   func(v, _ *visitor) { v.signIn("ada@example.org") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			v, elsewhere := h.visitor(t), h.visitor(t)
			v.signUp("Ada", "ada@example.org")
			elsewhere.signIn("ada@example.org")
			left := v.consent(v.leave("github", toLink), wren)
			if got := v.arrive("oidc", ines, toLink); got.location != "/boards" {
				t.Fatalf("%d %s", got.status, got.alert(t))
			}
			end(v, elsewhere)
			if got := v.back(left); got.status != http.StatusUnauthorized && got.status != http.StatusBadRequest {
				t.Errorf("%d to %q", got.status, got.location)
			}
			if n := query[int](t, h, "SELECT count(*) FROM accounts WHERE provider = 'github'"); n != 0 {
				t.Error("it was linked")
			}
		})
	}
}

func TestAnotherSiteCannotBeginALink(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	for name, header := range map[string][]string{
		"another_site": {"Sec-Fetch-Site", "cross-site"}, "a_sibling": {"Sec-Fetch-Site", "same-site"}, "no_sign": {"Accept", "text/html"},
		"a_foreign_referer": {"Referer", "https://evil.example/"}, "our_name_as_a_prefix": {"Referer", h.url + ".evil.example/"},
		"another_site_with_our_referer": {"Sec-Fetch-Site", "cross-site", "Referer", h.url + "/account"},
	} {
		if got := v.send(http.MethodGet, "/api/auth/login/github"+toLink, nil, header...); got.status != http.StatusForbidden {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows"); n != 0 {
		t.Errorf("%d flows", n)
	}
	if got := v.send(http.MethodGet, "/api/auth/login/github"+toLink, nil, "Referer", h.url+"/account"); got.status != http.StatusSeeOther {
		t.Errorf("our own page, in an old browser: %d", got.status)
	}
	if got := v.send(http.MethodGet, "/api/auth/login/github", nil, "Sec-Fetch-Site", "cross-site"); got.status != http.StatusSeeOther {
		t.Errorf("signing in from elsewhere: %d", got.status)
	}
}

func TestUnlinkNeverTakesTheLastWayIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	v.arrive("github", ines, toLink)
	id := func(provider string) string {
		return query[string](t, h, "SELECT id::text FROM accounts WHERE provider = $1", provider)
	}
	google, github := id("google"), id("github")
	stranger := h.visitor(t)
	stranger.arrive("oidc", tomas)
	for name, got := range map[string]page{
		"somebody_else's": stranger.post("/account/unlink", "id", google), "none": v.post("/account/unlink", "id", "x"),
	} {
		if got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if got := h.visitor(t).post("/account/unlink", "id", google); got.status != http.StatusUnauthorized {
		t.Errorf("a guest: %d", got.status)
	}
	if got := v.post("/account/unlink", "id", google); got.status != http.StatusSeeOther || got.location != "/account?done=unlink" {
		t.Errorf("one of two: %d", got.status)
	}
	if got := v.post("/account/unlink", "id", github); got.status != http.StatusConflict || !strings.Contains(got.body, "your only way in") {
		t.Errorf("the last: %d", got.status)
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.name = 'Ines Moreau'"); n != 1 {
		t.Errorf("%d are left", n)
	}
	if !strings.Contains(h.audit(t), "unlinked Ines Moreau ines@example.org google") {
		t.Errorf("the audit says %s", h.audit(t))
	}
}

func TestUnlinkingBothWaysInAtOnceLeavesOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	v.arrive("github", ines, toLink)
	done := make(chan int, 2)
	h.meet(t, func() {
		for _, provider := range []string{"google", "github"} {
			id := query[string](t, h, "SELECT id::text FROM accounts WHERE provider = $1", provider)
			go func() { done <- v.post("/account/unlink", "id", id).status }()
		}
	})
	if first, second := <-done, <-done; first+second != http.StatusSeeOther+http.StatusConflict {
		t.Errorf("%d and %d", first, second)
	}
}
