package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// wall is a board with the columns To do, Doing and Done.
type wall struct {
	ID      uuid.UUID
	Columns []uuid.UUID
	Cards   []kanbanapi.Card // in the order they were added
}

func (w wall) page() string { return "/boards/" + w.ID.String() }
func (w wall) api() string  { return "/api/v1/boards/" + w.ID.String() }

// wall puts up a board whose first column holds cards with these titles.
func (p *person) wall(t *testing.T, title string, cards ...string) wall {
	t.Helper()
	w := wall{ID: must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: title}))(t).Id}
	for _, column := range []string{"To do", "Doing", "Done"} {
		w.Columns = append(w.Columns, must(p.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: column}))(t).Id)
	}
	for _, card := range cards {
		made := must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: card}))(t)
		w.Cards = append(w.Cards, made)
	}
	return w
}

// order reads the titles of each column's cards, from the top, as "a b c".
func (p *person) order(t *testing.T, board uuid.UUID) []string {
	t.Helper()
	read := must(p.Board(t.Context(), board))(t)
	var columns []string
	for _, column := range read.Columns {
		var titles []string
		for _, card := range column.Cards {
			titles = append(titles, card.Title)
		}
		columns = append(columns, strings.Join(titles, " "))
	}
	return columns
}

func TestTheMainJobThroughTheClient(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c", "d", "e")

	if me := must(ada.Me(t.Context()))(t); me.Name != "Ada" || me.Email != ada.Email {
		t.Errorf("the api takes Ada for %+v", me)
	}
	move := func(card int, to kanbanapi.CardMove) {
		must(ada.MoveCard(t.Context(), w.ID, w.Cards[card].Id.String(), to))(t)
	}
	move(0, kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)})
	move(4, kanbanapi.CardMove{ColumnId: w.Columns[0], Before: &w.Cards[1].Id})
	move(2, kanbanapi.CardMove{ColumnId: w.Columns[1], After: &w.Cards[0].Id})
	renamed := must(ada.UpdateCard(t.Context(), w.ID, "2", w.Cards[1].Version, kanbanapi.CardPatch{Title: ref("bb")}))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "4"))(t)

	want := []string{"e bb", "a c", ""}
	if got := ada.order(t, w.ID); !slices.Equal(got, want) {
		t.Fatalf("order %q, want %q", got, want)
	}
	if got := ada.post(t, "/api/auth/sign-out", ""); got.Status != http.StatusNoContent {
		t.Fatalf("sign-out: %d %s", got.Status, got.Body)
	}
	if _, err := ada.Board(t.Context(), w.ID); err == nil {
		t.Fatal("the board is still to be read after the sign-out")
	}
	if got := ada.signIn(t); got.Status != http.StatusOK {
		t.Fatalf("sign-in: %d %s", got.Status, got.Body)
	}
	if got := ada.order(t, w.ID); !slices.Equal(got, want) {
		t.Errorf("after coming back %q, want %q", got, want)
	}
	if card := must(ada.Card(t.Context(), w.ID, "2"))(t); card.Version != renamed.Version || card.Title != "bb" {
		t.Errorf("the renamed card is %+v", card)
	}
	ada.wantGaplessActivity(t, w.ID)
}

// wantGaplessActivity reads a board's whole history and counts.
func (p *person) wantGaplessActivity(t *testing.T, board uuid.UUID) {
	t.Helper()
	page := must(p.Activity(t.Context(), board, 0, 0))(t)
	for i, one := range page.Items {
		if one.Seq != int64(i+1) || one.Actor.Name != p.Name {
			t.Fatalf("activity %d is %+v", i+1, one)
		}
	}
	if int64(len(page.Items)) != page.Seq {
		t.Errorf("%d activities, but seq %d", len(page.Items), page.Seq)
	}
}
