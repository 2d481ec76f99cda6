package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/fakeidp"
)

const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"

// somebody is whom the provider has known from now on.
func somebody(idp *fakeidp.Server, id int64, name, email string) {
	idp.SetPerson(fakeidp.Person{
		Subject: "2000" + name, Email: email, EmailVerified: true, Name: name,
		GitHub: fakeidp.GitHubPerson{ID: id, Login: "somebody", Emails: []fakeidp.GitHubEmail{{Email: email, Primary: true, Verified: true}}},
	})
}

// Who has a password links and unlinks providers, ends sessions elsewhere and deletes the account, all by clicking.
func TestPeopleTendTheirAccountByClicking(t *testing.T) {
	t.Parallel()
	s, idp := beside(t)
	for name, on := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			email := strings.ToLower(name) + "@example.org"
			somebody(idp, int64(len(name)), "Vera "+name, "vera."+email)
			v := s.visitor(t)
			v.script(on)
			v.signUp("Ada", email)
			v.linkAndUnlink(s, email, "Vera "+name)
			v.endSessions(s, email)
			v.leaveForGood(s, email)
		})
	}
}

// linkAndUnlink links one provider right after the sign-in, another after a proof, and takes the first away.
func (v *visitor) linkAndUnlink(s *stack, email, as string) {
	v.t.Helper()
	v.open("/account")
	v.follow("a", `^Link\s*Google$`)
	v.follow("button", as)
	if v.path() != "/account" || !v.says("That account is linked.") || !v.says("vera."+email) {
		v.t.Fatalf("at %s: %s", v.path(), v.text())
	}

	s.signedInLongAgo(v.t, email)
	v.reload()
	if v.follow("a", `^Link\s*GitHub$`); v.path() != "/account/again" {
		v.t.Fatalf("a sign-in of long ago is enough to get to %s: %s", v.path(), v.text())
	}
	v.fill("#password", "something else")
	if v.follow("button", "Sign in again"); !v.says("That is not your password.") {
		v.t.Errorf("a wrong password: %s", v.text())
	}
	v.fill("#password", password)
	if v.follow("button", "Sign in again"); v.path() != "/account" || !v.says("For ten minutes from signing in") {
		v.t.Fatalf("at %s: %s", v.path(), v.text())
	}
	v.follow("a", `^Link\s*GitHub$`)
	v.follow("button", as)
	if !v.says("That account is linked.") {
		v.t.Errorf("at %s: %s", v.path(), v.text())
	}
	v.follow("button", `^Unlink\s*Google$`)
	if !v.says("That account is no longer a way in.") || !v.page.MustHasR("a", `^Link\s*Google$`) || !v.page.MustHasR("button", `^Unlink\s*GitHub$`) {
		v.t.Errorf("at %s: %s", v.path(), v.text())
	}
}

// endSessions ends the session of one other browser, then those of all.
func (v *visitor) endSessions(s *stack, email string) {
	v.t.Helper()
	if v.open("/account"); v.says("Revoke") {
		v.t.Errorf("there is no other session to end: %s", v.text())
	}
	phone, second := s.visitor(v.t), s.visitor(v.t)
	v.do(phone.page.SetUserAgent(&proto.NetworkSetUserAgentOverride{UserAgent: iPhone}))
	for _, other := range []*visitor{phone, second} {
		other.open("/sign-in?return_to=/boards")
		other.signIn(email)
	}
	v.open("/account")
	v.follow("button", `^Revoke\s*Safari on iPhone$`)
	if !v.says("That session has ended.") || v.says("iPhone") || !v.page.MustHasR("button", `^Revoke\s*Chrome on Linux$`) {
		v.t.Errorf("one is ended: %s", v.text())
	}
	phone.wantSignedOut()
	if second.open("/boards"); second.path() != "/boards" {
		v.t.Errorf("the other one is at %s", second.path())
	}

	phone.signIn(email)
	v.open("/account")
	v.follow("button", "Revoke all others")
	if !v.says("You are signed out everywhere else.") || v.page.MustHasR("button", "Revoke") {
		v.t.Errorf("all others are ended: %s", v.text())
	}
	phone.wantSignedOut()
	second.wantSignedOut()
}

