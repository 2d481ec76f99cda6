package server_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
)

func TestCallbackInASecondTabLeadsOnWhoIsSignedInByNow(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct{ query, first, second string }{
		"to_a_page":               {"?return_to=/boards/1", "/boards/1", "/boards/1"},
		"of_themselves":           {"", "/boards", "/boards"},
		"to_link":                 {"?purpose=link", "/account?done=link", "/account"},
		"to_link_from_elsewhere":  {toLink, "/boards", "/boards"},
		"to_where_nobody_may_be":  {"?return_to=//evil.example", "/", "/"},
		"to_a_very_long_address":  {"?return_to=/boards/1%3Fq=" + strings.Repeat("x", 600), "/boards/1?q=" + strings.Repeat("x", 600), "/boards"},
		"with_another_flow_begun": {"?return_to=/boards/2", "/boards/2", "/boards/2"},
	} {
		v := h.visitor(t)
		if strings.Contains(c.query, "purpose=link") {
			v.arrive("oidc", ines)
		}
		callback := v.consent(v.leave("oidc", c.query), ines)
		v.leave("github", "?return_to=/boards/9")
		if got := v.back(callback); got.location != c.first {
			t.Errorf("%s: %d to %q", name, got.status, got.location)
		}
		if got := v.back(callback); got.status != http.StatusSeeOther || got.location != c.second {
			t.Errorf("%s, in the second tab: %d to %q", name, got.status, got.location)
		}
	}
}

func TestErrandIsHeldAgainstTheSameRulesAsAnAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	callback := v.consent(v.leave("oidc", ""), ines)
	v.back(callback)
	for _, cookie := range v.http.Jar.Cookies(address(t, h.url+"/api/auth/callback/oidc")) {
		if strings.Contains(cookie.Name, "errand-") {
			cookie.Value, cookie.Path, cookie.Secure = "eyJyZXR1cm5fdG8iOiIvL2V2aWwuZXhhbXBsZSJ9", "/api/auth/", true // {"return_to":"//evil.example"}
			v.http.Jar.SetCookies(address(t, h.url+"/api/auth/callback/oidc"), []*http.Cookie{cookie})
		}
	}
	if got := v.back(callback); got.location != "/" {
		t.Errorf("%d to %q", got.status, got.location)
	}
}

// Another site can have a browser begin flows and leave them, and a callback whose head is too large is never answered.
func TestFlowsThatAreLeftFillNoRequest(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	brought := "?return_to=/boards/1%3F" + strings.Repeat("%26", 240) + "&invitation=" + strings.Repeat("A", 250)
	for range 30 {
		v.send(http.MethodGet, "/api/auth/login/oidc"+brought, nil, "Accept", "text/html", "Sec-Fetch-Site", "cross-site")
	}
	size := 0
	for _, cookie := range v.http.Jar.Cookies(address(t, h.url+"/api/auth/callback/oidc")) {
		size += len(cookie.Name) + len("=; ") + len(cookie.Value)
	}
	if size < 2<<10 || size > 8<<10 {
		t.Errorf("a callback comes with %d bytes of cookies", size)
	}
	callback := v.consent(v.leave("oidc", "?return_to=/boards/2"), ines)
	if first, second := v.back(callback), v.back(callback); first.location != "/boards/2" || second.location != "/boards/2" {
		t.Errorf("the last flow leads to %q, and its second tab to %q", first.location, second.location)
	}
}

func TestInvitationIsKeptWhenSomebodyComesBackWithNothing(t *testing.T) {
	t.Parallel()
	h := open(t, signUpRules(identity.SignUpInvite))
	h.invited(t, "somebody@example.org")
	brought, other := "?invitation="+secret+"&return_to=%2Fboards%2F1", "?invitation=another"
	v := h.visitor(t)
	at := v.leave("oidc", brought)
	v.leave("google", other)
	cancelled := v.consent(at, "nobody")
	for name, got := range map[string]page{"cancelled": v.back(cancelled), "and_once_more": v.back(cancelled)} {
		if got.find(t, `main a[href="/sign-up`+brought+`"]`).Length() != 1 || got.find(t, `main a[href="/api/auth/login/github`+brought+`"]`).Length() != 1 {
			t.Errorf("%s: the invitation is lost: %d %s", name, got.status, got.body)
		}
	}
	if got := v.arrive("github", ines, brought); got.location != "/boards/1" {
		t.Errorf("%d %s", got.status, got.alert(t))
	}
	late := h.visitor(t)
	if got := late.arrive("oidc", tomas, brought); !strings.Contains(got.alert(t), "was used already") || strings.Contains(got.body, secret) {
		t.Errorf("an invitation that is over is offered again: %s", got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows f WHERE strpos(f::text, '"+secret+"') > 0"); n != 0 {
		t.Error("a flow's row holds an invitation")
	}
}
