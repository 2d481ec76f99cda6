package rest_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// deed is something that one of two people does, which may be refused: what isn't there can't be changed.
type deed struct {
	verb            string
	who, card, with int
	column          int
}

func drawDeed(t *rapid.T) deed {
	return deed{
		verb: rapid.SampledFrom([]string{
			"create", "create a list", "title", "title", "words", "due", "move", "move", "move", "batch move", "batch archive", "batch label", "empty", "archive", "restore", "delete",
			"label", "unlabel", "new label", "rename label", "recolour label", "delete label",
			"new column", "new columns", "rename column", "limit column", "move column", "archive column", "delete column", "restore column", "rename board",
			"assign", "assign", "unassign", "batch assign", "role", "remove", "undo", "undo", "redo",
		}).Draw(t, "verb"),
		who:    rapid.IntRange(0, 1).Draw(t, "who"),
		card:   rapid.IntRange(1, 6).Draw(t, "card"),
		with:   rapid.IntRange(1, 6).Draw(t, "with"),
		column: rapid.IntRange(0, 3).Draw(t, "column"),
	}
}

// garden is what the two of them work on.
type garden struct {
	*api
	board  uuid.UUID
	people [2]*person
	others [2]uuid.UUID // who are on the board too
	n      int          // makes every text another
}

func (g *garden) text() string { g.n++; return fmt.Sprintf("text %d", g.n) }

// do does a deed on what there is now.
func (g *garden) do(t *testing.T, d deed) error {
	ctx, p, number := t.Context(), g.people[d.who], fmt.Sprint(d.card)
	board := must(p.Board(ctx, g.board))(t)
	if len(board.Columns) == 0 {
		return nil
	}
	column, next := board.Columns[d.column%len(board.Columns)], board.Columns[(d.column+d.with)%len(board.Columns)]
	end, text := kanbanapi.End, g.text()
	var err error
	switch d.verb {
	case "create":
		_, err = p.CreateCard(ctx, g.board, kanbanapi.NewCard{ColumnId: column.Id, Title: text})
	case "create a list":
		_, err = p.CreateCards(ctx, g.board, kanbanapi.NewCardList{ColumnId: column.Id, Cards: []kanbanapi.NewCardLine{{Title: text}, {Title: g.text()}}})
	case "title", "words", "due":
		card, missing := p.Card(ctx, g.board, number)
		if missing != nil {
			return missing
		}
		var patch kanbanapi.CardPatch
		switch d.verb {
		case "title":
			patch.Title = &text
		case "words":
			patch.Description = &text
		default:
			patch.DueOn.Set(date(t, fmt.Sprintf("2026-12-%02d", g.n%28+1)))
		}
		_, err = p.UpdateCard(ctx, g.board, number, card.Version, patch)
	case "move":
		to := kanbanapi.CardMove{ColumnId: column.Id, At: &end}
		if len(column.Cards) > 0 {
			to = kanbanapi.CardMove{ColumnId: column.Id, After: &column.Cards[d.with%len(column.Cards)].Id}
		}
		_, err = p.MoveCard(ctx, g.board, number, to)
	case "batch move", "batch archive", "batch label", "batch assign":
		err = g.batch(t, p, d, board)
	case "assign":
		_, err = p.AssignCard(ctx, g.board, number, g.others[d.with%2])
	case "unassign":
		_, err = p.UnassignCard(ctx, g.board, number, g.others[d.with%2])
	case "role":
		_, err = p.ChangeRole(ctx, g.board, g.others[d.with%2], []kanbanapi.Role{kanbanapi.Owner, kanbanapi.Editor, kanbanapi.Viewer}[d.column%3])
	case "remove":
		_, err = p.RemoveMember(ctx, g.board, g.others[d.with%2])
	case "empty":
		_, err = p.MoveColumnCards(ctx, g.board, column.Id, next.Id)
	case "archive":
		_, err = p.ArchiveCard(ctx, g.board, number)
	case "restore":
		_, err = p.RestoreCard(ctx, g.board, number)
	case "delete":
		card, missing := p.Card(ctx, g.board, number)
		if missing != nil {
			return missing
		}
		_, err = p.DeleteCard(ctx, g.board, number, card.Version)
	case "undo":
		_, err = p.Undo(ctx, g.board, kanbanapi.UndoWhich{})
	case "redo":
		_, err = p.Redo(ctx, g.board, kanbanapi.UndoWhich{})
	case "rename board":
		_, err = p.UpdateBoard(ctx, g.board, board.Version, kanbanapi.BoardPatch{Title: &text})
	default:
		if strings.Contains(d.verb, "label") {
			return g.label(t, p, d, board)
		}
		err = g.column(t, p, d, column, next)
	}
	return err
}

