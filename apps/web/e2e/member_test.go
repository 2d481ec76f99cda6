package e2e_test

import (
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// Two people come together on a board by a mail, and part again.
func TestSomebodyIsInvitedJoinsAndIsTakenOff(t *testing.T) {
	t.Parallel()
	s, box := posted(t)
	ada := s.person(t, "Ada")
	for name, on := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, email := ada.wall(t, "Garden", "a"), strings.ToLower(name)+"@example.org"
			members := w.page() + "/members"
			v, grace := s.at(t, ada, w.page()), s.visitor(t)
			v.script(on)
			grace.script(on)

			v.open(w.page())
			v.follow(".pages a", "Members")
			v.fill("#invite", "grace")
			v.page.MustEval(`() => { document.querySelector("form.adding").noValidate = true }`)
			if v.follow("button", "^Invite$"); !v.says("This isn't an e-mail address.") {
				t.Errorf("what is no e-mail: %s", v.text())
			}
			v.fill("#invite", email)
			if v.follow("button", "^Invite$"); !v.says(email) || !v.says("To be an editor.") || v.path() != members {
				t.Fatalf("at %s: %s", v.path(), v.text())
			}

			l := box.letter(t, email, "Ada invites you to a board")
			if grace.read(l); !grace.says("“Garden”") {
				t.Errorf("the mail says %s", grace.text())
			}
			grace.openLink(l)
			if !grace.says("You are invited to a board") || grace.says("Garden") {
				t.Errorf("a guest reads %s", grace.text())
			}
			grace.follow("a", "Create an account")
			grace.fill("#name", "Grace")
			grace.fill("#email", email)
			grace.fill("#password", password)
			if grace.follow("button", "Create account"); !grace.says("Join “Garden”?") || !grace.says("Ada invites you to this board, as an editor.") {
				t.Fatalf("signed up, she is at %s: %s", grace.path(), grace.text())
			}
			if grace.follow("button", "^Join$"); grace.path() != w.page() {
				t.Fatalf("joined, she is at %s: %s", grace.path(), grace.text())
			}
			for who, visitor := range map[string]*visitor{"Ada": v, "Grace": grace} {
				visitor.open(members)
				if text := visitor.find("#members").MustText(); !strings.Contains(text, "Ada") || !strings.Contains(text, "Grace") || visitor.says("Not here yet") {
					t.Errorf("%s reads %s", who, visitor.text())
				}
			}
			if grace.page.MustHas("select") || grace.says("ada@") {
				t.Error("an editor is offered what owners do, or reads an e-mail")
			}
			if grace.openLink(l); grace.path() != w.page() {
				t.Errorf("a second time the link leads to %s: %s", grace.path(), grace.text())
			}

			v.choose("#members li:nth-child(2) select", "Viewer")
			v.follow("#members li:nth-child(2) button", "Save")
			if !v.says("Made Grace a viewer.") {
				t.Errorf("it says %s", v.text())
			}
			v.click("#members li:nth-child(2) summary", "remove")
			if v.follow(".asks[open] button", "Remove"); strings.Contains(v.find("#members").MustText(), "Grace") || !v.says("Took Grace off the board.") {
				t.Errorf("it says %s", v.text())
			}
			if grace.open(w.page()); grace.status() != 404 || !grace.says("There is no such board, or you are not on it.") {
				t.Errorf("%d: %s", grace.status(), grace.text())
			}
			if grace.openLink(l); !grace.says("This invitation is over") {
				t.Errorf("taken off, she is led to %s by the link: %s", grace.path(), grace.text())
			}
		})
	}
}

