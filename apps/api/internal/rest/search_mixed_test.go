package rest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/packages/kanbanapi"
)

// hurried has no time left, and yet doesn't end: each page of a search is a single step.
type hurried struct{ context.Context }

func (hurried) Deadline() (time.Time, bool) { return time.Unix(0, 0), true }

// sought is what a search knows of a card.
type sought struct {
	id                  uuid.UUID
	title, all          []string // its words
	column              string
	due                 int // days from today, or undated
	isArchived, carries bool
	people              []string
}

const undated = -1000

// mixedWalls put up boards with random cards: words are frequent or not, what is done is old, and somebody else has boards too.
type mixedWalls struct {
	dice  *rand.Rand
	cards []sought // on those that Ada is on, and not in the trash
}

func (m *mixedWalls) words(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = []string{"rain", "rain", "rain", "rainy", "sun", "sun", "sunny", "snow", "heavy", "heavy"}[m.dice.IntN(10)]
	}
	return words
}

func (m *mixedWalls) put(t *testing.T, a *api, w wall, by uuid.UUID, people map[string]uuid.UUID, cards int, isOwn, isArchived bool) {
	t.Helper()
	label := uuid.New()
	a.exec(t, `INSERT INTO labels (board_id, id, name, name_key, hue, created_by) VALUES ($1, $2, 'wet', 'wet', 'teal', $3)`, w.ID, label, by)
	var rows, carried, does [][]any
	for n := range cards {
		id := uuid.MustParse(fmt.Sprintf("018f0000-0000-7000-8000-%08x%04x", n, m.dice.IntN(1<<16)))
		column := min(m.dice.IntN(4), 3-3*n/cards) // the older, the further
		c := sought{
			id: id, title: m.words(1 + m.dice.IntN(3)), column: []string{"to do", "doing", "done", "old"}[column], due: undated,
			isArchived: isArchived || column == 3, carries: m.dice.IntN(8) == 0,
		}
		described := m.words(m.dice.IntN(3))
		c.all = append(slices.Clone(c.title), described...)
		row := []any{w.ID, id, n + 1, w.Columns[column], fmt.Sprintf("d%05d", n), strings.Join(c.title, " "), strings.Join(described, ", "), by, nil, nil, nil, nil, nil}
		if m.dice.IntN(3) == 0 {
			c.due = m.dice.IntN(30) - 15
			row[8] = today.AddDate(0, 0, c.due)
		}
		if m.dice.IntN(6) == 0 {
			c.isArchived, row[9], row[10] = true, time.Now(), by
		}
		isGone := m.dice.IntN(20) == 0
		if isGone {
			row[11], row[12] = time.Now(), by
		}
		for name, person := range people {
			if m.dice.IntN(10) == 0 {
				c.people = append(c.people, name)
				does = append(does, []any{w.ID, id, person})
			}
		}
		if c.carries {
			carried = append(carried, []any{w.ID, id, label})
		}
		if rows = append(rows, row); isOwn && !isGone {
			m.cards = append(m.cards, c)
		}
	}
	columns := []string{"board_id", "id", "number", "column_id", "rank", "title", "description", "created_by", "due_on", "archived_at", "archived_by", "deleted_at", "deleted_by"}
	a.copy(t, "cards", columns, rows)
	a.copy(t, "card_labels", []string{"board_id", "card_id", "label_id"}, carried)
	a.copy(t, "card_assignees", []string{"board_id", "card_id", "person_id"}, does)
}

func (a *api) copy(t *testing.T, table string, columns []string, rows [][]any) {
	t.Helper()
	must(a.pool.CopyFrom(t.Context(), pgx.Identifier{table}, columns, pgx.CopyFromRows(rows)))(t)
}

// passes are the other parts of a line, and the cards that they let pass.
var passes = map[string]func(sought) bool{
	"due:today":     func(c sought) bool { return c.due == 0 },
	"due:week":      func(c sought) bool { return c.due >= 0 && c.due < 7 },
	"due:overdue":   func(c sought) bool { return c.due < 0 && c.due != undated },
	"due:none":      func(c sought) bool { return c.due == undated },
	"-due:none":     func(c sought) bool { return c.due != undated },
	"-due:week":     func(c sought) bool { return c.due < 0 || c.due >= 7 },
	`col:"DONE"`:    func(c sought) bool { return c.column == "done" },
	`-col:"to do"`:  func(c sought) bool { return c.column != "to do" },
	"col:nowhere":   func(sought) bool { return false },
	"label:wet":     func(c sought) bool { return c.carries },
	"-label:wet":    func(c sought) bool { return !c.carries },
	"@me":           func(c sought) bool { return slices.Contains(c.people, "Ada") },
	"-@me":          func(c sought) bool { return !slices.Contains(c.people, "Ada") },
	"@bob":          func(c sought) bool { return slices.Contains(c.people, "Bob") || slices.Contains(c.people, "Bob Kay") },
	"-heavy":        func(c sought) bool { return !slices.Contains(c.all, "heavy") },
	"is:archived":   func(c sought) bool { return c.isArchived },
	"-is:archived":  func(c sought) bool { return !c.isArchived },
	"-label:nosuch": func(sought) bool { return true },
}