func (g *garden) batch(t *testing.T, p *person, d deed, board kanbanapi.Board) error {
	var cards []uuid.UUID
	for _, column := range board.Columns {
		for _, card := range column.Cards {
			if (card.Number+d.card)%3 == 0 {
				cards = append(cards, card.Id)
			}
		}
	}
	if cards == nil {
		return nil
	}
	batch := kanbanapi.CardBatch{CardIds: cards}
	switch d.verb {
	case "batch archive":
		batch.Archive = ref(true)
	case "batch move":
		batch.Move = &kanbanapi.CardMove{ColumnId: board.Columns[d.column%len(board.Columns)].Id, At: ref(kanbanapi.Start)}
	case "batch assign":
		batch.Assign = &kanbanapi.AssigneeSwitch{Id: g.others[d.with%2], On: d.column%2 == 0}
	case "batch label":
		if len(board.Labels) == 0 {
			return nil
		}
		batch.Label = &kanbanapi.LabelSwitch{Id: board.Labels[d.with%len(board.Labels)].Id, On: d.column%2 == 0}
	}
	_, err := p.ChangeCards(t.Context(), g.board, batch)
	return err
}

func (g *garden) label(t *testing.T, p *person, d deed, board kanbanapi.Board) error {
	ctx, text := t.Context(), g.text()
	if d.verb == "new label" || len(board.Labels) == 0 {
		_, err := p.CreateLabel(ctx, g.board, kanbanapi.NewLabel{Name: text, Hue: kanbanapi.Red})
		return err
	}
	label := board.Labels[d.with%len(board.Labels)]
	var err error
	switch d.verb {
	case "label":
		_, err = p.LabelCard(ctx, g.board, fmt.Sprint(d.card), label.Id)
	case "unlabel":
		_, err = p.UnlabelCard(ctx, g.board, fmt.Sprint(d.card), label.Id)
	case "rename label":
		_, err = p.UpdateLabel(ctx, g.board, label.Id, label.Version, kanbanapi.LabelPatch{Name: &text})
	case "recolour label":
		hue := []kanbanapi.Hue{kanbanapi.Red, kanbanapi.Teal, kanbanapi.Blue, kanbanapi.Pink}[d.column]
		_, err = p.UpdateLabel(ctx, g.board, label.Id, label.Version, kanbanapi.LabelPatch{Hue: &hue})
	case "delete label":
		_, err = p.DeleteLabel(ctx, g.board, label.Id, label.Version)
	}
	return err
}

func (g *garden) column(t *testing.T, p *person, d deed, column, next kanbanapi.BoardColumn) error {
	ctx, text := t.Context(), g.text()
	var err error
	switch d.verb {
	case "new column":
		_, err = p.CreateColumn(ctx, g.board, kanbanapi.NewColumn{Title: text})
	case "new columns":
		_, err = p.CreateColumns(ctx, g.board, kanbanapi.NewColumn{Title: text}, kanbanapi.NewColumn{Title: g.text()})
	case "rename column":
		_, err = p.UpdateColumn(ctx, g.board, column.Id, column.Version, kanbanapi.ColumnPatch{Title: &text})
	case "limit column":
		patch := kanbanapi.ColumnPatch{}
		patch.WipLimit.Set(d.card)
		_, err = p.UpdateColumn(ctx, g.board, column.Id, column.Version, patch)
	case "move column":
		if column.Id != next.Id {
			_, err = p.MoveColumn(ctx, g.board, column.Id, kanbanapi.ColumnMove{After: &next.Id})
		}
	case "archive column":
		_, err = p.ArchiveColumn(ctx, g.board, column.Id)
	case "delete column":
		_, err = p.DeleteColumn(ctx, g.board, column.Id, column.Version)
	case "restore column":
		var list kanbanapi.ColumnList
		from := []kanbanapi.State{kanbanapi.Archived, kanbanapi.Deleted}[d.card%2]
		if list, err = p.AwayColumns(ctx, g.board, kanbanapi.Find{State: from}); err == nil && len(list.Items) > 0 {
			_, err = p.RestoreColumn(ctx, g.board, list.Items[d.with%len(list.Items)].Id)
		}
	}
	return err
}

