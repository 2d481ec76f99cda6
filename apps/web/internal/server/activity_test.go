package server_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// told is what the activity page tells, the newest first.
func (v *visitor) told() []string {
	v.t.Helper()
	var all []string
	v.get("/account/activity").find(v.t, "main ol .grow > p:first-child").Each(func(_ int, p *goquery.Selection) {
		all = append(all, strings.TrimSpace(p.Text()))
	})
	return all
}

func TestLinkThatComesToNothingIsToldAsOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.visitor(t).arrive("github", wren)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	v.back(v.consent(v.leave("oidc", toLink), "nobody"))
	v.arrive("github", wren, toLink)
	v.back(strings.Replace(v.consent(v.leave("google", toLink), ines), "code=", "error=temporarily_unavailable&was=", 1))
	late := v.consent(v.leave("google", toLink), ines)
	v.signIn("ada@example.org")
	v.back(late)
	want := []string{
		"Google was not linked: your session ended or was renewed meanwhile",
		"Google was not linked: it could not be reached",
		"GitHub was not linked: that account is the way in for somebody else",
		"Fernway was not linked: it did not say who you are",
	}
	got := slices.DeleteFunc(v.told(), func(s string) bool { return !strings.Contains(s, "not linked") })
	if !slices.Equal(got, want) {
		t.Errorf("it tells %q", got)
	}
	if got := v.told(); slices.Contains(got, "Failed sign-in") {
		t.Errorf("it tells %q", got)
	}
}

func TestActivityCallsAProviderAsItsButtonDoes(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("oidc", ines)
	v.arrive("google", ines, toLink)
	v.post("/account/unlink", "id", query[string](t, h, "SELECT id::text FROM accounts WHERE provider = 'google'"))
	if got, want := v.told(), []string{"Google was unlinked", "Google was linked", "Signed in with Fernway", "Account created"}; !slices.Equal(got, want) {
		t.Errorf("it tells %q", got)
	}
}

func TestRenewalOfASessionIsInTheAuditAndNotOnThePage(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.signUp("Ada", "ada@example.org")
	v.arrive("github", wren, toLink)
	if got, want := v.told(), []string{"GitHub was linked", "Signed in with the password", "Account created"}; !slices.Equal(got, want) {
		t.Errorf("it tells %q", got)
	}
	if !strings.Contains(h.audit(t), "session_renewed Ada") {
		t.Errorf("the audit says %s", h.audit(t))
	}
}

func TestLinkThatWorkedIsSaidOnTheAccountPage(t *testing.T) {
	t.Parallel()
	v := open(t).visitor(t)
	v.signUp("Ada", "ada@example.org")
	button := v.get("/account").find(t, `main a[href^="/api/auth/login/github"]`).AttrOr("href", "")
	_, asked, _ := strings.Cut(button, "/github")
	led := v.arrive("github", wren, asked)
	if got := v.get(led.location).find(t, `main [role="status"]`).Text(); !strings.Contains(got, "That account is linked.") {
		t.Errorf("%q leads to %q, which says %q", button, led.location, got)
	}
}
