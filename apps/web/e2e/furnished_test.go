package e2e_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
)

// shelf puts up boards of different sizes, which few or many are on. The first is starred, the second was opened.
func (s *stack) shelf(t *testing.T, p *person) {
	t.Helper()
	var walls []wall
	for i, title := range []string{"Allotment", "A board whose name is longer than anybody would think sensible, and then some more of it", "Überraschung für Oma"} {
		walls = append(walls, p.wall(t, title, strings.Split("abcdefgh"[:2*i+1], "")...))
	}
	s.company(t, walls[0], "Grace Hopper")
	s.company(t, walls[1], "Wilhelmina Wordsworth-Montgomery", "מאיה לוי", "Élodie", "X Æ", "Maya")
	if err := p.StarBoard(t.Context(), walls[0].ID); err != nil {
		t.Fatal(err)
	}
	must(p.Board(t.Context(), walls[1].ID))(t)
}

// company puts people on a board who never come to look at it.
func (s *stack) company(t *testing.T, w wall, names ...string) {
	t.Helper()
	for _, name := range names {
		id := uuid.New()
		s.apiDB.exec(t, `INSERT INTO kanban.people (id, name, email) VALUES ($1, $2, $3)`, id, name, id.String()+"@example.org")
		s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, w.ID, id)
	}
}

// furnish puts up a board as it is after some months: long titles, a limit that is kept and one that isn't, and so
// many cards, most of them in one column. The last is archived.
func (p *person) furnish(t *testing.T, cards int) wall {
	t.Helper()
	w := wall{ID: must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t).Id}
	for _, title := range []string{"To do", "Doing", "In review by somebody who has a great deal of time", "Done"} {
		w.Columns = append(w.Columns, must(p.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: title}))(t).Id)
	}
	p.limit(t, w, 0, 6)
	p.limit(t, w, 1, 2)
	add := func(column int, title, description string) {
		made := must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[column], Title: title, Description: &description}))(t)
		w.Cards = append(w.Cards, made)
	}
	add(0, "Buy seeds", "Carrots, beans, peas.\n\nNot the ones from last year: they never came up.")
	add(0, "Ask the neighbours about the fence", "")
	add(0, strings.TrimSpace(strings.Repeat("A title of five hundred characters that goes on ", 10))+" and on", strings.Repeat("A paragraph of some length about nothing in particular. ", 20))
	add(0, strings.Repeat("Unbreakable", 8), "")
	add(1, "Dig the beds", "")
	add(1, "Mend the shed’s roof before the autumn storms", "With tar.")
	add(1, "Sharpen the tools", "")
	for len(w.Cards) < cards {
		add(3, fmt.Sprintf("Something that was done long ago, number %d", len(w.Cards)+1), "")
	}
	must(p.ArchiveCard(t.Context(), w.ID, strconv.Itoa(cards)))(t)
	p.decorate(t, w)
	return w
}

