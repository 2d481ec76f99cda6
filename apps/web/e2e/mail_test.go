package e2e_test

import (
	"strings"
	"testing"
)

const newPassword = "five other quite plain words"

var scripting = map[string]bool{"with_JavaScript": true, "without_JavaScript": false}

// From the first mail to the last: an e-mail is confirmed, changed, and gets its owner in again who has forgotten the password.
func TestMailsLeadPeopleThroughTheirAccountsLife(t *testing.T) {
	t.Parallel()
	s, box := posted(t)
	for name, on := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := strings.ToLower(name)+"@example.org", strings.ToLower(name)+"@example.net"
			v, other := s.visitor(t), s.visitor(t)
			v.script(on)
			v.signUp("Ada Byron", first)
			v.confirm(box.letter(t, first, "Confirm your e-mail for Cardwall"), first)
			v.changeEmail(box, first, second)

			other.open("/sign-in?return_to=/boards")
			other.signIn(second)
			v.open("/boards")
			v.signOut()
			v.forget(box, second)
			if other.open("/boards"); other.path() != "/sign-in" {
				t.Errorf("the other browser is still at %s", other.path())
			}
		})
	}
}

// confirm follows the link of a letter to the end, and once more.
func (v *visitor) confirm(l letter, email string) {
	v.t.Helper()
	v.openLink(l)
	if !v.says(email + " becomes the e-mail of the account of Ada Byron.") {
		v.t.Fatalf("the link leads to %s: %s", v.path(), v.text())
	}
	v.follow("button", "Yes, it is mine")
	if v.path() != "/verify/done" || !v.says("Your e-mail is confirmed") {
		v.t.Errorf("at %s: %s", v.path(), v.text())
	}
	if v.openLink(l); !v.says("Your e-mail is confirmed already") {
		v.t.Errorf("a second time, %s says %s", v.path(), v.text())
	}
	if v.open("/account"); !v.says(email) || !v.says("Verified") || v.says("Not verified") {
		v.t.Errorf("the account says %s", v.text())
	}
}

// changeEmail asks for another e-mail, and confirms it. The old one hears of both.
func (v *visitor) changeEmail(box *mailbox, from, to string) {
	v.t.Helper()
	v.open("/account")
	v.fill("#email", to)
	v.fill("#email-password", "something else")
	if v.follow("form[action='/account/email'] button"); !v.says("That is not your password.") || v.says("A link waits for you") {
		v.t.Errorf("a wrong password: %s", v.text())
	}
	v.fill("#email-password", password)
	v.follow("form[action='/account/email'] button")
	if !v.says("We have sent a link to that address.") || !v.says("A link waits for you at "+to) || !v.says(from) {
		v.t.Errorf("the account says %s", v.text())
	}
	v.wantNotice(box.letter(v.t, from, "Your e-mail at Cardwall is about to change"), to)
	v.confirm(box.letter(v.t, to, "Confirm your e-mail for Cardwall"), to)
	v.wantNotice(box.letter(v.t, from, "Your e-mail at Cardwall was changed"), to)
}

// wantNotice reads a letter that has nothing to click.
func (v *visitor) wantNotice(l letter, about string) {
	v.t.Helper()
	if v.read(l); !v.says(about) || l.Link != "" || v.page.MustHas("a") {
		v.t.Errorf("the notice says %s", v.text())
	}
}

// forget gets somebody in again by a mail, with another password, at whose end the mail's link is over.
func (v *visitor) forget(box *mailbox, email string) {
	v.t.Helper()
	v.open("/sign-in")
	v.follow("a", "Forgot it?")
	v.fill("#email", email)
	v.follow("button", "Send the link")
	if v.path() != "/forgotten/sent" || !v.says("Look into your mail") {
		v.t.Errorf("at %s: %s", v.path(), v.text())
	}
	l := box.letter(v.t, email, "Choose a new password for Cardwall")
	v.openLink(l)
	v.fill("#password", "password")
	if v.follow("button", "Set the password"); !v.says("For "+email+".") || v.path() == "/reset/done" {
		v.t.Errorf("a common password leads to %s: %s", v.path(), v.text())
	}
	v.fill("#password", newPassword)
	v.follow("button", "Set the password")
	if v.path() != "/reset/done" || !v.says("Your password is changed") {
		v.t.Errorf("at %s: %s", v.path(), v.text())
	}
	v.wantNotice(box.letter(v.t, email, "Your password was changed"), "/account")
	if v.openLink(l); !v.says("This link is over") {
		v.t.Errorf("the link leads to %s: %s", v.path(), v.text())
	}
	v.open("/sign-in?return_to=/boards")
	if v.signIn(email); v.path() == "/boards" {
		v.t.Error("the old password still works")
	}
	v.fill("#password", newPassword)
	if v.follow("form button", "Sign in"); v.path() != "/boards" {
		v.t.Errorf("the new password leads to %s: %s", v.path(), v.text())
	}
}

// Where people join by invitation, an operator's word and a mail are the way in; then nobody's is.
func TestPeopleJoinByAnInvitationsMail(t *testing.T) {
	t.Parallel()
	s, box := posted(t, "SIGN_UP", "invite")
	guest := s.guest(t)
	invited := func(email string) letter {
		if code, said := s.web.command(t, "people", "invite", email); code != 0 {
			t.Fatalf("%d %s", code, said)
		}
		return box.letter(t, email, "You are invited to Cardwall")
	}
	l := invited("grace@example.org")
	v := s.visitor(t)
	if v.open("/sign-up"); !v.says("by invitation") || v.page.MustHas("form") {
		t.Errorf("without one: %s", v.text())
	}
	v.openLink(l) // it knows whom it was sent to
	v.fill("#name", "Grace")
	v.fill("#password", password)
	if v.follow("button", "Create account"); !strings.HasPrefix(v.path(), "/boards/") || !v.says("Welcome to Cardwall") {
		t.Fatalf("at %s: %s", v.path(), v.text())
	}
	v.signOut()
	v.openLink(l)
	v.fill("#name", "Mallory")
	v.fill("#email", "mallory@example.org")
	v.fill("#password", password)
	if v.follow("button", "Create account"); !v.says("That invitation was used already") {
		t.Errorf("a second time leads to %s: %s", v.path(), v.text())
	}
	link := strings.TrimPrefix(invited("wren@example.org").Link, s.URL)
	lookAt(t, s, guest, []view{
		{name: "sign-up-invite", path: "/sign-up"}, {name: "sign-up-invited", path: link}, {name: "sign-in-invite", path: "/sign-in"},
	})

	s.web.stop(t)
	s.web.env["SIGN_UP"] = "closed"
	s.web.launch(t)
	s.web.waitUntilReady(t)
	lookAt(t, s, guest, []view{{name: "sign-up-closed", path: link}, {name: "sign-in-closed", path: "/sign-in"}, {name: "landing-closed", path: "/"}})
}
