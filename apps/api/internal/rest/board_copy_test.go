package rest_test

import (
	"net/url"
	"strings"
	"testing"

	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// read reads a board as somebody and returns it with its entity tag.
func (p *person) read(t *testing.T, w wall) (board kanbanapi.Board, tag string) {
	t.Helper()
	return must(p.Board(t.Context(), w.ID))(t), p.tag(t, w.ID)
}

// at is the same person, who calls another replica of the api.
func (p *person) at(t *testing.T, replica *api) *person {
	t.Helper()
	other := replica.person(t, p.Name)
	other.Person = p.Person
	return other
}

// shared is a board that Ada owns and Bob edits, of which the api has a copy for both.
func shared(t *testing.T) (a *api, ada, bob *person, w wall) {
	t.Helper()
	a = setup(t)
	ada, bob = a.person(t, "Ada"), a.person(t, "Bob")
	w = ada.wall(t, "a", "b")
	a.member(t, w.ID, bob, "editor")
	ada.read(t, w)
	bob.read(t, w)
	return a, ada, bob, w
}

func TestAFilteredBoardThatNobodyChangedIsReadWithOneStatement(t *testing.T) {
	t.Parallel()
	book, config := &ledger{}, pgtest.New(t, migrations.Kanban, "kanban")
	config.Tracer = book
	a := setupOn(t, config)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t, "rain", "sun")
	a.member(t, w.ID, bob, "owner")
	read := func(p *person, line, day, want string) int {
		var body string
		statements, _ := book.of(func() {
			_, body = p.send(t, "GET", "/v1/boards/"+w.ID.String()+"?q="+url.QueryEscape(line)+"&today="+day, "")
		})
		for _, title := range []string{"rain", "sun"} {
			if strings.Contains(body, `"title":"`+title+`"`) != strings.Contains(want, title) {
				t.Errorf("%s finds %s", line, body)
			}
		}
		return len(statements)
	}
	read(ada, "rain", "2026-11-22", "rain")
	read(bob, "sun", "2026-11-22", "sun") // from here on the board is marked open for both
	for _, again := range []struct {
		name, line, day, want string
		who                   *person
		one                   bool
	}{
		{"the same", "rain", "2026-11-22", "rain", ada, true},
		{"another spelling of it", " rain ", "2026-11-22", "rain", ada, true},
		{"another line", "-rain", "2026-11-22", "sun", ada, false},
		{"another day", "rain", "2026-11-23", "rain", ada, false},
		{"somebody else", "rain", "2026-11-22", "rain", bob, false},
		{"the first once more", "rain", "2026-11-22", "rain", ada, true},
	} {
		if n := read(again.who, again.line, again.day, again.want); (n == 1) != again.one {
			t.Errorf("%s: %d statements", again.name, n)
		}
	}
	must(ada.ArchiveCard(t.Context(), w.ID, w.Cards["rain"].Id.String()))(t)
	if n := read(ada, "rain", "2026-11-22", ""); n == 1 {
		t.Error("what is changed isn't read")
	}
}

func TestABoardThatNobodyChangedIsReadWithOneStatement(t *testing.T) {
	t.Parallel()
	book, config := &ledger{}, pgtest.New(t, migrations.Kanban, "kanban")
	config.Tracer = book
	ada := setupOn(t, config).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	read := func() []string {
		statements, _ := book.of(func() { must(ada.Board(t.Context(), w.ID))(t) })
		return statements
	}
	if first := read(); len(first) < 5 {
		t.Errorf("the first reading took %q", first)
	}
	if again := read(); len(again) != 1 || again[0] != "BoardState" {
		t.Errorf("another took %q", again)
	}
	must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "c"}))(t)
	if changed := read(); len(changed) != 5 {
		t.Errorf("the one after a change took %q", changed)
	}
}

