package rest_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
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
		sql = regexp.MustCompile(`@`+name+`\b`).ReplaceAllLiteralString(sql, "$"+string(rune('1'+i)))
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
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	if err := json.Unmarshal(said, &plans); err != nil {
		t.Fatal(err)
	}
	return plans[0].Plan.Hit + plans[0].Plan.Read
}

// settle has a table be as it is after a while: known to the planner, and to be seen by everybody, so that an index tells of it
// alone. A page that was committed but not flushed, as commits here are, is none that VACUUM would call so.
func (a *api) settle(t *testing.T, table string) {
	t.Helper()
	a.exec(t, `CHECKPOINT`)
	a.exec(t, `VACUUM (ANALYZE) `+table)
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
