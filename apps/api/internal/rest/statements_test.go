package rest_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/api/internal/kanban"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/postgres/pgtest"
)

// ledger counts the statements that a pool's connections send, and the round trips that they take.
type ledger struct {
	mu         sync.Mutex
	statements []string
	trips      int
}

func (l *ledger) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	l.note(data.SQL)
	l.sent()
	return ctx
}

func (l *ledger) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (l *ledger) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	l.sent()
	return ctx
}

func (l *ledger) TraceBatchQuery(_ context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	l.note(data.SQL)
}

func (l *ledger) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

func (l *ledger) sent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trips++
}

// note keeps what a statement is called, and leaves out those that only begin and end a transaction.
func (l *ledger) note(sql string) {
	name, _, _ := strings.Cut(strings.TrimPrefix(sql, "-- name: "), " ")
	l.mu.Lock()
	defer l.mu.Unlock()
	if name != "begin" && name != "commit" && name != "rollback" {
		l.statements = append(l.statements, name)
	}
}

// of lists the statements of what fn does, and counts its round trips.
func (l *ledger) of(fn func()) (statements []string, trips int) {
	l.mu.Lock()
	l.statements, l.trips = nil, 0
	l.mu.Unlock()
	fn()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.statements, l.trips
}

// counted is counting, and a board with labelled cards.
func counted(t *testing.T) (*kanban.Service, *ledger, kanban.Actor, wall) {
	t.Helper()
	a := setupOn(t, pgtest.New(t, migrations.Kanban, "kanban"))
	ada := a.person(t, "Ada")
	w := ada.spread(t)
	must(ada.LabelCard(t.Context(), w.ID, "1", ada.label(t, w.ID, "Rain").Id))(t)

	service, book := a.counting(t)
	return service, book, kanban.Actor{ID: ada.ID}, w
}

// counting is a service whose statements are counted.
func (a *api) counting(t *testing.T) (*kanban.Service, *ledger) {
	t.Helper()
	book := &ledger{}
	config := a.pool.Config()
	config.ConnConfig.Tracer = book
	pool := must(pgxpool.NewWithConfig(t.Context(), config))(t)
	t.Cleanup(pool.Close)
	return must(kanban.New(store.New(pool)))(t), book
}

func TestACardMovesWithFiveStatementsInTwoRoundTrips(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	for name, to := range map[string]kanban.Place{
		"to_an_end":      {Column: w.Columns[2], At: kanban.AtEnd},
		"to_the_top":     {Column: w.Columns[1], At: kanban.AtStart},
		"beside_another": {Column: w.Columns[1], After: w.Cards["x"].Id},
	} {
		t.Run(name, func(t *testing.T) {
			statements, trips := book.of(func() {
				must(service.MoveCard(t.Context(), ada, w.ID, kanban.CardRef{ID: w.Cards["a"].Id}, to))(t)
			})
			if len(statements) > 5 || trips > 2 {
				t.Errorf("%d statements in %d round trips: %q", len(statements), trips, statements)
			}
		})
	}
}

// A name costs a look whether it came before, together with the lock.
func TestACardMovesUnderANameWithSixStatementsInTwoRoundTrips(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	ada.Change = uuid.New()
	statements, trips := book.of(func() {
		must(service.MoveCard(t.Context(), ada, w.ID, kanban.CardRef{ID: w.Cards["a"].Id}, kanban.Place{Column: w.Columns[2], At: kanban.AtEnd}))(t)
	})
	if len(statements) > 6 || trips > 2 {
		t.Errorf("%d statements in %d round trips: %q", len(statements), trips, statements)
	}
}

func TestACardIsCreatedWithFourStatementsInTwoRoundTrips(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	for name, id := range map[string]*uuid.UUID{"": nil, "BoardLock CardGet CardGapAtEnd CardCreate ActivityCreate": newID()} {
		statements, trips := book.of(func() {
			must(service.CreateCard(t.Context(), ada, w.ID, id, kanban.NewCard{ColumnID: w.Columns[0], Title: "f"}))(t)
		})
		if named := strings.Join(statements, " "); trips > 2 || (id == nil && len(statements) > 4) || (id != nil && named != name) {
			t.Errorf("%d round trips: %q", trips, statements)
		}
	}
}

// One that is sent again costs a look by which activity its card was made.
func TestACardIsCreatedAgainWithFourStatements(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	id := newID()
	for _, want := range []string{"BoardLock CardGet CardGapAtEnd CardCreate ActivityCreate", "BoardLock CardGet CardGapAtEnd ActivityMadeCard"} {
		statements, _ := book.of(func() {
			must(service.CreateCard(t.Context(), ada, w.ID, id, kanban.NewCard{ColumnID: w.Columns[0], Title: "f"}))(t)
		})
		if got := strings.Join(statements, " "); got != want {
			t.Errorf("%s", got)
		}
	}
}