func TestACopyIsNotForThoseWhoMayNotRead(t *testing.T) {
	t.Parallel()
	a, ada, bob, w := shared(t)
	_, err := a.person(t, "Eve").Board(t.Context(), w.ID)
	wantProblem(t, err, problem.NotFound, "board_not_found")
	_, tag := bob.read(t, w)
	a.exec(t, `DELETE FROM members WHERE person_id = $1`, bob.ID)
	_, err = bob.Board(t.Context(), w.ID)
	wantProblem(t, err, problem.NotFound, "board_not_found")
	if res, _ := bob.send(t, "GET", "/v1/boards/"+w.ID.String(), "", "If-None-Match", tag); res.StatusCode != 404 {
		t.Errorf("%d for the copy that somebody has who was removed", res.StatusCode)
	}
	ada.read(t, w)
}

func TestACopyTellsTheReadersOwnRole(t *testing.T) {
	t.Parallel()
	a, ada, bob, w := shared(t)
	a.exec(t, `UPDATE members SET role = 'viewer' WHERE person_id = $1`, bob.ID)
	if board, tag := bob.read(t, w); board.Role != kanbanapi.Viewer || !strings.Contains(tag, "-viewer-") {
		t.Errorf("Bob, who may only look by now, reads %s with %s", board.Role, tag)
	}
	if board, tag := ada.read(t, w); board.Role != kanbanapi.Owner || !strings.Contains(tag, "-owner-") {
		t.Errorf("Ada reads %s with %s", board.Role, tag)
	}
}

func TestACopyShowsTheReadersOwnView(t *testing.T) {
	t.Parallel()
	a, ada, bob, w := shared(t)
	a.exec(t, `UPDATE members SET role = 'owner' WHERE person_id = $1`, bob.ID)
	for name, view := range map[string]struct {
		on, off func() error
		shown   func(kanbanapi.Board) bool
	}{
		"a_star": {
			on: func() error { return ada.StarBoard(t.Context(), w.ID) }, off: func() error { return ada.UnstarBoard(t.Context(), w.ID) },
			shown: func(b kanbanapi.Board) bool { return b.Starred },
		},
		"a_folded_column": {
			on:    func() error { return ada.CollapseColumn(t.Context(), w.ID, w.Columns[1]) },
			off:   func() error { return ada.ExpandColumn(t.Context(), w.ID, w.Columns[1]) },
			shown: func(b kanbanapi.Board) bool { return b.Columns[1].Collapsed },
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, before := bob.read(t, w)
			_ = must(true, view.on())(t)
			for range 2 {
				if board, _ := ada.read(t, w); !view.shown(board) {
					t.Error("Ada doesn't see it")
				}
				if board, tag := bob.read(t, w); view.shown(board) || tag != before {
					t.Errorf("Bob sees it, or %s instead of %s", tag, before)
				}
			}
			_ = must(true, view.off())(t)
			board, tag := ada.read(t, w)
			if view.shown(board) || tag == before {
				t.Errorf("Ada sees it still, or has %s, which is Bob's", tag)
			}
			if res, _ := ada.send(t, "GET", "/v1/boards/"+w.ID.String(), "", "If-None-Match", tag); res.StatusCode != 304 {
				t.Errorf("%d for what she has", res.StatusCode)
			}
		})
	}
}

func TestACopyIsOldOnceAnotherReplicaChangedTheBoard(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	here, there := setupOn(t, database), setupOn(t, database)
	ada := here.person(t, "Ada")
	w := ada.wall(t, "a")
	_, tag := ada.read(t, w)
	must(ada.at(t, there).CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "b"}))(t)
	if board, now := ada.read(t, w); len(board.Columns[0].Cards) != 2 || now == tag {
		t.Errorf("%d cards with %s, after %s", len(board.Columns[0].Cards), now, tag)
	}
	if order := ada.order(t, w.ID); order[0] != "a b" {
		t.Errorf("%q", order)
	}
}

// A dump that is restored takes seq back, and other changes bring it to where it was.
func TestACopyIsOldOnceTheSameSeqSaysSomethingElse(t *testing.T) {
	t.Parallel()
	a, ada, _, w := shared(t)
	a.exec(t, `UPDATE boards SET title = 'Orchard' WHERE id = $1`, w.ID)
	a.exec(t, `UPDATE board_seq SET changed_at = changed_at + interval '1 second' WHERE board_id = $1`, w.ID)
	if board, _ := ada.read(t, w); board.Title != "Orchard" {
		t.Errorf("read %q", board.Title)
	}
}
