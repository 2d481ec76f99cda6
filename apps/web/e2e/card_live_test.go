package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
)

// lookers are two people who look at one card: Ada on its own page, Bob over the board.
type lookers struct {
	pair
	wall
	s                             *stack
	adaHerself, bobHimself, grace *person // grace is an owner of the board besides, who looks at nothing
}

// lookAtOneCard has Ada and Bob open the card a.
func lookAtOneCard(t *testing.T) lookers {
	t.Helper()
	s := setup(t)
	l := lookers{s: s, adaHerself: s.person(t, "Ada"), bobHimself: s.person(t, "Bob"), grace: s.person(t, "Grace")}
	l.wall = l.grace.wall(t, "Garden", "a", "b")
	s.joins(t, l.adaHerself, l.wall, "editor")
	s.joins(t, l.bobHimself, l.wall, "editor")
	l.ada, l.bob = s.at(t, l.adaHerself, l.page()+"/cards/1"), s.at(t, l.bobHimself, l.page())
	l.bob.click(".card a", "^a$")
	l.find(".detail h1", "^a$")
	return l
}

// edits has Grace change the card.
func (l lookers) edits(patch kanbanapi.CardPatch) {
	t := l.ada.t
	t.Helper()
	now := must(l.grace.Card(t.Context(), l.ID, "1"))(t)
	must(l.grace.UpdateCard(t.Context(), l.ID, "1", now.Version, patch))(t)
}

// lose waits until neither page has an element.
func (l lookers) lose(selector string) {
	l.ada.t.Helper()
	l.ada.gone(selector)
	l.bob.gone(selector)
}

