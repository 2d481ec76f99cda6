package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

// joins puts somebody on a board.
func (s *stack) joins(t *testing.T, who *person, w wall, role string) {
	t.Helper()
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, $3)`, w.ID, must(who.Me(t.Context()))(t).Id, role)
}

// becomes waits until the wall shows an order, and nothing slides there any more.
func (v *visitor) becomes(want ...string) {
	v.t.Helper()
	eventually(v.t, fmt.Sprintf("the wall becomes %q", want), func() bool {
		return slices.Equal(v.order(), want) && v.page.MustEval(`() => document.getAnimations().length === 0`).Bool()
	})
}

// deaf keeps a page from hearing of what others do: it shows what it was drawn with.
func (v *visitor) deaf() {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkSetBlockedURLs{Urls: []string{"*/api/v1/events*"}}.Call(v.page))
}

// What is seldom done comes too: columns, the board's name, the archive.
func TestColumnsAndTheBoardOfOthers(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b")
	s.joins(t, bob, w, "viewer")
	v := s.at(t, bob, w.page())
	v.card("b").MustElement("a").MustFocus()

	later := must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later"}))(t)
	must(ada.MoveColumn(t.Context(), w.ID, later.Id, kanbanapi.ColumnMove{Before: &w.Columns[1]}))(t)
	v.becomes("To do: a b", "Later: ", "Doing: ", "Done: ")
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: later.Id, At: ref(kanbanapi.End)}))(t)
	v.becomes("To do: b", "Later: a", "Doing: ", "Done: ")
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Now"), WipLimit: nullable.NewNullableWithValue(2)}))(t)
	v.becomes("To do: b", "Later: a", "Now: ", "Done: ")
	v.find(".column .count", "0 / 2")
	must(ada.ArchiveColumn(t.Context(), w.ID, later.Id))(t)
	v.becomes("To do: b", "Now: ", "Done: ")
	board := must(ada.Board(t.Context(), w.ID))(t)
	must(ada.UpdateBoard(t.Context(), w.ID, board.Version, kanbanapi.BoardPatch{Title: ref("Allotment")}))(t)
	v.find(".switcher summary", "Allotment")
	must(ada.ArchiveBoard(t.Context(), w.ID))(t)
	v.find(".archived-banner", "in the archive")
	if !v.card("b").MustElement("a").MustEval(`() => document.activeElement === this`).Bool() {
		t.Error("the focus was lost on the way")
	}
}

// What somebody has in hand, writes in or looks at stays as it is while others work, and is drawn when they let go.
func TestWhatIsInHandWaits(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b", "c")
	s.joins(t, bob, w, "editor")
	v := s.at(t, bob, w.page())
	to := func(column int) kanbanapi.CardMove {
		return kanbanapi.CardMove{ColumnId: w.Columns[column], At: ref(kanbanapi.End)}
	}

	v.card("a").MustElement("a").MustFocus()
	v.hit('e')
	v.write(v.find(".rename textarea"), "half")
	must(ada.MoveCard(t.Context(), w.ID, "1", to(1)))(t)
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("apple")}))(t)
	must(ada.MoveCard(t.Context(), w.ID, "3", to(2)))(t)
	v.becomes("To do: a b", "Doing: ", "Done: c")
	if got := v.page.MustEval(`() => document.activeElement.value`).Str(); got != "half" {
		t.Errorf("what is written there is %q", got)
	}
	v.hit(input.Escape)
	v.becomes("To do: b", "Doing: apple", "Done: c")

	v.carry("b", v.column(2), 0)
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	must(ada.MoveCard(t.Context(), w.ID, "1", to(0)))(t)
	eventually(t, "the other card moved", func() bool { return strings.Contains(v.order()[0], "apple") })
	if !v.page.MustHas(".card.is-slot") {
		t.Error("the card was taken out of the hand")
	}
	v.drop()
	v.becomes("To do: apple", "Doing: ", "Done: c")

	v.click(".card a", "^apple$")
	v.find("dialog[open] h1", "apple")
	v.click("dialog[open] .block summary", "Edit|Write|Add")
	v.fill("dialog[open] textarea[name=description]", "half a text")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Title: ref("pear")}))(t)
	v.find("dialog[open] h1", "pear")
	text := func() string { return v.find("dialog[open] textarea[name=description]").MustProperty("value").Str() }
	if got := text(); got != "half a text" {
		t.Errorf("what is written there is %q", got)
	}

	// What asks for something about the card says so.
	v.click("dialog[open] a", "Move to…")
	v.find("dialog[open] h1", "Move “pear”")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 3, kanbanapi.CardPatch{Title: ref("plum")}))(t)
	v.find("dialog[open] .changed-note", "Ada changed this card")
	v.wantNoViolations("a page about a card that somebody changes", true)
	v.click("dialog[open] .changed-note button", "Show")
	v.find("dialog[open] h1", "Move “plum”")
	v.page.MustNavigateBack()
	v.find("dialog[open] h1", "^plum$")
	eventually(t, "the text is there still", func() bool { return text() == "half a text" })
}

// A second page of one's own shows what one does on the first, which draws nothing of its own once more.
func TestASecondPageOfOnesOwn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	first := s.at(t, ada, w.page())
	second := first.tab()
	second.open(w.page())
	first.card("a").MustElement("a").MustFocus()
	first.hit('>')
	second.becomes("To do: b", "Doing: a", "Done: ")
	second.card("b").MustElement("a").MustFocus()
	second.hit('>')
	first.becomes("To do: ", "Doing: a b", "Done: ")
	rename := func(v *visitor, card string, to ...input.Key) {
		v.on(card)
		v.hit('e')
		v.hit(append(to, input.Enter)...)
	}
	rename(first, "a", 'f', 'i', 'g')
	second.becomes("To do: ", "Doing: fig b", "Done: ")
	rename(second, "b", 'p', 'e', 'a')
	faces := func() string {
		return first.page.MustEval(`() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/faces?")).join()`).Str()
	}
	eventually(t, "it asks how the other card looks", func() bool { return strings.Contains(faces(), w.Cards[1].Id.String()) })
	if asked := faces(); strings.Contains(asked, w.Cards[0].Id.String()) {
		t.Errorf("it asks how its own looks: %s", asked)
	}
	if got := first.page.MustElement("[data-said]").MustText(); got != "" {
		t.Errorf("one is told of what one did oneself: %q", got)
	}
}
