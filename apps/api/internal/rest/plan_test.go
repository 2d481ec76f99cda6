package rest_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// statement finds one of the store's by its name, with its parameters numbered in the order given.
func statement(t *testing.T, file, name string, parameters ...string) string {
	t.Helper()
	_, sql, found := strings.Cut(string(must(os.ReadFile("../postgres/query/"+file))(t)), "-- name: "+name+" ")
	if !found {
		t.Fatalf("%s has no %s", file, name)
	}
	_, sql, _ = strings.Cut(sql, "\n")
	sql, _, _ = strings.Cut(sql, "-- name: ")
	for i, name := range parameters {
		sql = regexp.MustCompile(`@`+name+`\b`).ReplaceAllLiteralString(sql, "$"+strconv.Itoa(i+1))
	}
	return sql
}

// pages runs a statement and counts the pages that it touches.
func (a *api) pages(t *testing.T, sql string, args ...any) int {
	t.Helper()
	var said []byte
	if err := a.pool.QueryRow(t.Context(), "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "+sql, args...).Scan(&said); err != nil {
		t.Fatal(err)
	}
	return touched(t, said)
}

// pagesOfAnyPlan is pages of the plan that serves whatever values come: a statement that is used often has that one.
func (a *api) pagesOfAnyPlan(t *testing.T, sql string, args ...any) int {
	t.Helper()
	conn := must(a.pool.Acquire(t.Context()))(t)
	defer conn.Release()
	for _, prepares := range []string{"SET plan_cache_mode = force_generic_plan", "PREPARE looked AS " + sql} {
		must(conn.Exec(t.Context(), prepares))(t)
	}
	var said []byte
	parameters := make([]string, len(args))
	for i := range args {
		parameters[i] = "$" + strconv.Itoa(i+1)
	}
	execute := "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE looked(" + strings.Join(parameters, ", ") + ")"
	if err := conn.QueryRow(t.Context(), execute, append([]any{pgx.QueryExecModeSimpleProtocol}, args...)...).Scan(&said); err != nil {
		t.Fatal(err)
	}
	for _, forgets := range []string{"RESET plan_cache_mode", "DEALLOCATE looked"} {
		must(conn.Exec(t.Context(), forgets))(t)
	}
	return touched(t, said)
}

func touched(t *testing.T, explained []byte) int {
	t.Helper()
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	if err := json.Unmarshal(explained, &plans); err != nil {
		t.Fatal(err)
	}
	return plans[0].Plan.Hit + plans[0].Plan.Read
}

// settle has tables be as they are after a while: known to the planner, and to be seen by everybody, so that an index tells of them
// alone. A page that was committed but not flushed, as commits here are, is none that VACUUM would call so, nor one that a
// connection which just begins, to whichever database, may not see yet.
func (a *api) settle(t *testing.T, tables string) {
	t.Helper()
	a.exec(t, `CHECKPOINT`)
	eventually(t, tables+" are to be seen by everybody", func() bool {
		a.exec(t, `VACUUM (ANALYZE) `+tables)
		var settled bool
		err := a.pool.QueryRow(t.Context(), `SELECT bool_and(relallvisible = relpages) FROM pg_class WHERE oid = ANY (string_to_array($1, ', ')::regclass[])`, tables).Scan(&settled)
		return err == nil && settled
	})
}

