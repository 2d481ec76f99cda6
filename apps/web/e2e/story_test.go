package e2e_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// lines are the seqs of what a story tells, from the top.
func (v *visitor) lines() []int {
	v.t.Helper()
	var seqs []int
	for _, line := range v.page.MustElements("[data-story] [data-seq]") {
		seqs = append(seqs, must(strconv.Atoi(*line.MustAttribute("data-seq")))(v.t))
	}
	return seqs
}

// What happened on a board lies in a drawer over its wall, and each thing in it leads to where it is.
func TestTheDrawerTellsWhatHappened(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.furnish(t, 66)
	all := int(must(ada.Board(t.Context(), w.ID))(t).Seq)
	v := s.at(t, ada, w.page())

	v.on("Buy seeds")
	v.hit('g', 'a')
	v.find("dialog[open] h1", "Activity")
	if v.path() != w.page()+"/activity" {
		t.Errorf("the drawer is at %s", v.path())
	}
	eventually(t, "all is told on the way down", func() bool {
		v.page.MustEval(`() => { document.querySelector("dialog[open]").scrollTop = 1e6 }`)
		return len(v.lines()) == all && !v.page.MustHas("[data-older]")
	})
	if lines := v.lines(); !slices.IsSortedFunc(lines, func(a, b int) int { return b - a }) || lines[all-1] != 1 {
		t.Errorf("told in the order %v", lines)
	}
	if days := v.page.MustElements("[data-story] h2"); len(days) != 1 || days[0].MustText() != "Today" {
		t.Errorf("%d days of one", len(days))
	}
	v.page.MustEval(`() => { document.querySelector("dialog[open]").scrollTop = 0 }`)
	v.click("dialog .story a", "Dig the beds")
	v.find("dialog[open] h1", "Dig the beds")
	v.find("#h-story")
	v.page.MustNavigateBack()
	v.find("dialog[open] h1", "^Activity$")
	v.hit(input.Escape)
	v.wantShut(w.page(), ".app-bar [data-key=ga]")

	v.on("Buy seeds")
	v.answers("/move", 200, func() { v.hit('>') })
	v.click(".app-bar [data-key=ga]")
	v.find("dialog .story li:first-child", "Ada moved “Buy seeds” to “Doing”")
	v.click("dialog .story li:first-child a", "Doing")
	v.wantShut(w.page(), "#column-"+w.Columns[1].String()+" h2 a")
}

// What somebody else does is told while one reads: in the drawer, and on a card's page over the wall.
func TestWhatIsReadOfAStoryGoesOn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wall(t, "Garden", "a", "b")
	s.joins(t, bob, w, "editor")
	v := s.at(t, ada, w.page())
	v.click(".app-bar [data-key=ga]")
	v.find("dialog[open] .story li")
	v.hit(input.Tab)
	held := v.focus()
	must(bob.ArchiveCard(t.Context(), w.ID, "2"))(t)
	v.find("dialog .story li:first-child", "Grace archived “b”")
	if lines := v.lines(); v.focus() != held || !slices.IsSortedFunc(lines, func(a, b int) int { return b - a }) || len(slices.Compact(lines)) != len(lines) {
		t.Errorf("the focus went from %s to %s, told is %v", held, v.focus(), lines)
	}
	v.hit(input.Escape)
	v.click(".card a", "^a$")
	v.find("dialog[open] [data-lately]", "Ada added this card")
	must(bob.ArchiveCard(t.Context(), w.ID, "1"))(t)
	v.find("dialog[open] [data-lately] li:first-child", "Grace archived this card")
}

func TestTheStoryIsToldWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.furnish(t, 66)
	all := int(must(ada.Board(t.Context(), w.ID))(t).Seq)
	v := s.visitor(t)
	v.borrow(ada)
	v.script(false)
	v.open(w.page())
	v.follow(".app-bar a", "Activity")
	told := v.lines()
	for len(told) < all {
		v.follow("a", "^Older$")
		told = append(told, v.lines()...)
	}
	if !slices.IsSortedFunc(told, func(a, b int) int { return b - a }) || len(slices.Compact(told)) != all || v.page.MustHas("[data-older]") {
		t.Errorf("the pages tell %v", told)
	}
	v.follow("a", "^Newest$")
	v.follow(".story a", "Dig the beds")
	v.find("#h-story")
	if got := v.find(".detail .story li:last-child").MustText(); !strings.Contains(got, "Ada added this card to “Doing”") {
		t.Errorf("the card began with %q", got)
	}
}
