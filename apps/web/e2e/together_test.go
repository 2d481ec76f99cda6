package e2e_test

import (
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
)

// pair are two people who look at one board.
type pair struct{ ada, bob *visitor }

// see waits until both walls show an order.
func (p pair) see(want ...string) {
	p.ada.t.Helper()
	p.ada.becomes(want...)
	p.bob.becomes(want...)
}

// find waits until both pages have an element.
func (p pair) find(selector string, text ...string) {
	p.ada.t.Helper()
	p.ada.find(selector, text...)
	p.bob.find(selector, text...)
}

// Two people come together on a board, work on it, and part: each sees what the other does, at every step.
func TestTwoPeopleTogetherOnOneBoard(t *testing.T) {
	t.Parallel()
	s, box := posted(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	a, bob := s.at(t, ada, w.page()), s.person(t, "Bob")
	b, members := s.visitor(t), a.tab()
	b.borrow(bob)
	p := pair{a, b}

	// Invited and joined.
	members.open(w.page() + "/members")
	members.fill("#invite", "bob@example.net")
	members.follow("button", "^Invite$")
	b.openLink(box.letter(t, "bob@example.net", "Ada invites you to a board"))
	b.follow("button", "^Join$")
	p.see("To do: a b c", "Doing: ", "Done: ")
	members.reload()
	members.find("#members", "Bob")

	// Moved, by each.
	a.on("a")
	a.hit('>')
	p.see("To do: b c", "Doing: a", "Done: ")
	b.wantSaid("Ada moved “a” to Doing")
	b.on("b")
	b.hit('>', '>')
	p.see("To do: c", "Doing: a", "Done: b")

	// Added, edited, labelled.
	a.addCard("seeds")
	p.see("To do: c seeds", "Doing: a", "Done: b")
	p.find("#card-4 .card-no", "#4")
	b.on("seeds")
	b.hit('e')
	b.write(b.find(".rename textarea"), "red seeds")
	b.hit(input.Enter)
	p.see("To do: c red seeds", "Doing: a", "Done: b")
	label := must(bob.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "bug", Hue: kanbanapi.Red}))(t)
	must(bob.LabelCard(t.Context(), w.ID, "1", label.Id))(t)
	must(bob.AssignCard(t.Context(), w.ID, "1", must(bob.Me(t.Context()))(t).Id))(t)
	must(bob.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: ref("Early"), DueOn: nullable.NewNullableWithValue(openapi_types.Date{Time: time.Now()})}))(t)
	p.find("#card-1 .label", "bug")
	p.find("#card-1 .badge", "Has a description")
	p.find("#card-1 .due")
	p.find("#card-1 .who[title=Bob]")
	p.find("#card-1[data-version='2']")

	// Archived, and undone.
	a.on("c")
	a.hit('c')
	p.see("To do: red seeds", "Doing: a", "Done: b")
	a.hit('z')
	p.see("To do: c red seeds", "Doing: a", "Done: b")

	// Both write one title.
	b.on("c")
	b.hit('e')
	b.write(b.find(".rename textarea"), "by_Bob")
	a.on("c")
	a.hit('e')
	a.write(a.find(".rename textarea"), "by_Ada")
	a.hit(input.Enter)
	a.becomes("To do: by_Ada red seeds", "Doing: a", "Done: b")
	b.follow(".rename button", "Save title")
	b.find("h1", "Ada saved this card while you were writing")
	b.follow("button", "Keep mine")
	b.open(w.page())
	p.see("To do: by_Bob red seeds", "Doing: a", "Done: b")

	// Each works while Bob has no network.
	b.offline(true)
	b.on("a")
	b.hit('>')
	b.becomes("To do: by_Bob red seeds", "Doing: ", "Done: b a")
	b.find(".live-pill", "Offline since")
	a.on("red seeds")
	a.hit('>')
	a.becomes("To do: by_Bob", "Doing: a red seeds", "Done: b")
	b.wantOrder("To do: by_Bob red seeds", "Doing: ", "Done: b a")
	b.offline(false)
	p.see("To do: by_Bob", "Doing: red seeds", "Done: b a")
	eventually(t, "nothing is said of the connection", func() bool { return b.page.MustElement(".live-pill").MustText() == "" })

	// Parted.
	members.reload()
	members.click("#members li:nth-child(2) summary", "remove")
	members.follow(".asks[open] button", "Remove")
	b.find(".live-pill", "You are no longer on this board\\.")
	a.on("by_Bob")
	a.hit('>')
	a.becomes("To do: ", "Doing: red seeds by_Bob", "Done: b a")
	b.wantOrder("To do: by_Bob", "Doing: red seeds", "Done: b a")
}