// What is to be undone, and how its card stands, is found without reading the board or all that was done on it, whatever the
// statistics say: the board would be more than 100 pages.
func TestWhatIsUndoneIsFoundWithoutReadingTheBoard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	session, long := uuid.New(), int64(1_000_000)
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by)
		SELECT $1, gen_random_uuid(), n, $2, 'c' || to_char(n, 'FM00000'), 'x', $3 FROM generate_series(101, 5100) n`, w.ID, w.Columns[0], ada.ID)
	a.exec(t, `INSERT INTO activity (board_id, seq, at, actor_id, session, verb, card_id, column_id, was, became)
		SELECT board_id, number, now(), created_by, $1, 'card_moved', id, column_id,
		       jsonb_build_object('column_id', column_id, 'rank', rank), jsonb_build_object('column_id', column_id, 'rank', rank)
		FROM cards WHERE number > 100`, session)
	own := statement(t, "undo.sql", "ActivityOwnLast", "board_id", "session", "actor_id", "from_seq", "to_seq", "redo")
	for _, knows := range []string{`SELECT`, `ANALYZE`} {
		a.exec(t, knows)
		if pages := a.pagesOfAnyPlan(t, own, w.ID, session, ada.ID, int64(1), long, false); pages > 60 {
			t.Errorf("%d pages for what is to be undone, after %s", pages, knows)
		}
	}
}

// What made a card, a column or a label is found without reading what was done before and since, to that card or on the board: each
// would be more than 100 pages.
func TestWhatMadeSomethingIsFoundWithoutReadingWhatElseWasDone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	label := ada.label(t, w.ID, "Rain").Id
	a.exec(t, `UPDATE activity SET seq = seq + 10000`)
	a.exec(t, `INSERT INTO activity (board_id, seq, actor_id, verb, card_id, column_id, was, became)
		SELECT $1, n, $2, 'card_edited', CASE WHEN n > 15000 THEN $3 ELSE gen_random_uuid() END, $4, jsonb_build_object('title', n), jsonb_build_object('title', n)
		FROM generate_series(1, 20000) n WHERE n NOT BETWEEN 10000 AND 10100`, w.ID, ada.ID, w.Cards["a"].Id, w.Columns[0])
	card := statement(t, "activity.sql", "ActivityMadeCard", "board_id", "card_id")
	made := statement(t, "activity.sql", "ActivityMade", "board_id", "id")
	for _, knows := range []string{`SELECT`, `ANALYZE activity`, `DELETE FROM pg_statistic WHERE starelid = 'activity'::regclass`} {
		a.exec(t, knows)
		for name, pages := range map[string]int{
			"a card":   a.pagesOfAnyPlan(t, card, w.ID, w.Cards["a"].Id),
			"a column": a.pagesOfAnyPlan(t, made, w.ID, w.Columns[0]),
			"a label":  a.pagesOfAnyPlan(t, made, w.ID, label),
		} {
			if pages > 10 {
				t.Errorf("%s, after %.20s: %d pages", name, knows, pages)
			}
		}
	}
}

// With 40 labels, a plan that looks every card up for each label touches forty times as much.
func TestLabelsAreLookedUpOncePerCardWhateverThePlannerKnows(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by)
		SELECT $1, gen_random_uuid(), n, $2, 'c' || to_char(n, 'FM000'), 'x', $3 FROM generate_series(1, 400) n`, w.ID, w.Columns[0], ada.ID)
	a.exec(t, `INSERT INTO labels (board_id, id, name, name_key, hue, created_by)
		SELECT $1, gen_random_uuid(), n, n, 'teal', $2 FROM generate_series(1, 40) n`, w.ID, ada.ID)
	a.exec(t, `INSERT INTO card_labels SELECT k.board_id, k.id, l.id FROM cards k JOIN labels l ON l.board_id = k.board_id AND k.number % 40 + 1 = l.name::int`)
	var cards []uuid.UUID
	if err := a.pool.QueryRow(t.Context(), `SELECT array_agg(id) FROM cards`).Scan(&cards); err != nil {
		t.Fatal(err)
	}
	sql := statement(t, "label.sql", "LabelListByBoard", "board_id", "card_ids")
	for _, knows := range []string{
		`SELECT`, `ANALYZE labels, card_labels`, `DELETE FROM pg_statistic WHERE starelid IN ('labels'::regclass, 'card_labels'::regclass)`,
	} {
		a.exec(t, knows)
		if pages := a.pages(t, sql, w.ID, cards); pages > 10*len(cards) {
			t.Errorf("%d pages for %d cards after %s", pages, len(cards), knows)
		}
	}
}