func TestABoardIsReadWithFourStatementsAndMarkedOpenWithAFifth(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	read := func() []string {
		statements, _ := book.of(func() { must(service.Board(t.Context(), ada, w.ID))(t) })
		return statements
	}
	if first := read(); len(first) != 5 || first[4] != "MemberMarkOpened" {
		t.Errorf("the first for a while: %q", first)
	}
	if statements := read(); len(statements) != 4 {
		t.Errorf("%q", statements)
	}
}

func TestASearchTakesFourRoundTrips(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	const read = " SearchPlannedOnce SearchRead SearchLabels"
	for line, want := range map[string]struct {
		statements string
		trips      int
	}{
		"a":            {"SearchBoards SearchNewest SearchWords" + read, 4},
		"a label:rain": {"SearchBoards SearchNewest SearchWordsLabelled" + read, 4},
		"a label:snow": {"SearchBoards SearchNewest SearchWordsLabelled", 3},
		"there isnt":   {"SearchBoards SearchNewest SearchWords SearchKnown", 4},
	} {
		search := must(kanban.NewSearch(line, time.Now()))(t)
		statements, trips := book.of(func() {
			if _, _, err := service.Search(t.Context(), ada, search, nil, 20); err != nil {
				t.Fatal(err)
			}
		})
		if named := strings.Join(statements, " "); named != want.statements || trips != want.trips || w.ID == uuid.Nil {
			t.Errorf("%s: %s in %d round trips", line, named, trips)
		}
	}
}

// A frequent word with something rare is found from what is rare, after one look at the newest; and what fits nothing is known as
// soon, however many cards have the word.
func TestAFrequentWordWithSomethingRareTakesOneLookMore(t *testing.T) {
	t.Parallel()
	a := setupOn(t, pgtest.New(t, migrations.Kanban, "kanban"))
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.thousands(t, w, ada.ID, 6000)
	a.exec(t, `UPDATE board_seq SET last_number = 1000000`)
	a.exec(t, `UPDATE cards SET due_on = $2 WHERE board_id = $1 AND number % 600 = 0`, w.ID, today)
	a.exec(t, `UPDATE cards SET column_id = $2 WHERE board_id = $1 AND number % 600 = 1`, w.ID, w.Columns[2])
	a.exec(t, `UPDATE cards SET archived_at = now(), archived_by = $2 WHERE board_id = $1 AND number % 600 = 2`, w.ID, ada.ID)
	a.exec(t, `INSERT INTO card_assignees (board_id, card_id, person_id) SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % 600 = 3`, w.ID, ada.ID)
	service, book := a.counting(t)
	for line, people := range map[string]int{"rain due:today": 0, `rain col:"Done"`: 0, "rain is:archived": 0, "rain @me": 1, "rain due:overdue": 0, "rain col:Nowhere": 0, `rain -col:"To do" @me`: 1} {
		search := must(kanban.NewSearch(line, today))(t)
		statements, _ := book.of(func() {
			if _, next, err := service.Search(t.Context(), kanban.Actor{ID: ada.ID}, search, nil, 20); err != nil || next != nil {
				t.Fatalf("%s: %v, %v", line, next, err)
			}
		})
		times := map[string]int{}
		for _, name := range statements {
			times[name]++
		}
		if times["SearchSide"] != 1 || times["SearchWords"]+times["SearchCards"] > 0 || times["SearchPeople"] != people || times["SearchRead"] > 6 || times["SearchNewest"] > 3 {
			t.Errorf("%s: %s", line, strings.Join(statements, " "))
		}
	}
}

func TestASearchWithoutTimeEndsWithWhatItFoundAndWhereToGoOn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.thousands(t, w, ada.ID, 3000)
	service := must(kanban.New(store.New(a.pool)))(t)
	for line, limit := range map[string]int{"rain due:none": 1000, "rain due:overdue": 100} {
		hits, next, err := service.Search(hurried{t.Context()}, kanban.Actor{ID: ada.ID}, must(kanban.NewSearch(line, today))(t), nil, limit)
		if err != nil || next == nil || (len(hits) == 0) != (limit == 100) || next.Bare != (len(hits) == 0) {
			t.Errorf("%s: %d hits, then %+v, %v", line, len(hits), next, err)
		}
	}
}

func TestABatchTakesNoMoreStatementsForMoreCards(t *testing.T) {
	t.Parallel()
	service, book, ada, w := counted(t)
	move := func(cards []uuid.UUID, column uuid.UUID) []string {
		statements, _ := book.of(func() {
			batch := kanban.Batch{Cards: cards, Move: &kanban.Place{Column: column, At: kanban.AtEnd}}
			if _, _, err := service.ChangeCards(t.Context(), ada, w.ID, batch); err != nil {
				t.Fatal(err)
			}
		})
		return statements
	}
	two, seven := move(w.ids("a", "b"), w.Columns[2]), move(w.ids("a", "b", "c", "d", "e", "x", "y"), w.Columns[2])
	if len(two) != len(seven) || len(seven) > 7 {
		t.Errorf("two cards: %q; seven: %q", two, seven)
	}
}
