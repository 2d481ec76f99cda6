package rest_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// today is the day on which these boards are read.
var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// filtered are the titles of the cards that match, column by column from the top.
func (p *person) filtered(t *testing.T, board uuid.UUID, line string) string {
	t.Helper()
	read := must(p.FilteredBoard(t.Context(), board, line, today))(t)
	var titles []string
	for _, column := range read.Columns {
		for _, card := range column.Cards {
			titles = append(titles, card.Title)
		}
		if column.MatchCount == nil || *column.MatchCount != len(column.Cards) {
			t.Errorf("%q: %d cards in %s, counted %v", line, len(column.Cards), column.Title, column.MatchCount)
		}
	}
	return strings.Join(titles, ", ")
}

// allotment is a wall with a bit of everything.
func (p *person) allotment(t *testing.T) wall {
	t.Helper()
	w := p.wall(t, "Buy seeds", "Über rain", "100% a_b c\\d", "Say \"hi\" 🌱", "Weeds", "Old hoe", "Gone")
	ctx := t.Context()
	set := func(title, description, dueOn string) {
		patch := kanbanapi.CardPatch{}
		if description != "" {
			patch.Description = &description
		}
		if dueOn != "" {
			patch.DueOn.Set(date(t, dueOn))
		}
		must(p.UpdateCard(ctx, w.ID, w.Cards[title].Id.String(), 1, patch))(t)
	}
	set("Buy seeds", "Of POPPIES,\nbefore the rain.", "2026-11-21")
	set("Über rain", "", "2026-11-22")
	set("100% a_b c\\d", "גינה", "2026-11-28")
	set("Weeds", "", "2026-11-29")
	for title, name := range map[string]string{"Buy seeds": "Bug", "Über rain": "bug", "Weeds": "On hold"} {
		labels := must(p.Labels(ctx, w.ID))(t).Items
		at := slices.IndexFunc(labels, func(l kanbanapi.ListedLabel) bool { return strings.EqualFold(l.Name, name) })
		var id uuid.UUID
		if at < 0 {
			id = p.label(t, w.ID, name).Id
		} else {
			id = labels[at].Id
		}
		must(p.LabelCard(ctx, w.ID, w.Cards[title].Id.String(), id))(t)
	}
	hot := p.label(t, w.ID, "hot")
	must(p.LabelCard(ctx, w.ID, w.Cards["Weeds"].Id.String(), hot.Id))(t)
	must(p.MoveCard(ctx, w.ID, w.Cards["Weeds"].Id.String(), kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	must(p.ArchiveCard(ctx, w.ID, w.Cards["Old hoe"].Id.String()))(t)
	if _, err := p.DeleteCard(ctx, w.ID, w.Cards["Gone"].Id.String(), 1); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAFilterLetsPassWhatFitsAllOfIt(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.allotment(t)
	const all = `Buy seeds, Über rain, 100% a_b c\d, Say "hi" 🌱, Weeds`
	for line, want := range map[string]string{
		"rain":                            "Buy seeds, Über rain",
		"RAIN":                            "Buy seeds, Über rain",
		"über":                            "Über rain",
		"ÜBER rAIN":                       "Über rain",
		"rain seeds":                      "Buy seeds",
		"oppi":                            "Buy seeds",
		`"the rain"`:                      "Buy seeds",
		`"rain the"`:                      "",
		"eds":                             "Buy seeds, Weeds",
		"-rain":                           `100% a_b c\d, Say "hi" 🌱, Weeds`,
		"-über -eds":                      `100% a_b c\d, Say "hi" 🌱`,
		"-über rain":                      "Buy seeds",
		"%":                               `100% a_b c\d`,
		"0%":                              `100% a_b c\d`,
		"_":                               `100% a_b c\d`,
		`\`:                               `100% a_b c\d`,
		`c\d`:                             `100% a_b c\d`,
		"a%b":                             "",
		`"say ""hi"""`:                    `Say "hi" 🌱`,
		"🌱":                               `Say "hi" 🌱`,
		"גינה":                            `100% a_b c\d`,
		"hoe":                             "",
		"gone":                            "",
		"is:archived":                     "Old hoe",
		"is:archived hoe":                 "Old hoe",
		"is:archived rain":                "",
		"-is:archived":                    all,
		"is:archived -is:archived":        "",
		"label:bug":                       "Buy seeds, Über rain",
		`label:"ON HOLD"`:                 "Weeds",
		"label:hot label:\"on hold\"":     "Weeds",
		"label:hot label:hot":             "Weeds",
		"label:hot label:bug":             "",
		"-label:bug":                      `100% a_b c\d, Say "hi" 🌱, Weeds`,
		"-label:bug -label:hot":           `100% a_b c\d, Say "hi" 🌱`,
		"label:bug -label:bug":            "",
		"label:nowhere":                   "",
		"-label:nowhere":                  all,
		`col:"to do" rain`:                "Buy seeds, Über rain",
		"col:doing":                       "Weeds",
		"-col:doing rain":                 "Buy seeds, Über rain",
		`-col:"To do"`:                    "Weeds",
		"col:doing col:done":              "",
		"col:nowhere":                     "",
		"-col:nowhere":                    all,
		"due:overdue":                     "Buy seeds",
		"due:today":                       "Über rain",
		"due:week":                        `Über rain, 100% a_b c\d`,
		"due:none":                        `Say "hi" 🌱`,
		"-due:none":                       `Buy seeds, Über rain, 100% a_b c\d, Weeds`,
		"-due:overdue":                    `Über rain, 100% a_b c\d, Say "hi" 🌱, Weeds`,
		"due:week -due:today":             `100% a_b c\d`,
		"due:today due:week":              "Über rain",
		"due:today due:none":              "",
		"-due:week -due:none":             "Buy seeds, Weeds",
		"rain label:bug due:overdue -hoe": "Buy seeds",
	} {
		if got := ada.filtered(t, w.ID, line); got != want {
			t.Errorf("%q: %q; want %q", line, got, want)
		}
	}
}

// An operator's SQL too is found, and to move a card puts none of its texts together: a generated column would.
func TestWhatAFilterLooksThroughIsKeptByTheDatabase(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "Rain", "Sun")
	a.exec(t, `UPDATE cards SET title = 'SNOW' WHERE id = $1`, w.Cards["Rain"].Id)
	a.exec(t, `UPDATE cards SET description = 'ÖL' WHERE id = $1`, w.Cards["Sun"].Id)
	a.exec(t, `UPDATE cards SET small = 'oil' WHERE id = $1`, w.Cards["Sun"].Id)
	for line, want := range map[string]string{"snow": "SNOW", "rain": "", "öl": "Sun", "oil": ""} {
		if found := ada.filtered(t, w.ID, line); found != want {
			t.Errorf("%s finds %q, not %q", line, found, want)
		}
	}
	var generated int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_attribute WHERE attrelid = 'cards'::regclass AND attgenerated <> ''`).Scan(&generated); err != nil || generated > 0 {
		t.Errorf("%d generated columns; %v", generated, err)
	}
}

func TestWithoutAFilterNothingIsCounted(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.allotment(t)
	for _, query := range []string{"", "?q=", "?q=+%09&today=2026-11-22"} {
		if _, body := ada.send(t, "GET", "/v1/boards/"+w.ID.String()+query, ""); strings.Contains(body, "match_count") || !strings.Contains(body, "Weeds") {
			t.Errorf("%q: %s", query, body)
		}
	}
}

func TestAFilteredColumnIsReadPageByPage(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t)
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by, archived_at, archived_by)
		SELECT $1, gen_random_uuid(), n, $2, 'c' || CASE WHEN n > 240 THEN '000' ELSE to_char(n, 'FM000') END, CASE n % 2 WHEN 0 THEN 'even ' ELSE 'odd ' END || n, $3,
			CASE WHEN n > 240 THEN now() END, CASE WHEN n > 240 THEN $3::uuid END
		FROM generate_series(1, 260) n`, w.ID, w.Columns[0], ada.ID)
	board := must(ada.FilteredBoard(t.Context(), w.ID, "even", today))(t)
	first := board.Columns[0]
	if *first.MatchCount != 120 || first.CardCount != 240 || len(first.Cards) != 50 || first.NextCursor.IsNull() || *board.Columns[1].MatchCount != 0 {
		t.Fatalf("%d of %d match, %d cards, %v", *first.MatchCount, first.CardCount, len(first.Cards), first.NextCursor)
	}
	for line, want := range map[string]int{"even": 120, "even is:archived": 10, "-1 -2": 63, "even col:doing": 0} {
		seen := map[uuid.UUID]bool{}
		for cursor, n := "", 0; ; n++ {
			part := must(ada.FilteredCards(t.Context(), w.ID, w.Columns[0], line, today, cursor, 7))(t)
			for _, card := range part.Items {
				seen[card.Id] = true
			}
			if part.MatchCount == nil || *part.MatchCount != want || n > 50 {
				t.Fatalf("%q: %d match, want %d", line, *part.MatchCount, want)
			}
			if part.NextCursor.IsNull() {
				break
			}
			cursor = part.NextCursor.MustGet()
		}
		if len(seen) != want {
			t.Errorf("%q: %d cards, want %d", line, len(seen), want)
		}
	}
}

func TestAFilteredBoardIsReadAgainOnlyWhenItChanged(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.allotment(t)
	path := "/v1/boards/" + w.ID.String() + "?q=due:today&today="
	res, _ := ada.send(t, "GET", path+"2026-11-22", "")
	tag := res.Header.Get("ETag")
	if again, _ := ada.send(t, "GET", path+"2026-11-22", "", "If-None-Match", tag); tag == "" || again.StatusCode != 304 {
		t.Errorf("%d with %q", again.StatusCode, tag)
	}
	if another, body := ada.send(t, "GET", path+"2026-11-21", "", "If-None-Match", tag); another.StatusCode != 200 || !strings.Contains(body, "Buy seeds") {
		t.Errorf("on another day %d %s", another.StatusCode, body)
	}
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	if changed, body := ada.send(t, "GET", path+"2026-11-22", "", "If-None-Match", tag); changed.StatusCode != 200 || strings.Contains(body, "Über") {
		t.Errorf("after a change %d %s", changed.StatusCode, body)
	}
}

func TestAFilterThatMakesNoSenseIsAProblemThatPointsAtTheWord(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	for line, want := range map[string]string{
		"rain labl:bug":             `"field":"q","code":"unknown_filter","detail":"Cards can't be filtered by labl:. Did you mean label:? To look for the words, put them in quotation marks.","at":{"offset":5,"length":5}`,
		"🌱 due:tomorow":             `"code":"not_offered","detail":"After due: comes overdue, today, week or none.","at":{"offset":2,"length":11}`,
		`a "b`:                      `"code":"unbalanced","detail":"A quotation mark opens here and none closes.","at":{"offset":2,"length":2}`,
		"label:":                    `"code":"required"`,
		"a -@":                      `"at":{"offset":2,"length":2}`,
		"\x00":                      `"code":"not_text"`,
		"\u202egnal":                `"code":"not_text"`,
		"\xff":                      `"code":"not_text"`,
		strings.Repeat("x", 10<<10): `"code":"too_long"`,
		strings.Repeat("a ", 21):    `"code":"too_many_terms"`,
	} {
		for _, path := range []string{"/v1/boards/" + w.ID.String(), "/v1/boards/" + w.ID.String() + "/columns/" + w.Columns[0].String() + "/cards"} {
			res, body := ada.send(t, "GET", path+"?q="+url.QueryEscape(line), "")
			if res.StatusCode != 400 || !strings.Contains(body, `"validation_failed"`) || !strings.Contains(body, want) {
				t.Errorf("%.40q: %d %s", line, res.StatusCode, body)
			}
		}
	}
	for _, query := range []string{"q=a&today=2026-02-30", "q=a&today=tomorrow", "q=%zz"} {
		if res, body := ada.send(t, "GET", "/v1/boards/"+w.ID.String()+"?"+query, ""); res.StatusCode/100 == 5 || (strings.Contains(query, "today") && res.StatusCode != 400) {
			t.Errorf("%s: %d %s", query, res.StatusCode, body)
		}
	}
}

func TestWhatIsFilteredIsForMembers(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, hers := ada.wall(t, "a", "b"), eve.wall(t, "a")
	_, err := eve.FilteredBoard(t.Context(), w.ID, "a", today)
	wantProblem(t, err, problem.NotFound, "board_not_found")
	_, err = eve.FilteredCards(t.Context(), w.ID, w.Columns[0], "a", today, "", 0)
	wantProblem(t, err, problem.NotFound, "board_not_found")
	_, err = eve.FilteredCards(t.Context(), hers.ID, w.Columns[0], "a", today, "", 0)
	wantProblem(t, err, problem.NotFound, "column_not_found")
	_, err = ada.FilteredCards(t.Context(), w.ID, w.Columns[1], "a", today, must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 1))(t).NextCursor.MustGet(), 0)
	wantProblem(t, err, problem.Invalid, "validation_failed")
}
