package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// What a name and an e-mail may be at most, without a place to break them.
var (
	longName  = "Wolfeschlegelsteinhausenbergerdorff " + strings.Repeat("Maximiliana", 5)
	longEmail = strings.Repeat("a-very-long-part.", 3) + "of-it@" + strings.Repeat("subdomain-of-some-length.", 3) + "example.org"
)

// The pages of sign-in and of the account, where there are three providers and mails.
func TestHowSignInAndTheAccountLook(t *testing.T) {
	t.Parallel()
	idp, variables := provider(t)
	s, box := posted(t, variables...)
	somebody(idp, 1, "Vera Lind", "vera@example.org")
	somebody(idp, 2, "Only Fernway", "only@example.org")

	t.Run("guest", func(t *testing.T) {
		t.Parallel()
		v := s.visitor(t)
		v.look(s.strangerViews(t, box))
	})
	t.Run("account", func(t *testing.T) {
		t.Parallel()
		v := s.furnishAccount(t)
		v.look(append(accountStates(), view{name: "verify", path: box.path(t, s, "new@example.org", "Confirm your e-mail for Cardwall")}))
	})
	t.Run("confirmed", func(t *testing.T) {
		t.Parallel()
		v := s.visitor(t)
		v.signUp("Ada Byron", "confirmed@example.org")
		l := box.letter(t, "confirmed@example.org", "Confirm your e-mail for Cardwall")
		v.confirm(l, "confirmed@example.org")
		s.person(t, "Tomas")
		v.look([]view{
			{name: "verify-already", path: strings.TrimPrefix(l.Link, s.URL)},
			{name: "verify-done", path: "/verify/done"},
			{name: "verify-another", path: box.path(t, s, "tomas@example.org", "Confirm your e-mail for Cardwall")},
			{name: "error-signed-in", path: "/account/nothing"},
		})
	})
	t.Run("long", func(t *testing.T) {
		t.Parallel()
		v := s.visitor(t)
		v.signUp(longName, longEmail)
		v.look([]view{
			{name: "account-long", path: "/account"},
			{name: "account-menu-long", path: "/account", then: func(v *visitor) { v.click(".app-bar > details:last-child > summary") }},
			{name: "verify-long", path: box.path(t, s, longEmail, "Confirm your e-mail for Cardwall")},
		})
	})
	t.Run("provider_only", func(t *testing.T) {
		t.Parallel()
		v := s.visitor(t)
		v.open("/sign-in?return_to=/account")
		v.follow("a", "Continue with Fernway")
		v.follow("button", "Only Fernway")
		v.look([]view{{name: "account-last-way", path: "/account", then: func(v *visitor) { v.follow("button", `^Unlink\s*Fernway$`) }}})
		s.signedInLongAgo(t, "only@example.org")
		v.look([]view{
			{name: "account-long-ago", path: "/account"},
			{name: "account-again-provider", path: "/account/again"},
			{name: "account-delete-long-ago", path: "/account/delete"},
		})
	})
}

// path is where a letter's link leads on the site.
func (m *mailbox) path(t *testing.T, s *stack, to, subject string) string {
	t.Helper()
	return strings.TrimPrefix(m.letter(t, to, subject).Link, s.URL)
}

func (s *stack) strangerViews(t *testing.T, box *mailbox) []view {
	t.Helper()
	s.person(t, "Eve")
	eve := box.letter(t, "eve@example.org", "Confirm your e-mail for Cardwall")
	s.guest(t).post(t, "/api/auth/forgotten", `{"email":"eve@example.org"}`)
	reset := box.letter(t, "eve@example.org", "Choose a new password for Cardwall")
	return []view{
		{name: "sign-in-providers", path: "/sign-in"},
		{name: "sign-up-providers", path: "/sign-up"},
		{name: "sign-in-over", path: "/api/auth/callback/google?state=used&code=used"},
		{name: "forgotten", path: "/forgotten"},
		{name: "forgotten-refused", path: "/forgotten", then: func(v *visitor) {
			v.fill("#email", "eve@example")
			v.follow("button", "Send the link")
		}},
		{name: "forgotten-sent", path: "/forgotten/sent"},
		{name: "reset", path: strings.TrimPrefix(reset.Link, s.URL)},
		{name: "reset-refused", path: strings.TrimPrefix(reset.Link, s.URL), then: func(v *visitor) {
			v.fill("#password", "password")
			v.follow("button", "Set the password")
		}},
		{name: "reset-over", path: "/reset?token=over"},
		{name: "reset-done", path: "/reset/done"},
		{name: "verify-guest", path: strings.TrimPrefix(eve.Link, s.URL)},
		{name: "verify-over", path: "/verify?token=over"},
		{name: "error-guest", path: "/nothing-here"},
		{name: "letter", path: "/", then: func(v *visitor) { v.read(reset) }, passing: true}, // no page, but what a reader of mail makes one of
	}
}

// furnishAccount is somebody with all that an account can have: each way in, an e-mail that waits, other browsers.
func (s *stack) furnishAccount(t *testing.T) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.signUp("Vera Lind", "lind@example.org")
	for _, label := range []string{"Google", "GitHub", "Fernway"} {
		v.open("/account")
		v.follow("a", `^Link\s*`+label+`$`)
		v.follow("button", "Vera Lind")
	}
	v.fill("#email", "new@example.org")
	v.fill("#email-password", password)
	v.follow("form[action='/account/email'] button")
	for _, device := range []string{iPhone, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"} {
		other := s.visitor(t)
		v.do(other.page.SetUserAgent(&proto.NetworkSetUserAgentOverride{UserAgent: device}))
		other.open("/sign-in")
		other.signIn("lind@example.org")
	}
	s.signedInLongAgo(t, "lind@example.org")
	return v
}

// accountStates are those of somebody who signed in long ago.
func accountStates() []view {
	return []view{
		{name: "account-full", path: "/account"},
		{name: "account-email-refused", path: "/account", then: func(v *visitor) {
			v.fill("#email", "new@example")
			v.fill("#email-password", "something else")
			v.follow("form[action='/account/email'] button")
		}},
		{name: "account-again", path: "/account/again"},
		{name: "account-again-refused", path: "/account/again", then: func(v *visitor) {
			v.fill("#password", "something else")
			v.follow("button", "Sign in again")
		}},
		{name: "account-activity-full", path: "/account/activity"},
	}
}