// All that is on a card follows what others do to it, on its own page and over the board.
func TestAnOpenCardFollowsWhatOthersDo(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	ctx, grace := t.Context(), l.grace
	l.ada.page.MustEval(`() => { document.querySelector("h1").focus(); window.isSame = true }`)

	l.edits(kanbanapi.CardPatch{Title: ref("apple")})
	l.find(".detail h1", "^apple$")
	l.find("[data-lately] li:first-child", "Grace renamed “a” to “apple”")
	l.ada.wantSaid("Grace renamed “a” to “apple”")
	if title := l.ada.page.MustInfo().Title; !strings.HasPrefix(title, "#1 apple") {
		t.Errorf("the tab is called %q", title)
	}
	if name := *l.bob.find("dialog[open]").MustAttribute("aria-label"); name != "apple" {
		t.Errorf("the dialog is called %q", name)
	}
	l.edits(kanbanapi.CardPatch{Description: ref(chores)})
	l.find(".prose .tick[aria-label=Rake]")
	l.find("[data-tasks]", "0 of 2 done")
	l.find(".detail progress")
	l.edits(kanbanapi.CardPatch{DueOn: nullable.NewNullableWithValue(openapi_types.Date{Time: time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)})})
	l.find(".meta [data-key=d]", "2 Jan 2000")
	l.find(".meta .badge.is-late")
	label := must(grace.CreateLabel(ctx, l.ID, kanbanapi.NewLabel{Name: "bug", Hue: kanbanapi.Red}))(t)
	l.find("#labels [name=label]")
	must(grace.LabelCard(ctx, l.ID, "1", label.Id))(t)
	l.find(".meta .labels > .label", "bug")
	must(grace.UpdateLabel(ctx, l.ID, label.Id, label.Version, kanbanapi.LabelPatch{Name: ref("weed")}))(t)
	l.find(".meta .labels > .label", "weed")
	must(grace.AssignCard(ctx, l.ID, "1", must(l.bobHimself.Me(ctx))(t).Id))(t)
	l.find(".meta .labels > .who", "Bob")
	must(grace.MoveCard(ctx, l.ID, "1", kanbanapi.CardMove{ColumnId: l.Columns[1], At: ref(kanbanapi.End)}))(t)
	l.find(".meta summary", "Doing")
	l.find("[data-lately] li:first-child", "Grace moved this card to “Doing”")
	must(grace.UpdateColumn(ctx, l.ID, l.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Now")}))(t)
	l.find(".meta summary", "Now")
	must(grace.UpdateBoard(ctx, l.ID, 1, kanbanapi.BoardPatch{Title: ref("Allotment")}))(t)
	l.find(".detail-head span", "Allotment")
	l.ada.find(".switcher", "Allotment")

	// What each does is on the other's screen too.
	l.ada.click(".tick[aria-label=Hoe]")
	l.find("[data-tasks]", "1 of 2 done")
	l.find(".tick[aria-label=Hoe][aria-checked=true]")
	l.bob.click("dialog button[data-key=i]", "Unassign me")
	l.lose(".meta .labels > .who")
	l.bob.find("dialog button[data-key=i]", "^Assign me")

	// Away, and back.
	must(grace.ArchiveCard(ctx, l.ID, "1"))(t)
	l.find(".detail .notice", "It stays in the archive")
	l.lose(".detail details, .detail button.tick")
	eventually(t, "a screen reader has heard of it", func() bool { return strings.Contains(l.ada.page.MustElement("[data-said]").MustText(), "by ") })
	l.ada.wantNoViolations("a card that somebody archived", true)
	must(grace.RestoreCard(ctx, l.ID, "1"))(t)
	l.find(".detail button.tick")
	l.lose(".detail .notice")
	if !l.ada.page.MustEval(`() => window.isSame && document.activeElement.matches("button.tick, h1")`).Bool() {
		t.Error("the page was loaded anew, or lost the focus")
	}
}

// A card that is deleted says so, keeps what it showed, and comes back by whoever brings it back.
func TestAnOpenCardThatOthersDelete(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	l.edits(kanbanapi.CardPatch{Description: ref(chores)})
	l.find(".prose .tick[aria-label=Rake]")
	l.ada.wantSaid("Grace changed the description of this card")
	remove := func() {
		t.Helper()
		card := must(l.grace.Card(t.Context(), l.ID, "1"))(t)
		if _, err := l.grace.DeleteCard(t.Context(), l.ID, "1", card.Version); err != nil {
			t.Fatal(err)
		}
	}
	l.ada.click(".tick[aria-label=Rake]")
	l.find(".tick[aria-label=Rake][aria-checked=true]")
	remove()
	l.find("[data-deleted]", "Grace deleted this card\\.")
	l.find(".tick:disabled[aria-checked=true]")
	for _, fact := range []string{"^To do$", "^Nobody$", "^None$"} {
		l.find(".meta dd", fact)
	}
	l.lose(".detail details, .detail .actions :is(a, button)")
	l.ada.wantSaid("Grace deleted this card")
	l.ada.wantFocus("h1")
	l.ada.wantNoViolations("a card that somebody deleted", true)
	l.bob.wantNoViolations("a card over the board that somebody deleted", true)

	l.bob.click("dialog [data-deleted] button", "Restore the card")
	l.find(".detail button.tick:not(:disabled)")
	l.lose("[data-deleted]")
	remove()
	l.find("[data-deleted]", "Grace deleted this card\\.")
	l.ada.follow("[data-deleted] button", "Restore the card")
	l.find(".detail button.tick:not(:disabled)")
	l.bob.hit(input.Escape)
	l.bob.becomes("To do: a b", "Doing: ", "Done: ")
}

// Whoever may change the card no more, or again, finds its controls gone, or there, and is told why.
func TestRightsTurnTheControlsOfAnOpenCard(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	ctx := t.Context()
	offered := func(want bool) {
		t.Helper()
		for _, v := range []*visitor{l.ada, l.bob} {
			eventually(t, "the controls are as they should be", func() bool {
				return v.page.MustHas(".detail details") == want && v.page.MustHas(".actions [data-key=m]") == want
			})
		}
	}
	becomes := func(role kanbanapi.Role) {
		t.Helper()
		for _, who := range []*person{l.adaHerself, l.bobHimself} {
			must(l.grace.ChangeRole(ctx, l.ID, must(who.Me(ctx))(t).Id, role))(t)
		}
	}
	becomes(kanbanapi.Viewer)
	l.find(".toast", "Grace made you a viewer of this board\\.")
	offered(false)
	becomes(kanbanapi.Editor)
	offered(true)
	l.ada.wantSaid("Grace made you an editor of this board.")
	l.bob.find("[data-editable=true]")

	must(l.grace.ArchiveBoard(ctx, l.ID))(t)
	l.find(".toast", "Grace archived this board\\.")
	offered(false)
	l.find(".detail .notice", "This board is in the archive: it can be read, not changed\\.")
	l.ada.wantNoViolations("a card on a board that somebody archived", true)
	must(l.grace.RestoreBoard(ctx, l.ID))(t)
	offered(true)
	must(l.grace.ArchiveColumn(ctx, l.ID, l.Columns[0]))(t)
	offered(false)
	l.find(".detail .notice", "away with its column")
	must(l.grace.RestoreColumn(ctx, l.ID, l.Columns[0]))(t)
	offered(true)

	must(l.grace.RemoveMember(ctx, l.ID, must(l.adaHerself.Me(ctx))(t).Id))(t)
	l.ada.find(".live-pill", "You are no longer on this board\\.")
	l.ada.gone(".detail details, .actions :is(a, button)")
	l.ada.find(".meta dd", "To do")
	l.ada.find(".meta dd", "^Nobody$")
	l.ada.wantNoViolations("a card whose reader is no longer on the board", true)
	board := must(l.grace.Board(ctx, l.ID))(t)
	if _, err := l.grace.DeleteBoard(ctx, l.ID, board.Version); err != nil {
		t.Fatal(err)
	}
	l.bob.find(".live-pill", "This board was deleted\\.")
	l.bob.gone(".detail details, .actions :is(a, button)")
	l.ada.find(".live-pill", "You are no longer on this board\\.")
}
