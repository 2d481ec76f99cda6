package rest_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"cardwall/packages/problem"
)

// A card whose column was deleted meanwhile stays where it is, out of the archive and out of the trash, until the column is back.
func TestRestoringIntoADeletedColumn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "archived", "deleted", "c")
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	must(ada.DeleteCard(t.Context(), w.ID, "2", 1))(t)
	must(ada.DeleteColumn(t.Context(), w.ID, w.Columns[0], 1))(t)
	first, seq := a.state(t, w.ID), ada.summary(t, w.ID).Seq
	for _, card := range []string{"archived", "deleted"} {
		wantProblem(t, refusalOf(ada.RestoreCard(t.Context(), w.ID, w.Cards[card].Id.String())), problem.Conflict, "column_deleted")
	}
	if now := a.state(t, w.ID); now != first || ada.summary(t, w.ID).Seq != seq {
		t.Errorf("there is\n%s, there was\n%s", now, first)
	}
	must(ada.RestoreColumn(t.Context(), w.ID, w.Columns[0]))(t)
	for _, card := range []string{"archived", "deleted"} {
		must(ada.RestoreCard(t.Context(), w.ID, w.Cards[card].Id.String()))(t)
	}
	if got := ada.order(t, w.ID)[0]; got != "archived deleted c" {
		t.Errorf("the column has %q", got)
	}
}

// Two people bring the same things back at once: both find them there, and it has happened once.
func TestTwoRestoresAtOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	for _, what := range []struct {
		name string
		away func()
		back func(who *person) error
	}{
		{"a card", func() { must(p.ada.ArchiveCard(t.Context(), p.ID, "2"))(t) }, func(who *person) error { return refusalOf(who.RestoreCard(t.Context(), p.ID, "2")) }},
		{"a deleted card", func() { must(p.ada.DeleteCard(t.Context(), p.ID, p.Cards["b"].Id.String(), 1))(t) }, func(who *person) error {
			return refusalOf(who.RestoreCard(t.Context(), p.ID, p.Cards["b"].Id.String()))
		}},
		{"a column", func() { must(p.ada.ArchiveColumn(t.Context(), p.ID, p.Columns[1]))(t) }, func(who *person) error { return refusalOf(who.RestoreColumn(t.Context(), p.ID, p.Columns[1])) }},
		{"a deleted column", func() { must(p.ada.DeleteColumn(t.Context(), p.ID, p.Columns[0], 1))(t) }, func(who *person) error { return refusalOf(who.RestoreColumn(t.Context(), p.ID, p.Columns[0])) }},
		{"a board", func() { must(p.ada.ArchiveBoard(t.Context(), p.ID))(t) }, func(who *person) error { return refusalOf(who.RestoreBoard(t.Context(), p.ID)) }},
		{"a deleted board", func() { must(p.ada.DeleteBoard(t.Context(), p.ID, 1))(t) }, func(who *person) error { return refusalOf(who.RestoreBoard(t.Context(), p.ID)) }},
	} {
		first := p.state(t, p.ID)
		for range 5 {
			what.away()
			seq := p.seq(t, p.ID)
			var group errgroup.Group
			for _, who := range []*person{p.ada, p.grace} {
				group.Go(func() error { return what.back(who) })
			}
			if err := group.Wait(); err != nil {
				t.Fatalf("%s: %v", what.name, err)
			}
			if now := p.seq(t, p.ID); now != seq+1 || p.state(t, p.ID) != first {
				t.Fatalf("%s: %d activities, there is\n%s, there was\n%s", what.name, now-seq, p.state(t, p.ID), first)
			}
		}
	}
}

// What stands for anything in a pattern of the database's stands for itself in what people type.
func TestSignsOfPatternsMeanThemselves(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, `100% sure`, `snake_case`, `back\slash`, `plain`)
	filtered := func(line string) string {
		var titles []string
		for _, column := range must(ada.FilteredBoard(t.Context(), w.ID, line, today))(t).Columns {
			for _, card := range column.Cards {
				titles = append(titles, card.Title)
			}
		}
		return strings.Join(titles, ", ")
	}
	for line, want := range map[string]string{"%": `100% sure`, "_": `snake_case`, `\`: `back\slash`, "0%": `100% sure`, "e_c": `snake_case`, `k\s`: `back\slash`, "%%": "", "__": "", `\\`: "", "pl_in": "", "pl%n": "", `pl\ain`: ""} {
		if got := filtered(line); got != want {
			t.Errorf("filtered by %q there is %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]string{"%": `100% sure`, "_": `snake_case`, `\`: `back\slash`, "%%": "", "__": "", `\\`: "", "snake_case": `snake_case`, `back\slash`: `back\slash`, "pl%n": "", `pl\ain`: ""} {
		if got := ada.found(t, line); got != want {
			t.Errorf("for %q is found %q, want %q", line, got, want)
		}
	}
}

// Lines that nobody types are refused as lines, wherever there is one, and so is the history of what can't be read.
func TestOddQuestionsAreAnsweredAsSuch(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a", "b")
	must(ada.DeleteCard(t.Context(), w.ID, "2", 1))(t)
	at := "/v1/boards/" + w.ID.String()
	for _, path := range []string{at + "?q=", at + "/columns/" + w.Columns[0].String() + "/cards?q=", "/v1/search?q="} {
		for line, code := range map[string]string{strings.Repeat("x", 10<<10): "too_long", `rain "`: "unbalanced", `"`: "unbalanced", `col:"In`: "unbalanced", "a\x00b": "not_text", "a\xffb": "not_text"} {
			if res, body := ada.send(t, "GET", path+url.QueryEscape(line), ""); res.StatusCode != 400 || !strings.Contains(body, `"code":"`+code+`"`) {
				t.Errorf("%s%.20q: %d %.200s", path, line, res.StatusCode, body)
			}
		}
	}
	for _, card := range []string{"2", w.Cards["b"].Id.String(), uuid.NewString()} {
		for _, what := range []string{"", "/versions", "/versions/1"} {
			if res, body := ada.send(t, "GET", at+"/cards/"+card+what, ""); res.StatusCode != 404 || !strings.Contains(body, `"code":"card_not_found"`) {
				t.Errorf("%s%s: %d %.200s", card, what, res.StatusCode, body)
			}
		}
	}
	if faults := a.log.failures(); faults != "" {
		t.Error(faults)
	}
}
