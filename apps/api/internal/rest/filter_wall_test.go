package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"cardwall/apps/api/internal/kanban"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

// shown is all that a filtered board says of what matches.
func shown(t *testing.T, board kanban.Board) string {
	t.Helper()
	var said strings.Builder
	for _, column := range board.Columns {
		cards := slices.Concat([]kanban.CardSummary{}, column.Items)
		fmt.Fprintf(&said, "%s, %d of %d, folded up %v, then %s\n%s\n", column.Title, *column.Matches, column.CardCount, column.Collapsed, column.Next, must(json.Marshal(cards))(t))
	}
	head := board.BoardHead
	head.OpenedAt, head.Unmarked = nil, false // the first who asks opens it
	return said.String() + string(must(json.Marshal([]any{head, board.Labels, board.Members, board.NamedAt}))(t))
}

// filterers are two that filter the same boards: one by what it keeps in memory, whose statements are counted, and one that has the
// database look each time.
type filterers struct {
	kept, asked *kanban.Service
	book        *ledger
}

func (a *api) filterers(t *testing.T) filterers {
	t.Helper()
	book := &ledger{}
	config := a.pool.Config()
	config.ConnConfig.Tracer = book
	pool := must(pgxpool.NewWithConfig(t.Context(), config))(t)
	t.Cleanup(pool.Close)
	return filterers{must(kanban.New(store.New(pool)))(t), must(kanban.New(store.New(a.pool).Keeping(0)))(t), book}
}

// same filters by both, and tells by which statements the first did so.
func (f filterers) same(t *testing.T, who kanban.Actor, board uuid.UUID, line string) string {
	t.Helper()
	filter := must(kanban.NewFilter(line, today))(t)
	var kept kanban.Board
	statements, _ := f.book.of(func() { kept = must(f.kept.FilteredBoard(t.Context(), who, board, filter))(t) })
	asked := must(f.asked.FilteredBoard(t.Context(), who, board, filter))(t)
	if k, a := shown(t, kept), shown(t, asked); k != a {
		t.Errorf("%q, by %q:\n%s\nand by the database:\n%s", line, statements, k, a)
	}
	return strings.TrimSuffix(strings.Join(statements, " "), " MemberMarkOpened") // the first for a while
}