// mayBe is what a deed may meet: that another took something away or changed it.
func mayBe(err error) bool {
	return err == nil || problem.Is(err, problem.Conflict) || problem.Is(err, problem.NotFound) || problem.Is(err, problem.Invalid) || problem.Is(err, problem.Stale)
}

// undoAll goes back through all that somebody did, past what is refused, and returns the refusals by what was refused.
func (g *garden) undoAll(t *testing.T, rt failing, who int) (undone int, refused map[int64]string) {
	refused = map[int64]string{}
	var which kanbanapi.UndoWhich
	for {
		_, err := g.people[who].Undo(t.Context(), g.board, which)
		if err == nil {
			undone++
			continue
		}
		if problem.From(err).Code == "nothing_to_undo" {
			return undone, refused
		}
		seq, told := kanbanapi.NotTakenBack(err)
		if !told || (which.Before != nil && seq >= *which.Before) {
			rt.Fatalf("refused with %v, after %+v\n%s", err, which, g.log.failures())
		}
		refused[seq] = problem.From(err).Code + ": " + problem.From(err).Detail
		which.Before = &seq
	}
}

// Two people do a hundred things, some of which they undo and redo meanwhile. Then each undoes what they can. What is
// refused is refused for something of the other's, named; what nobody else touched is as it was in the beginning; and
// when both have gone back in turns until nothing is left, so is everything.
func TestUndoingEverythingLeadsBackToTheBeginning(t *testing.T) {
	t.Parallel()
	deeds := rapid.Custom(drawDeed)
	t.Run("of_few_things", func(t *testing.T) {
		t.Parallel()
		a := setup(t)
		rapid.Check(t, func(rt *rapid.T) { a.undoEverything(t, rt, rapid.SliceOfN(deeds, 1, 30).Draw(rt, "deeds")) })
	})
	t.Run("of_a_batch_that_is_refused_whole", func(t *testing.T) {
		t.Parallel()
		setup(t).undoEverything(t, t, []deed{{verb: "batch archive", card: 4}, {verb: "delete", who: 1, card: 2}})
	})
	seeds := []int{
		1239875500077558049, // two cards of one batch are given the same place while they are away
		1140203575034456072, // somebody without cards comes back, after a change of others' cards
	}
	for range 6 {
		seeds = append(seeds, rand.Int())
	}
	for _, seed := range seeds {
		t.Run("of_a_hundred_things", func(t *testing.T) {
			t.Parallel()
			t.Logf("seed %d", seed)
			setup(t).undoEverything(t, t, rapid.SliceOfN(deeds, 100, 100).Example(seed))
		})
	}
}

