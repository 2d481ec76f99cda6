package e2e_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgserver"
)

// Both databases are dumped and restored elsewhere, and Cardwall goes on from there: nobody is signed out, the board is as
// it was, and takes changes.
func TestADumpRestoredElsewhereIsWholeAndGoesOn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("Über den Zaun 🌻")}))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	before, seq := ada.order(t, w.ID), must(ada.Board(t.Context(), w.ID))(t).Seq

	s.webDB = s.web.moveTo(t, s.webDB)
	s.apiDB = s.api.moveTo(t, s.apiDB)
	s.web.waitUntilReady(t)
	s.api.waitUntilReady(t)

	wantSession(t, ada)
	if got := ada.order(t, w.ID); !slices.Equal(got, before) {
		t.Errorf("the board is %q, was %q", got, before)
	}
	if got := must(ada.Board(t.Context(), w.ID))(t).Seq; got != seq {
		t.Errorf("seq is %d, was %d", got, seq)
	}
	must(ada.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Since then"}))(t)
	if got := ada.signIn(t); got.Status != 200 {
		t.Errorf("a sign-in: %d %s", got.Status, got.Body)
	}
}

// moveTo dumps the app's database and runs the app on what is restored from that.
func (a *app) moveTo(t *testing.T, from database) database {
	t.Helper()
	dump := filepath.Join(t.TempDir(), a.name+".dump")
	postgresTool(t, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file="+dump, from.URL)
	to := newDatabase(t, from.Admin, a.name)
	postgresTool(t, "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname="+to.URL, dump)
	a.stop(t)
	a.env["DATABASE_URL"] = to.URL
	a.launch(t)
	return to
}

// postgresTool runs a program of the server's, or else of a client's package.
func postgresTool(t *testing.T, name string, args ...string) {
	t.Helper()
	program := filepath.Join(must(pgserver.Find())(t), name)
	if _, err := exec.LookPath(program); err != nil {
		program = name
	}
	if said, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, said)
	}
}