// labelled puts up a board of a template with labels, some on a card, and a column in the archive. It is starred.
func (p *person) labelled(t *testing.T) wall {
	t.Helper()
	made := must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Fernway 2.4", Template: ref(kanbanapi.Release)}))(t)
	w := wall{ID: made.Id}
	for _, column := range must(p.Board(t.Context(), w.ID))(t).Columns {
		w.Columns = append(w.Columns, column.Id)
	}
	for i, name := range []string{"Maps", "Bug", "A label whose name is as long as a name can be, so"} {
		label := must(p.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: name, Hue: []kanbanapi.Hue{kanbanapi.Blue, kanbanapi.Red, kanbanapi.Violet}[i]}))(t)
		for range i {
			card := must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[i], Title: "Draw the tiles anew"}))(t)
			must(p.LabelCard(t.Context(), w.ID, strconv.Itoa(card.Number), label.Id))(t)
		}
	}
	must(p.ArchiveColumn(t.Context(), w.ID, w.Columns[3]))(t)
	if err := p.StarBoard(t.Context(), w.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// sample opens the boards for the first time, and is led to the board that teaches.
func (p *person) sample(t *testing.T) string {
	t.Helper()
	got := p.get(t, "/boards")
	if got.Status != http.StatusSeeOther {
		t.Fatalf("somebody new gets %d: %s", got.Status, got.Body)
	}
	return got.Header.Get("Location")
}

// decorate puts labels and due dates on the first cards: overdue, soon, later, and done.
func (p *person) decorate(t *testing.T, w wall) {
	t.Helper()
	must(p.UpdateColumn(t.Context(), w.ID, w.Columns[3], 1, kanbanapi.ColumnPatch{Kind: ref(kanbanapi.Done)}))(t)
	for i, label := range []kanbanapi.NewLabel{{Name: "Planting", Hue: kanbanapi.Green}, {Name: "Needs dry weather", Hue: kanbanapi.Yellow}, {Name: "Urgent", Hue: kanbanapi.Red}} {
		made := must(p.CreateLabel(t.Context(), w.ID, label))(t)
		for _, card := range w.Cards[i : i+5] {
			must(p.LabelCard(t.Context(), w.ID, card.Id.String(), made.Id))(t)
		}
	}
	for card, days := range map[int]int{0: -2, 1: 1, 4: 2, 5: 30, 7: -5} {
		due := kanbanapi.CardPatch{DueOn: nullable.NewNullableWithValue(openapi_types.Date{Time: time.Now().AddDate(0, 0, days)})}
		must(p.UpdateCard(t.Context(), w.ID, w.Cards[card].Id.String(), 1, due))(t)
	}
}

func (p *person) limit(t *testing.T, w wall, column, cards int) {
	t.Helper()
	patch := kanbanapi.ColumnPatch{WipLimit: nullable.NewNullableWithValue(cards)}
	must(p.UpdateColumn(t.Context(), w.ID, w.Columns[column], 1, patch))(t)
}

// saveStale has the visitor save card 1's title after its owner did.
func (v *visitor) saveStale(owner *person, w wall) {
	v.t.Helper()
	v.writeStale(owner, w)
	v.follow("button", "Save title")
}

// writeStale is that without the saving.
func (v *visitor) writeStale(owner *person, w wall) {
	v.t.Helper()
	v.click(".detail-title summary")
	now := must(owner.Card(v.t.Context(), w.ID, "1"))(v.t)
	title := fmt.Sprintf("Buy seeds, edition %d", now.Version)
	must(owner.UpdateCard(v.t.Context(), w.ID, "1", now.Version, kanbanapi.CardPatch{Title: &title}))(v.t)
	v.fill("#title", "Buy seeds and soil")
}

// prose is a description with everything in it that markdown knows here.
const prose = `The two beds by the **fence**, before the ~~frost~~ first frost. After #1, see https://example.org/soil.

- [x] Mark them out with string
- [x] Take off the turf
- [ ] Dig a spade deep, and look for ` + "`ground elder`" + `
- [ ] Two barrows of compost for each

### What we have

| tool | where | how many |
| :-- | :-- | --: |
| Spade | shed | 2 |
| Fork | Grandmother's | 1 |

> Done means: no root longer than a finger.

1. Rake
2. Rest

شجرة الزيتون بجانب السياج

` + "```\nif rain { wait() }\n```\n"

// write gives a card a long description, labels and a date that is over.
func (p *person) write(t *testing.T, w wall, number int) {
	t.Helper()
	card := strconv.Itoa(number)
	text, due := prose, nullable.NewNullableWithValue(openapi_types.Date{Time: time.Now().UTC().AddDate(0, 0, -2)})
	for hue, name := range map[kanbanapi.Hue]string{kanbanapi.Green: "Beds", kanbanapi.Red: "Before the frost", kanbanapi.Blue: "Waiting for rain"} {
		label := must(p.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: name, Hue: hue}))(t)
		if hue != kanbanapi.Blue {
			must(p.LabelCard(t.Context(), w.ID, card, label.Id))(t)
		}
	}
	now := must(p.Card(t.Context(), w.ID, card))(t)
	must(p.UpdateCard(t.Context(), w.ID, card, now.Version, kanbanapi.CardPatch{Description: &text, DueOn: due}))(t)
}

// told writes several versions of a card, and says where it is.
func (p *person) told(t *testing.T, w wall, number int) string {
	t.Helper()
	p.edited(t, w, strconv.Itoa(number), prose, strings.NewReplacer("fence", "old wall", "- [ ] Two barrows", "- [x] Three barrows", "> Done", "> It is done", "| Fork | Grandmother's | 1 |\n", "").Replace(prose))
	return w.page() + "/cards/" + strconv.Itoa(number)
}

// trashed makes a card and puts it into the trash.
func (p *person) trashed(t *testing.T, w wall) string {
	t.Helper()
	made := must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "A mistake"}))(t)
	if _, err := p.DeleteCard(t.Context(), w.ID, strconv.Itoa(made.Number), made.Version); err != nil {
		t.Fatal(err)
	}
	return w.page() + "/cards/" + strconv.Itoa(made.Number)
}

// oddColumns puts up a board as in no picture: a collapsed column, one over its limit, names of 500 characters, from
// right to left and of nothing but an emoji, and one in the archive.
func (p *person) oddColumns(t *testing.T) wall {
	t.Helper()
	w := wall{ID: must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "لوحة الحديقة"}))(t).Id}
	for _, column := range []kanbanapi.NewColumn{
		{Title: "Icebox", Hue: ref(kanbanapi.Violet), Kind: ref(kanbanapi.Backlog)},
		{Title: "In progress", Hue: ref(kanbanapi.Yellow), WipLimit: ref(2)},
		{Title: strings.Repeat("A name that goes on and on ", 18) + "to its end now"},
		{Title: "قيد المراجعة من قبل شخص لديه الكثير من الوقت", WipLimit: ref(4)},
		{Title: "🌱", Hue: ref(kanbanapi.Green), Kind: ref(kanbanapi.Done)},
		{Title: "Retired", Hue: ref(kanbanapi.Red)},
	} {
		w.Columns = append(w.Columns, must(p.CreateColumn(t.Context(), w.ID, column))(t).Id)
	}
	for i := range 9 {
		card := kanbanapi.NewCard{ColumnId: w.Columns[i%3], Title: fmt.Sprintf("Mend what is broken, part %d", i+1)}
		w.Cards = append(w.Cards, must(p.CreateCard(t.Context(), w.ID, card))(t))
	}
	if err := p.CollapseColumn(t.Context(), w.ID, w.Columns[0]); err != nil {
		t.Fatal(err)
	}
	must(p.ArchiveColumn(t.Context(), w.ID, w.Columns[5]))(t)
	return w
}

func (p *person) manyColumns(t *testing.T, columns int) wall {
	t.Helper()
	w := wall{ID: must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "A long wall"}))(t).Id}
	for i := range columns {
		w.Columns = append(w.Columns, must(p.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: fmt.Sprintf("Week %d", i+1)}))(t).Id)
	}
	return w
}