// jumble is a board of cards with a bit of everything, in a random way.
func (p *person) jumble(t *testing.T, a *api, seed int) wall {
	t.Helper()
	w := p.wall(t)
	a.exec(t, `SELECT setseed($1::float8 / 100)`, seed)
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, description, due_on, created_by, archived_at, archived_by, deleted_at, deleted_by)
		SELECT $1, gen_random_uuid(), n, ($2::uuid[])[1 + n % 3], 'c' || to_char(n / 2 * 2, 'FM000') || CASE WHEN r < 0.2 THEN '' ELSE n::text END,
			(ARRAY['Rain', 'heavy RAIN', 'Über İstanbul', '100% a_b', 'c\d', 'say "hi" 🌱', 'ΣΊΣΥΦΟΣ', 'ǅ ß ẞ'])[1 + n * 7 % 8] || ' ' || n,
			(ARRAY['', '', 'Of poppies', 'RAIN again', 'ÖL', '%_\'])[1 + n * 5 % 6],
			CASE n % 4 WHEN 0 THEN NULL ELSE $4::date + n % 19 - 8 END, $3,
			CASE WHEN r < 0.2 THEN now() END, CASE WHEN r < 0.2 THEN $3::uuid END, CASE WHEN r > 0.9 THEN now() END, CASE WHEN r > 0.9 THEN $3::uuid END
		FROM generate_series(1, 240) n, LATERAL (SELECT random() + n * 0 AS r) x`, w.ID, w.Columns, p.ID, today)
	return w
}

// What is kept in memory finds the same as the statements do, line by line, and asks for nothing but the board's state.
func TestABoardThatIsKeptIsFilteredAsTheDatabaseDoes(t *testing.T) {
	t.Parallel()
	a := setupOn(t, pgtest.New(t, migrations.Kanban, "kanban"))
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob Bobson")
	w := ada.jumble(t, a, 7)
	a.member(t, w.ID, bob, "editor")
	for name, every := range map[string]int{"Bug": 3, "On hold": 5} {
		a.exec(t, `INSERT INTO card_labels SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % $3::int = 0`, w.ID, ada.label(t, w.ID, name).Id, every)
	}
	for who, every := range map[uuid.UUID]int{ada.ID: 4, bob.ID: 7} {
		a.exec(t, `INSERT INTO card_assignees (board_id, card_id, person_id) SELECT board_id, id, $2 FROM cards WHERE board_id = $1 AND number % $3::int = 0`, w.ID, who, every)
	}
	a.exec(t, `INSERT INTO collapsed_columns (board_id, person_id, column_id) VALUES ($1, $2, $3)`, w.ID, ada.ID, w.Columns[1])
	f := a.filterers(t)
	actors := []kanban.Actor{{ID: ada.ID}, {ID: bob.ID}}
	for range 2 {
		f.same(t, actors[0], w.ID, "rain")
	}
	for _, both := range []string{ // which chance seldom brings together
		"rain heavy", "-rain -heavy", `label:bug label:"on hold"`, `-label:bug -label:"on hold"`, `label:bug -label:"on hold"`, "@me @bob", "-@me -@bob", "@me -@bob", "due:week", "-due:week", "due:overdue", "-due:today",
	} {
		f.same(t, actors[0], w.ID, both)
	}
	terms := []string{"rain", "RAIN", "heavy", "über", "ÜBER", "istanbul", "i̇stanbul", "100%", "%", "_", `\`, `c\d`, `"say ""hi"""`, "🌱", "öl", "σίσυφος", "ΣΊΣΥΦΟΣ", "ß", "ǆ", "1", "poppies", "zzz",
		"label:bug", `label:"ON HOLD"`, "label:nowhere", "@me", "@bob", "@bobson", "@nobody", `col:"to do"`, "col:doing", "col:nowhere",
		"due:none", "due:overdue", "due:today", "due:week", "is:archived"}
	rapid.Check(t, func(r *rapid.T) {
		var line []string
		for _, term := range rapid.SliceOfN(rapid.SampledFrom(terms), 1, 3).Draw(r, "terms") {
			line = append(line, rapid.SampledFrom([]string{"", "", "-"}).Draw(r, "not")+term)
		}
		said := f.same(t, rapid.SampledFrom(actors).Draw(r, "who"), w.ID, strings.Join(line, " "))
		if said != "BoardRead" && said != "BoardRead WallSmall" {
			t.Errorf("%q takes %q", line, said)
		}
	})
}

// A board is kept once somebody has asked twice, and as it was in that state alone; somebody else's change, seen by another process
// or not, makes it be read anew.
func TestAKeptBoardShowsEachChangeAtOnce(t *testing.T) {
	t.Parallel()
	a := setupOn(t, pgtest.New(t, migrations.Kanban, "kanban"))
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	ctx, w := t.Context(), ada.wall(t, "Rain", "Sun")
	f, actor := a.filterers(t), kanban.Actor{ID: ada.ID}
	const bySQL = "BoardRead BoardRead ColumnListByBoard CardListMatching LabelListByBoard"
	const whole = "BoardRead BoardRead WallWeight ColumnListByBoard WallCards WallLabels WallAssignees LabelListByBoard"
	asks := func(when string, want ...string) {
		t.Helper()
		for _, want := range want {
			if statements := f.same(t, actor, w.ID, "rain"); statements != want {
				t.Errorf("%s: %s, not %s", when, statements, want)
			}
		}
	}
	asks("at first", bySQL, whole, "BoardRead", "BoardRead")
	label, rain := ada.label(t, w.ID, "Wet"), w.Cards["Rain"].Id.String()
	for name, change := range map[string]func() error{
		"a card renamed": func() error {
			_, err := ada.UpdateCard(ctx, w.ID, w.Cards["Sun"].Id.String(), 1, kanbanapi.CardPatch{Title: ref("Sun and rain")})
			return err
		},
		"a card labelled": func() error { _, err := ada.LabelCard(ctx, w.ID, rain, label.Id); return err },
		"a card assigned": func() error { _, err := ada.AssignCard(ctx, w.ID, rain, ada.ID); return err },
		"a card moved": func() error {
			_, err := ada.MoveCard(ctx, w.ID, rain, kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)})
			return err
		},
		"a column gone": func() error { _, err := ada.ArchiveColumn(ctx, w.ID, w.Columns[1]); return err },
		"somebody came": func() error {
			a.member(t, w.ID, bob, "editor")
			_, err := ada.UpdateLabel(ctx, w.ID, label.Id, 1, kanbanapi.LabelPatch{Name: ref("Dry")})
			return err
		},
	} {
		if err := change(); err != nil {
			t.Fatal(name, err)
		}
		asks(name, bySQL, whole, "BoardRead")
	}
	a.exec(t, `UPDATE people SET name = 'Rain', updated_at = $2 WHERE id = $1`, bob.ID, time.Now())
	asks("somebody renamed", "BoardRead")
	a.exec(t, `DELETE FROM members WHERE board_id = $1 AND person_id = $2`, w.ID, bob.ID)
	if _, err := f.kept.FilteredBoard(ctx, kanban.Actor{ID: bob.ID}, w.ID, must(kanban.NewFilter("rain", today))(t)); err == nil {
		t.Error("who was taken off the board still filters it")
	}
}
