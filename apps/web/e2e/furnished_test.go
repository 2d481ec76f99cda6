package e2e_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

// shelf puts up boards of different sizes.
func (p *person) shelf(t *testing.T) {
	t.Helper()
	for i, title := range []string{"Allotment", "A board whose name is longer than anybody would think sensible, and then some more of it", "Überraschung für Oma"} {
		p.wall(t, title, strings.Split("abcdefgh"[:2*i+1], "")...)
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
	return w
}

func (p *person) limit(t *testing.T, w wall, column, cards int) {
	t.Helper()
	patch := kanbanapi.ColumnPatch{WipLimit: nullable.NewNullableWithValue(cards)}
	must(p.UpdateColumn(t.Context(), w.ID, w.Columns[column], 1, patch))(t)
}

// saveStale has the visitor save card 1's title after its owner did.
func (v *visitor) saveStale(owner *person, w wall) {
	v.t.Helper()
	v.click(".detail-title summary")
	now := must(owner.Card(v.t.Context(), w.ID, "1"))(v.t)
	title := fmt.Sprintf("Buy seeds, edition %d", now.Version)
	must(owner.UpdateCard(v.t.Context(), w.ID, "1", now.Version, kanbanapi.CardPatch{Title: &title}))(v.t)
	v.fill("#title", "Buy seeds and soil")
	v.follow("button", "Save title")
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