func (v *visitor) wantSignedOut() {
	v.t.Helper()
	if v.open("/boards"); v.path() != "/sign-in" {
		v.t.Errorf("still signed in at %s", v.path())
	}
}

// leaveForGood deletes the account, which another browser is signed in to.
func (v *visitor) leaveForGood(s *stack, email string) {
	v.t.Helper()
	other := s.visitor(v.t)
	other.open("/sign-in?return_to=/boards")
	other.signIn(email)
	v.open("/account")
	v.follow("a", "Delete…")
	v.fill("#words", "delete my account")
	v.fill("#password", "something else")
	if v.follow("button", "Delete my account"); v.path() != "/account/delete" || !v.says("That is not your password.") {
		v.t.Fatalf("a wrong password leads to %s: %s", v.path(), v.text())
	}
	v.fill("#password", password)
	if v.follow("button", "Delete my account"); v.path() != "/goodbye" || !v.says("Your account is deleted") {
		v.t.Fatalf("at %s: %s", v.path(), v.text())
	}
	other.wantSignedOut()
	if other.signIn(email); other.path() == "/boards" {
		v.t.Error("there still is such an account")
	}
}

// signedInLongAgo makes somebody's sign-ins older than those that prove anything.
func (s *stack) signedInLongAgo(t *testing.T, email string) {
	t.Helper()
	s.webDB.exec(t, `UPDATE auth.sessions SET created_at = created_at - interval '11 minutes'
		WHERE person_id IN (SELECT id FROM auth.people WHERE email = $1)`, email)
}

// Who came by a provider keeps that way in until there is a password, which takes a recent sign-in; so does deletion.
func TestWhoCameByAProviderKeepsAWayIn(t *testing.T) {
	t.Parallel()
	s, idp := beside(t)
	for name, on := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			email := strings.ToLower(name) + "@example.org"
			somebody(idp, int64(len(name)), "Vera "+name, email)
			v := s.visitor(t)
			v.script(on)
			v.open("/sign-in?return_to=/account")
			v.follow("a", "Continue with Fernway")
			v.follow("button", "Vera "+name)
			v.follow("button", `^Unlink\s*Fernway$`)
			if !v.page.MustHas("[role=alert]") || !v.page.MustHasR("button", `^Unlink\s*Fernway$`) {
				t.Errorf("the only way in: %s", v.text())
			}

			s.signedInLongAgo(t, email)
			v.open("/account")
			v.follow("section#sign-in a", `^Sign in again`)
			v.proveBy("Fernway", "Vera "+name)
			v.fill("#password", password)
			if v.follow("button", `^Set`); !v.says("Your password is saved.") {
				t.Fatalf("at %s: %s", v.path(), v.text())
			}
			if v.follow("button", `^Unlink\s*Fernway$`); !v.says("That account is no longer a way in.") {
				t.Errorf("at %s: %s", v.path(), v.text())
			}
			v.signOut()
			v.open("/sign-in?return_to=/account")
			if v.signIn(email); v.path() != "/account" {
				t.Errorf("the password leads to %s: %s", v.path(), v.text())
			}
		})
	}
}

// proveBy signs in once more by a provider, and is back.
func (v *visitor) proveBy(provider, as string) {
	v.t.Helper()
	if v.path() != "/account/again" || v.page.MustHas("#password") {
		v.t.Fatalf("at %s: %s", v.path(), v.text())
	}
	v.follow("a", "Sign in with "+provider)
	v.follow("button", as)
	if v.path() != "/account" || !v.says("For ten minutes from signing in") {
		v.t.Fatalf("at %s: %s", v.path(), v.text())
	}
}
