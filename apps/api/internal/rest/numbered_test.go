package rest_test

import (
	"slices"
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// numbered are the titles of the cards of a number, each with its board.
func (p *person) numbered(t *testing.T, number int32) []string {
	t.Helper()
	var titles []string
	for _, card := range must(p.Numbered(t.Context(), number, 0))(t).Items {
		if card.Number != int(number) {
			t.Errorf("%q has the number %d", card.Title, card.Number)
		}
		titles = append(titles, card.Title+" on "+card.Board.Title)
	}
	return titles
}

// The cards of a number come from all boards that one is on, the board that one opened last first; none that is out of reach.
func TestCardsOfANumberAreFoundOnAllBoards(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	on := map[string]wall{}
	for _, title := range []string{"First", "Second", "Archived card", "Deleted card", "Deleted column", "Archived board", "Deleted board", "Hers"} {
		maker := ada
		if title == "Hers" {
			maker = eve
		}
		w := maker.wall(t, "one", "two")
		must(maker.UpdateBoard(t.Context(), w.ID, 1, kanbanapi.BoardPatch{Title: ref(title)}))(t)
		on[title] = w
	}
	must(ada.ArchiveCard(t.Context(), on["Archived card"].ID, "2"))(t)
	must(ada.DeleteCard(t.Context(), on["Deleted card"].ID, "2", 1))(t)
	must(ada.DeleteColumn(t.Context(), on["Deleted column"].ID, on["Deleted column"].Columns[0], 1))(t)
	must(ada.ArchiveBoard(t.Context(), on["Archived board"].ID))(t)
	must(ada.DeleteBoard(t.Context(), on["Deleted board"].ID, 2))(t)
	a.exec(t, `UPDATE members SET opened_at = NULL`)
	a.exec(t, `UPDATE members SET opened_at = now() - interval '1 day' WHERE board_id = $1`, on["First"].ID)
	a.exec(t, `UPDATE members SET opened_at = now() WHERE board_id = $1`, on["Second"].ID)

	if got, want := ada.numbered(t, 2), []string{"two on Second", "two on First", "two on Archived card"}; !slices.Equal(got, want) {
		t.Errorf("number 2: %q, want %q", got, want)
	}
	if got := ada.numbered(t, 3); got != nil {
		t.Errorf("number 3: %q", got)
	}
	if got := must(ada.Numbered(t.Context(), 2, 1))(t).Items; len(got) != 1 || got[0].Id != on["Second"].Cards["two"].Id {
		t.Errorf("the first is %+v", got)
	}
	for query, want := range map[string]string{"": `"field":"number"`, "number=0": `"field":"number"`, "number=-1": `"field":"number"`, "number=x": `"field":"number"`, "number=99999999999": `"field":"number"`, "number=1&limit=0": `"field":"limit"`} {
		if res, body := ada.send(t, "GET", "/v1/cards?"+query, ""); res.StatusCode != 400 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", query, res.StatusCode, body)
		}
	}
}

// However many cards there are, each board is looked at by the number.
func TestCardsOfANumberAreLookedUp(t *testing.T) {
	t.Parallel()
	read := func(hundreds int) int {
		a := setup(t)
		ada := a.person(t, "Ada")
		w := ada.wall(t, "a")
		for range hundreds {
			list := kanbanapi.NewCardList{ColumnId: w.Columns[0], Cards: lines(strings.Split(strings.Repeat("x,", 100), ",")[:100]...)}
			must(ada.CreateCards(t.Context(), w.ID, list))(t)
		}
		a.exec(t, `ANALYZE`)
		return a.pagesOfAnyPlan(t, statement(t, "numbered.sql", "NumberedList", "number", "person_id", "max_rows"), 1, ada.ID, 20)
	}
	if few, many := read(1), read(20); many > few+4 {
		t.Errorf("%d pages with 101 cards, %d with 2,001", few, many)
	}
}
