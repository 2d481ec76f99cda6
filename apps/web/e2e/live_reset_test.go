package e2e_test

import (
	"testing"

	"cardwall/packages/kanbanapi"
)

// A database is set back to an older state, as after a disaster: pages that stand open take the wall as it was then, and hear what
// is done from there on, though it has numbers and versions that they have seen already. So does one that was asleep meanwhile.
func TestPagesGoOnFromADatabaseThatIsSetBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, bob := s.person(t, "Ada"), s.person(t, "Bob")
	w := ada.wall(t, "Garden", "a", "b", "c")
	s.joins(t, bob, w, "editor")
	rename := func(version int, title string) {
		t.Helper()
		must(ada.UpdateCard(t.Context(), w.ID, "1", version, kanbanapi.CardPatch{Title: ref(title)}))(t)
	}
	older := s.apiDB
	s.apiDB = s.api.moveTo(t, older)
	s.api.waitUntilReady(t)
	awake := s.at(t, bob, w.page())
	asleep := awake.tab()
	asleep.page.MustEvalOnNewDocument(hurried(30_000))
	asleep.open(w.page())
	rename(1, "lost")
	card := s.at(t, ada, w.page()+"/cards/1")
	asked := card.countsReads()
	card.find("h1", "^lost$")
	rename(2, "lost_too")
	card.find("h1", "^lost_too$") // it has been told
	awake.sends("b")              // its reader's own
	awake.becomes("To do: lost_too c", "Doing: b", "Done: ")
	awake.answers("/move", 200, func() { awake.sends("b") })
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[2], Title: "d"}))(t)
	for _, v := range []*visitor{awake, asleep} {
		v.becomes("To do: lost_too c", "Doing: ", "Done: b d")
	}
	asleep.hide(true)

	s.api.stop(t)
	s.api.env["DATABASE_URL"] = older.URL
	s.apiDB = older
	s.api.again(t)
	awake.becomes("To do: a b c", "Doing: ", "Done: ")
	card.find("h1", "^a$")
	drawn := asked()
	card.patiently()
	if n := asked() - drawn; n > 0 {
		t.Errorf("for what it was told of the other database it asks %d times more", n)
	}
	asleep.wantOrder("To do: lost_too c", "Doing: ", "Done: b d")
	rename(1, "new")
	must(ada.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	awake.becomes("To do: new b", "Doing: c", "Done: ")
	card.find("h1", "^new$")
	asleep.hide(false)
	asleep.becomes("To do: new b", "Doing: c", "Done: ")
	rename(2, "newer")
	for _, v := range []*visitor{awake, asleep} {
		v.becomes("To do: newer b", "Doing: c", "Done: ")
	}

	// What one does is sent and drawn as ever.
	awake.answers("/move", 200, func() { awake.sends("b") })
	ada.wantStored(t, w, "newer", "c b", "")
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t)
	for _, v := range []*visitor{awake, asleep} {
		v.becomes("To do: ", "Doing: c b", "Done: newer")
	}
}