// failures are the lines of what was our own fault.
func (l *logbook) failures() string {
	var lines []string
	for line := range strings.Lines(l.String()) {
		if strings.Contains(line, `"status":5`) || strings.Contains(line, `"level":"ERROR"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// failing is a test, or one run of a property.
type failing interface {
	Fatalf(format string, args ...any)
}

func (a *api) undoEverything(t *testing.T, rt failing, deeds []deed) {
	t.Helper()
	maker, ada, bob := a.person(t, "Maker"), a.person(t, "Ada"), a.person(t, "Bob")
	w := maker.wall(t, "a", "b", "c", "d", "e")
	a.member(t, w.ID, ada, "owner")
	a.member(t, w.ID, bob, "owner")
	g := &garden{api: a, board: w.ID, people: [2]*person{ada, bob}}
	for i, name := range []string{"Cleo", "Dan"} {
		other := a.person(t, name)
		a.member(t, w.ID, other, "editor")
		must(maker.AssignCard(t.Context(), w.ID, fmt.Sprint(i+1), other.ID))(t)
		g.others[i] = other.ID
	}
	rain := maker.label(t, w.ID, "Rain")
	must(maker.LabelCard(t.Context(), w.ID, "2", rain.Id))(t)
	first := a.state(t, w.ID)
	start := must(ada.Board(t.Context(), w.ID))(t).Seq
	for _, d := range deeds {
		if err := g.do(t, d); !mayBe(err) {
			rt.Fatalf("%+v: %v\n%s", d, err, g.log.failures())
		}
	}
	_, refused := g.undoAll(t, rt, 0)
	wantOnlyTheOthersInTheWay(rt, first, a.state(t, w.ID), ada.history(t, w), start, bob.ID, refused)
	for round := 0; ; round++ {
		undone, left := 0, map[int64]string{}
		for who := range g.people {
			n, refused := g.undoAll(t, rt, who)
			undone += n
			for seq, why := range refused {
				left[seq] = why
			}
		}
		if len(left) == 0 {
			break
		}
		if undone == 0 {
			rt.Fatalf("nobody can undo %v", left)
		}
	}
	moved := displaced(ada.history(t, w))
	if got, want := compared(a.state(t, w.ID), first, moved), compared(first, first, moved); got != want {
		rt.Fatalf("in the end there is\n%s\nin the beginning there was\n%s", got, want)
	}
}

// wantOnlyTheOthersInTheWay looks at what is left after one of the two has undone all that they could.
func wantOnlyTheOthersInTheWay(t failing, first, now string, history []kanbanapi.Activity, start int64, other uuid.UUID, refused map[int64]string) {
	theirs, anything := map[uuid.UUID]bool{}, false
	for _, activity := range history[start:] {
		if activity.Actor.Id == other {
			anything = true
			if activity.CardId != nil {
				theirs[*activity.CardId] = true
			} else {
				theirs[uuid.Nil] = true // a column or a label, with who knows which cards
			}
		}
	}
	if !anything && len(refused) > 0 {
		t.Fatalf("refused, though nobody else did anything: %v", refused)
	}
	for seq, why := range refused {
		code, detail, _ := strings.Cut(why, ": ")
		if code == "changed_since" && !strings.HasPrefix(detail, "Bob ") && !strings.HasPrefix(detail, "You ") {
			t.Fatalf("%d names nobody: %s", seq, why)
		}
		if code != "changed_since" && code != "column_archived" && code != "column_deleted" {
			t.Fatalf("%d: %s", seq, why)
		}
	}
	stuck(history, refused, theirs)
	for card, was := range texts(first) {
		id := uuid.MustParse(card)
		if is := texts(now)[card]; !theirs[id] && !theirs[uuid.Nil] && is != was {
			t.Fatalf("nobody else touched the card of %q, and it is %q", was, is)
		}
	}
}

// stuck adds to the cards that the other touched those of batches with such a card: what is taken back whole is refused whole.
func stuck(history []kanbanapi.Activity, refused map[int64]string, theirs map[uuid.UUID]bool) {
	batches := map[uuid.UUID][]uuid.UUID{}
	for _, activity := range history {
		if activity.Batch != nil && activity.CardId != nil {
			batches[*activity.Batch] = append(batches[*activity.Batch], *activity.CardId)
		}
	}
	touched := func(card uuid.UUID) bool { return theirs[card] }
	for before := -1; before != len(theirs); {
		before = len(theirs)
		for seq := range refused {
			if batch := history[seq-1].Batch; batch != nil && slices.ContainsFunc(batches[*batch], touched) {
				for _, card := range batches[*batch] {
					theirs[card] = true
				}
			}
		}
	}
}

// texts are a state's lines of cards, without where they stand, by their ids.
func texts(state string) map[string]string {
	cards := map[string]string{}
	for line := range strings.Lines(state) {
		if id, rest, ok := strings.Cut(strings.TrimPrefix(line, "card "), " "); ok && strings.HasPrefix(line, "card ") {
			cards[id] = placing.ReplaceAllString(rest, "")
		}
	}
	return cards
}

var placing = regexp.MustCompile(`in \S+ at \S+:|at \w+,`)

// displaced reports whether something came back beside its place, which was taken.
func displaced(history []kanbanapi.Activity) bool {
	return slices.ContainsFunc(history, func(a kanbanapi.Activity) bool {
		return a.Undid != nil && a.After["rank"] != nil && a.After["rank"] != history[*a.Undid-1].Before["rank"]
	})
}

// compared is what a state has of the things that were there at first; without their ranks, if those can't be the same.
func compared(state, first string, moved bool) string {
	var lines []string
	for line := range strings.Lines(first) {
		start := strings.Join(strings.Fields(line)[:2], " ") + " "
		if strings.HasPrefix(line, "board ") {
			start = "board "
		} else if strings.Contains(line, " on ") {
			start = line
		}
		for now := range strings.Lines(state + "\n") {
			if strings.HasPrefix(now, start) {
				lines = append(lines, strings.TrimSpace(now))
			}
		}
	}
	text := strings.Join(lines, "\n")
	if moved {
		return regexp.MustCompile(` at \w+[:,]`).ReplaceAllString(text, "")
	}
	return text
}