// A page of an archive of 20,000 cards is found by its index, in the order that is wanted, whatever the statistics say: all of
// the archive would be more than 20,000 pages.
func TestAPageOfALargeArchiveTouchesThatPageAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by, archived_at, archived_by)
		SELECT $1, gen_random_uuid(), n, $2, 'c' || to_char(n, 'FM00000'), 'x', $3, now() - n * interval '1 minute', $3
		FROM generate_series(1, 20000) n`, w.ID, w.Columns[0], ada.ID)
	sql := statement(t, "away.sql", "CardListAway", "board_id", "deleted", "before_at", "before_id", "patterns", "max_rows")
	for _, analyzed := range []bool{false, true} {
		if analyzed {
			a.exec(t, "ANALYZE")
		}
		for name, before := range map[string]time.Time{"first": time.Now().AddDate(10, 0, 0), "late": time.Now().Add(-15_000 * time.Minute)} {
			if pages := a.pages(t, sql, w.ID, false, before, uuid.Nil, []string{}, 51); pages > 1500 {
				t.Errorf("the %s page, analyzed %v: %d pages of the database touched", name, analyzed, pages)
			}
		}
	}
}

// Where columns are short as a rule, a plan for all takes every column for a short one and may go down it to the neighbour: in
// this one that were five times the pages and more.
func TestANeighbourInALongColumnIsFoundByItsIDWhereMostColumnsAreShort(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.exec(t, `INSERT INTO boards (id, title, created_by) SELECT gen_random_uuid(), 'x', $1 FROM generate_series(1, 400)`, ada.ID)
	a.exec(t, `INSERT INTO columns (board_id, id, title, rank, created_by)
		SELECT id, gen_random_uuid(), n, 'c' || n, created_by FROM boards, generate_series(1, 4) n WHERE title = 'x'`)
	const cards = `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by)
		SELECT c.board_id, gen_random_uuid(), row_number() OVER (PARTITION BY c.board_id) + $2::int, c.id, 'c' || to_char(n, 'FM0000'), 'x', c.created_by
		FROM columns c, generate_series(1, $2::int) n WHERE (c.id = $1) = $3`
	a.exec(t, cards, w.Columns[0], 5, false)
	a.exec(t, cards, w.Columns[0], 3000, true)
	a.exec(t, "ANALYZE")
	var card, neighbour uuid.UUID
	for rank, id := range map[string]*uuid.UUID{"c0100": &card, "c2000": &neighbour} {
		if err := a.pool.QueryRow(t.Context(), `SELECT id FROM cards WHERE column_id = $1 AND rank = $2`, w.Columns[0], rank).Scan(id); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"CardGapBefore", "CardGapAfter"} {
		sql := statement(t, "card.sql", name, "board_id", "column_id", "moving", "neighbour")
		if pages := a.pagesOfAnyPlan(t, sql, w.ID, w.Columns[0], []string{card.String()}, neighbour); pages > 20 {
			t.Errorf("%s: %d pages", name, pages)
		}
	}
	if pages := a.pagesOfAnyPlan(t, statement(t, "card.sql", "CardRankInColumn", "board_id", "column_id", "id"), w.ID, w.Columns[0], neighbour); pages > 8 {
		t.Errorf("CardRankInColumn: %d pages", pages)
	}
}

// The search finds cards with a frequent word and a label by both at once: those that have the word alone are some thousand
// pages. A frequent word is looked for among the newest, and what is read of a page of hits is as much as that.
func TestASearchTouchesWhatItFinds(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.thousands(t, w, ada.ID, 20_000)
	label := ada.label(t, w.ID, "wet")
	a.exec(t, `INSERT INTO card_labels SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % 500 = 0`, w.ID, label.Id)
	a.exec(t, "VACUUM ANALYZE card_texts, cards, card_labels, labels, known_words")
	boards, last := []uuid.UUID{w.ID}, uuid.Max
	words := statement(t, "search.sql", "SearchWordsLabelled", "whole", "titled", "otherwise", "anywhere", "boards", "labels", "not_labels", "last_tier", "tier", "before", "max_rows")
	newest := statement(t, "search.sql", "SearchNewest", "whole", "titled", "before", "depth", "anywhere", "labels", "not_labels", "max_rows")
	read := statement(t, "search.sql", "SearchRead", "board_ids", "card_ids", "tiers", "person_id", "archived", "signs", "not_signs", "columns", "not_columns", "dues", "today", "week_end", "people", "people_terms", "not_people", "max_rows")
	labels := statement(t, "search.sql", "SearchLabels", "board_ids", "card_ids")
	known := statement(t, "search.sql", "SearchKnown", "words")
	var cards []uuid.UUID
	if err := a.pool.QueryRow(t.Context(), `SELECT array_agg(id) FROM (SELECT id FROM cards WHERE board_id = $1 LIMIT 21) k`, w.ID).Scan(&cards); err != nil {
		t.Fatal(err)
	}
	tiers, on, none := make([]int, len(cards)), slices.Repeat(boards, len(cards)), []string{}
	for _, knows := range []string{`SELECT`, `DELETE FROM pg_statistic WHERE starelid IN ('card_texts'::regclass, 'cards'::regclass, 'columns'::regclass, 'known_words'::regclass)`} {
		a.exec(t, knows)
		for name, c := range map[string]struct{ pages, most int }{
			"a frequent word and a label":       {a.pages(t, words, "'rain':A", "'rain':*A", 3, "'rain':*", boards, []string{"wet"}, none, 3, 1, last, 500), 150},
			"the newest":                        {a.pages(t, newest, "'rain':A", "'rain':*A", last, 2000, "'rain':*", none, none, 400), 4200},
			"a page of hits":                    {a.pages(t, read, on, cards, tiers, ada.ID, false, none, none, none, none, none, time.Now(), time.Now(), []uuid.UUID{}, []int{}, []uuid.UUID{}, 21), 500},
			"a page of hits, whatever they are": {a.pagesOfAnyPlan(t, read, on, cards, tiers, ada.ID, false, none, none, none, none, none, today, today, []uuid.UUID{}, []int{}, []uuid.UUID{}, 21), 500},
			"their labels":                      {a.pagesOfAnyPlan(t, labels, on, cards), 200},
			"which of many words there are":     {a.pages(t, known, slices.Repeat([]string{"rainy", "sunn", "rainx", "rian"}, 100)), 1200},
		} {
			if c.pages > c.most {
				t.Errorf("%s, after %.20s: %d pages touched, more than %d", name, knows, c.pages, c.most)
			}
		}
	}
}

// A search that begins with a side of the wall reads that side's cards and their texts, whatever the statistics say and in the plan
// for whatever values come: all of the 20,000 cards would be 40,000 pages and more.
func TestASearchFromASideReadsThatSideAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.thousands(t, w, ada.ID, 20_000)
	a.exec(t, `UPDATE cards SET due_on = $2 WHERE board_id = $1 AND number % 100 = 1`, w.ID, today)
	a.exec(t, `UPDATE cards SET column_id = $2 WHERE board_id = $1 AND number % 100 = 2`, w.ID, w.Columns[2])
	a.exec(t, `UPDATE cards SET archived_at = now(), archived_by = $2 WHERE board_id = $1 AND number % 100 = 3`, w.ID, ada.ID)
	a.exec(t, `INSERT INTO card_assignees (board_id, card_id, person_id) SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % 100 = 4`, w.ID, ada.ID)
	a.settle(t, "cards, card_texts, card_assignees, columns, board_seq")
	which := []string{"side", "boards", "people", "due_from", "due_to", "columns", "not_columns"}
	size := statement(t, "search.sql", "SearchSideSize", append(which, "most")...)
	find := statement(t, "search.sql", "SearchSide", append(which, "whole", "titled", "otherwise", "anywhere", "labels", "not_labels", "tier", "before", "max_rows")...)
	none := []string{}
	for _, knows := range []string{`SELECT`, `DELETE FROM pg_statistic WHERE starelid IN ('card_texts'::regclass, 'cards'::regclass, 'columns'::regclass, 'card_assignees'::regclass)`} {
		a.exec(t, knows)
		for side, counted := range map[string]int{"people": 700, "due": 50, "wall": 50, "archive": 700} {
			args := []any{side, []string{w.ID.String()}, []string{ada.ID.String()}, today, today, []string{"DONE"}, none}
			words := append(slices.Clone(args), "'rain':A", "'rain':*A", 3, "'rain':*", none, none, 1, uuid.Max, 500)
			for name, c := range map[string]struct{ pages, most int }{
				"counted":                      {a.pages(t, size, append(args, 10_001)...), counted},
				"counted, whatever it is":      {a.pagesOfAnyPlan(t, size, append(args, 10_001)...), counted},
				"looked through":               {a.pages(t, find, words...), 2000},
				"looked through, whatever for": {a.pagesOfAnyPlan(t, find, words...), 2000},
			} {
				if c.pages > c.most {
					t.Errorf("%s, %s, after %.20s: %d pages touched, more than %d", side, name, knows, c.pages, c.most)
				}
			}
		}
	}
}

// A filter reads each card of its board once, along the order of its column, and its labels once for all of them, whatever
// the statistics say: what matches is a function that the planner has to put in its place.
func TestAFilterReadsEachCardOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.thousands(t, w, ada.ID, 5000)
	label := ada.label(t, w.ID, "wet")
	a.exec(t, `INSERT INTO card_labels SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % 5 = 0`, w.ID, label.Id)
	match := []string{"board_id", "words", "not_words", "dues", "today", "week_end", "labels", "not_labels", "people", "people_terms", "not_people", "columns"}
	list := statement(t, "filter.sql", "CardListMatching", append(match, "after_rank", "after", "max_rows")...)
	count := statement(t, "filter.sql", "CardCountMatching", append(match, "archived")...)
	a.exec(t, `INSERT INTO card_assignees (board_id, card_id, person_id) SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % 5 = 0`, w.ID, ada.ID)
	a.settle(t, "card_assignees")
	none, one, me := []uuid.UUID{}, []uuid.UUID{label.Id}, []uuid.UUID{ada.ID}
	for _, knows := range []string{`SELECT`, `ANALYZE`, `DELETE FROM pg_statistic WHERE starelid IN ('cards'::regclass, 'card_labels'::regclass, 'card_assignees'::regclass)`} {
		a.exec(t, knows)
		for name, labels := range map[string][4][]uuid.UUID{"words": {none, none, none, none}, "a label": {one, none, none, none}, "none": {none, one, none, none},
			"somebody": {none, none, me, none}, "not somebody": {none, none, none, me}} {
			args := []any{w.ID, []string{"%rare%"}, []string{}, []string{}, time.Now(), time.Now(), labels[0], labels[1], labels[2], make([]int, len(labels[2])), labels[3], w.Columns}
			if pages := a.pages(t, list, append(args, "", uuid.Nil, 50)...); pages > 600 {
				t.Errorf("%s, listed after %.20s: %d pages touched", name, knows, pages)
			}
			if pages := a.pages(t, count, append(args, false)...); pages > 600 {
				t.Errorf("%s, counted after %.20s: %d pages touched", name, knows, pages)
			}
			var plan []byte
			if err := a.pool.QueryRow(t.Context(), "EXPLAIN (FORMAT JSON) "+list, append(args, "", uuid.Nil, 50)...).Scan(&plan); err != nil || strings.Contains(string(plan), `"Function Name": "cards_matching"`) {
				t.Errorf("%s, after %.20s: what matches is found apart from the statement: %s, %v", name, knows, plan, err)
			}
		}
	}
}