// tier is how well a card fits some words, 0 for not at all; near are those that a letter of the word is wrong of.
func (c sought) tier(words []string, near map[string]string) kanban.Tier {
	all := func(in []string, fits func(word, one string) bool) bool {
		return !slices.ContainsFunc(words, func(word string) bool {
			return !slices.ContainsFunc(in, func(one string) bool { return fits(word, one) })
		})
	}
	begins := func(word, one string) bool { return strings.HasPrefix(one, word) }
	switch {
	case all(c.title, func(word, one string) bool { return one == word }):
		return kanban.WholeTitle
	case all(c.title, begins):
		return kanban.TitleBegin
	case all(c.all, begins):
		return kanban.Anywhere
	case all(c.all, func(word, one string) bool { return begins(word, one) || near[word] == one }):
		return kanban.Nearly
	}
	return 0
}

// fitting are the ids of the cards that fit a line, best first, found by looking at each.
func (m *mixedWalls) fitting(words, rest []string) []uuid.UUID {
	tiers := map[kanban.Tier][]sought{}
	for _, c := range m.cards {
		fits := slices.Contains(rest, "is:archived") == c.isArchived
		for _, part := range rest {
			fits = fits && passes[part](c)
		}
		if tier := c.tier(words, map[string]string{"rani": "rain", "rainy": "rain", "sunny": "", "haevy": "heavy"}); fits && tier > 0 {
			tiers[tier] = append(tiers[tier], c)
		}
	}
	if len(tiers) > 1 {
		delete(tiers, kanban.Nearly) // something is better
	}
	ids := []uuid.UUID{}
	for tier := kanban.WholeTitle; tier <= kanban.Nearly; tier++ {
		slices.SortFunc(tiers[tier], func(a, b sought) int { return strings.Compare(b.id.String(), a.id.String()) })
		for _, c := range tiers[tier] {
			ids = append(ids, c.id)
		}
	}
	return ids
}

// Whichever way a search goes, by the words or by what else a line says, in one go or step by step: what it finds is what somebody
// finds who looks at every card, in the same order, and each once.
func TestAMixedSearchFindsWhatALookAtEveryCardFinds(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob, kay := a.person(t, "Ada"), a.person(t, "Bob"), a.person(t, "Bob Kay")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	m := &mixedWalls{dice: rand.New(rand.NewPCG(seed, 1))}
	for i, by := range []*person{ada, ada, ada, bob} {
		w := by.wall(t)
		w.Columns = append(w.Columns, must(by.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Old"}))(t).Id)
		people := map[string]uuid.UUID{"Bob": bob.ID, "Bob Kay": kay.ID}
		if isOwn := by == ada; isOwn {
			people["Ada"] = ada.ID
			a.member(t, w.ID, bob, "editor")
		}
		a.member(t, w.ID, kay, "viewer")
		m.put(t, a, w, by.ID, people, []int{1500, 700, 200, 900}[i], by == ada, i == 2)
		must(by.ArchiveColumn(t.Context(), w.ID, w.Columns[3]))(t)
		if i == 2 {
			must(by.ArchiveBoard(t.Context(), w.ID))(t)
		}
	}
	a.exec(t, "ANALYZE")
	service, parts := must(kanban.New(store.New(a.pool)))(t), make([]string, 0, len(passes))
	for part := range passes {
		parts = append(parts, part)
	}
	slices.Sort(parts)
	for n := range 80 {
		ever := []int{3000, 1_000_000}[n%2] // many cards aren't read through
		a.exec(t, `UPDATE board_seq SET last_number = $1`, ever)
		words := m.some([]string{"rain", "r", "rainy", "sun", "sunny", "snow", "rani", "haevy"}, 1+n%3/2)
		rest := m.some(parts, n%4)
		search := must(kanban.NewSearch(strings.Join(append(slices.Clone(words), rest...), " "), today))(t)
		want := m.fitting(words, rest)
		ctx, limit := t.Context(), 100
		if n%5 == 0 {
			ctx = hurried{ctx}
		} else if len(want) < 60 {
			limit = 1 + m.dice.IntN(9)
		}
		if got := allPages(t, ctx, service, ada.ID, search, limit); !slices.Equal(got, want) {
			t.Errorf("%q, %d cards ever, %T: %d found, %d fit", search.Line(), ever, ctx, len(got), len(want))
		}
	}
}

// some are so many of those there are, each once.
func (m *mixedWalls) some(all []string, n int) []string {
	all = slices.Clone(all)
	m.dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:n]
}

// allPages are the ids of what a search finds, page by page.
func allPages(t *testing.T, ctx context.Context, service *kanban.Service, person uuid.UUID, search kanban.Search, limit int) []uuid.UUID {
	t.Helper()
	ids := []uuid.UUID{}
	for after, pages := (*kanban.Mark)(nil), 0; pages == 0 || after != nil; pages++ {
		hits, next, err := service.Search(ctx, kanban.Actor{ID: person}, search, after, limit)
		if err != nil || len(hits) > limit || pages > 1000 {
			t.Fatalf("%q: %d hits on page %d, %v", search.Line(), len(hits), pages, err)
		}
		for _, hit := range hits {
			ids = append(ids, hit.ID)
		}
		after = next
	}
	return ids
}