// Where joining takes an invitation, one to a board is one; where nobody new can join, it says so.
func TestAnInvitationToABoardLetsSomebodyNewIn(t *testing.T) {
	t.Parallel()
	s, box := posted(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	mode := func(signUp string) {
		s.web.stop(t)
		s.web.env["SIGN_UP"] = signUp
		s.web.launch(t)
		s.web.waitUntilReady(t)
	}
	mode("invite")
	invite := func(email string) (kanbanapi.Invitation, *visitor, letter) {
		v := s.at(t, ada, w.page()+"/members")
		v.fill("#invite", email)
		v.follow("button", "^Invite$")
		l := box.letter(t, email, "Ada invites you to a board")
		guest := s.visitor(t)
		guest.openLink(l)
		guest.follow("a", "Create an account")
		guest.fill("#name", "Grace")
		guest.fill("#email", email)
		guest.fill("#password", password)
		return must(ada.Invitations(t.Context(), w.ID))(t).Items[0], guest, l
	}

	withdrawn, guest, _ := invite("wren@example.org")
	must(ada.WithdrawInvitation(t.Context(), w.ID, withdrawn.Id))(t)
	if guest.follow("button", "Create account"); !guest.says("That invitation was used already, or its time is over.") {
		t.Errorf("a withdrawn one leads to %s: %s", guest.path(), guest.text())
	}
	_, grace, l := invite("grace@example.org")
	if grace.follow("button", "Create account"); !grace.says("Join “Garden”?") {
		t.Fatalf("signed up, she is at %s: %s", grace.path(), grace.text())
	}
	if grace.follow("button", "^Join$"); grace.path() != w.page() {
		t.Errorf("joined, she is at %s: %s", grace.path(), grace.text())
	}

	mode("closed")
	lookAt(t, s, s.guest(t), []view{{name: "invitation-closed", path: strings.TrimPrefix(l.Link, s.URL)}})
	lookAt(t, s, ada, []view{{name: "members-closed", path: w.page() + "/members"}})
	late := s.visitor(t)
	if late.openLink(l); !late.says("This Cardwall takes no new people") || late.page.MustHas(`main a[href^="/sign-up"]`) {
		t.Errorf("where nobody new can join it says %s", late.text())
	}
	if v := s.at(t, ada, w.page()+"/members"); !v.says("This Cardwall takes no new people: invite those who have an account here.") {
		t.Errorf("who invites reads %s", v.text())
	}
}

// Whoever has an account, and has shown that the e-mail is theirs, finds the invitation among their boards.
func TestAnInvitationWaitsOnThePageOfBoards(t *testing.T) {
	t.Parallel()
	s, box := posted(t)
	ada := s.person(t, "Ada")
	garden, orchard := ada.wall(t, "Garden"), ada.wall(t, "Orchard")
	v := s.visitor(t)
	v.signUp("Ada Byron", "grace@example.org")
	v.confirm(box.letter(t, "grace@example.org", "Confirm your e-mail for Cardwall"), "grace@example.org")
	for _, w := range []wall{garden, orchard} {
		must(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: "grace@example.org", Role: kanbanapi.Viewer}))(t)
	}
	if v.open("/boards"); !v.says("You are invited to Garden") || !v.says("You are invited to Orchard") {
		t.Fatalf("it says %s", v.text())
	}
	if v.follow("button", "Decline[^]*Orchard"); v.says("You are invited to Orchard") || v.path() != "/boards" {
		t.Errorf("at %s: %s", v.path(), v.text())
	}
	if v.follow("button", "Join[^]*Garden"); v.path() != garden.page() {
		t.Errorf("at %s: %s", v.path(), v.text())
	}
	v.open(garden.page() + "/members")
	v.click("#members summary", "Leave")
	if v.follow("button", "Leave this board"); v.path() != "/boards" || v.says("Garden") {
		t.Errorf("at %s: %s", v.path(), v.text())
	}
}

// Who is to do a card is chosen on its page, and told on its face; the filter finds it.
func TestWhoIsToDoACardIsOnItsFace(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for name, on := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := ada.wall(t, "Garden", "a", "b")
			v := s.at(t, ada, w.page()+"/cards/1")
			v.script(on)
			v.open(w.page() + "/cards/1")
			v.click("#assignees summary")
			v.click("#assignees label", "Ada")
			if !on {
				v.follow("#assignees button", "Save")
			}
			v.find("dd > .who", "Ada")
			if v.open(w.page()); v.find("#card-1 .who").MustProperty("title").String() != "Ada" || v.page.MustHas("#card-2 .who") {
				t.Errorf("the wall says %s", v.text())
			}
			v.open(w.page() + "?q=%40me")
			v.wantOrder("To do: a", "Doing: ", "Done: ")
			v.open(w.page() + "/cards/1")
			press := v.click // the answer takes the page's place
			if !on {
				press = v.follow
			}
			press("button", "^Unassign me$")
			v.find("button", "^Assign me$")
			if v.open(w.page()); v.page.MustHas("#card-1 .who") {
				t.Error("she is still on it")
			}
		})
	}
}

func memberViews(t *testing.T, s *stack, ada *person) []view {
	t.Helper()
	w, grace := ada.wall(t, "Garden of many"), s.person(t, "Graceful")
	me := must(grace.Me(t.Context()))(t)
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, w.ID, me.Id)
	s.apiDB.exec(t, `UPDATE kanban.people SET name = 'Grace Brewster Murray Hopper, Rear Admiral' WHERE id = $1`, me.Id)
	must(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: "somebody.with.a.long.name@a-long-domain.example.org", Role: kanbanapi.Viewer}))(t)
	waits := must(ada.Invite(t.Context(), w.ID, kanbanapi.NewInvitation{Email: "hedy@example.org", Role: kanbanapi.Owner}))(t)
	sealed := must(ada.SealInvitation(t.Context(), w.ID, waits.Id))(t)
	members := w.page() + "/members"
	return []view{
		{name: "members", path: members},
		{name: "members-remove", path: members, then: func(v *visitor) { v.click("#members li:nth-child(2) summary") }},
		{name: "members-link", path: members, then: func(v *visitor) { v.follow("#invitations li:last-child button", "Get a link") }},
		{name: "members-refused", path: members, then: func(v *visitor) {
			v.fill("#invite", "hedy@example.org")
			v.follow("button", "^Invite$")
		}},
		{name: "invitation", path: "/invitation?token=" + sealed.Secret},
		{name: "invitation-over", path: "/invitation?token=x"},
	}
}
