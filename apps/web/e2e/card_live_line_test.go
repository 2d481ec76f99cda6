package e2e_test

import (
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// A card's own page listens as a wall does: by its browser's one stream, not out of sight, and again once there is a network.
func TestACardsPageListensAsAWallDoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := grace.wall(t, "Garden", "a")
	s.joins(t, ada, w, "editor")
	rename := func(title string) {
		t.Helper()
		now := must(grace.Card(t.Context(), w.ID, "1"))(t)
		must(grace.UpdateCard(t.Context(), w.ID, "1", now.Version, kanbanapi.CardPatch{Title: &title}))(t)
	}
	first := s.visitor(t)
	first.borrow(ada)
	first.page.MustEvalOnNewDocument(hurried(30_000))
	v := first.tab()
	v.page.MustEvalOnNewDocument(hurried(30_000))
	streams := []*streams{first.countStreams(), v.countStreams()}
	first.open(w.page())
	v.open(w.page() + "/cards/1")
	rename("b")
	first.becomes("To do: b", "Doing: ", "Done: ")
	v.find("h1", "^b$")
	if open := streams[0].count() + streams[1].count(); open != 1 {
		t.Errorf("a wall and a card's page have %d streams", open)
	}

	first.hide(true)
	rename("c")
	v.find("h1", "^c$")
	v.hide(true)
	eventually(t, "neither listens any more", func() bool { return streams[0].count()+streams[1].count() == 0 })
	rename("d")
	v.hide(false)
	v.find("h1", "^d$")

	v.offline(true)
	v.find(".live-pill", "^Offline since \\S+( [AP]M)?$")
	v.wantNoViolations("a card's page without a network", true)
	rename("e")
	v.offline(false)
	v.find("h1", "^e$")
	eventually(t, "nothing is said of the connection", func() bool { return v.page.MustElement(".live-pill").MustText() == "" })
	second := v.tab()
	second.open("/boards")
	second.signOut()
	v.find(".live-pill", "You are signed out")
	if !v.page.MustHas("#edit-title") {
		t.Error("what one can do once one is signed in again is gone")
	}
}

// Whoever was away when a board was deleted is told so once they are back, if they are on it still; whoever was taken off it learns
// nothing of what became of it.
func TestWhoWasAwayWhenTheyLostABoardIsToldWhy(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	for _, v := range []*visitor{l.ada, l.bob} {
		v.offline(true)
		v.find(".live-pill", "Offline since")
	}
	must(l.grace.RemoveMember(t.Context(), l.ID, must(l.adaHerself.Me(t.Context()))(t).Id))(t)
	board := must(l.grace.Board(t.Context(), l.ID))(t)
	if _, err := l.grace.DeleteBoard(t.Context(), l.ID, board.Version); err != nil {
		t.Fatal(err)
	}
	l.ada.offline(false)
	l.bob.offline(false)
	l.ada.find(".live-pill", "^You are no longer on this board\\. ")
	l.bob.find(".live-pill", "^This board was deleted\\. ")
	l.lose(".detail details")
	if said := l.ada.text(); strings.Contains(said, "deleted") {
		t.Errorf("who was taken off reads %q", said)
	}
}
