package rest_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// found are the titles that a search finds, best first.
func (p *person) found(t *testing.T, line string) string {
	t.Helper()
	page := must(p.Search(t.Context(), line, today, "", 0))(t)
	titles := make([]string, len(page.Items))
	for i, hit := range page.Items {
		titles[i] = hit.Title
	}
	return strings.Join(titles, ", ")
}

// marked writes a text with brackets around what was looked for.
func marked(pieces []kanbanapi.Piece) string {
	var text strings.Builder
	for _, piece := range pieces {
		if piece.Match {
			text.WriteString("[" + piece.Text + "]")
		} else {
			text.WriteString(piece.Text)
		}
	}
	return text.String()
}

func TestASearchFindsTheBestFirst(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "Rain", "Rainwater butt", "The heavy rain", "Mend the roof", "Heavy, and/or rainproof: v1.2 foo-bar 🌱", "Über Ütterby")
	must(ada.UpdateCard(t.Context(), w.ID, "4", 1, kanbanapi.CardPatch{Description: ref("Before the next heavy rain,\n" + strings.Repeat("or any other weather ", 40))}))(t)
	elsewhere := ada.wall(t, "Another rain")
	const titles = "Another rain, The heavy rain, Rain"
	for line, want := range map[string]string{
		"rain":                          titles + ", Heavy, and/or rainproof: v1.2 foo-bar 🌱, Rainwater butt, Mend the roof",
		"RAIN":                          titles + ", Heavy, and/or rainproof: v1.2 foo-bar 🌱, Rainwater butt, Mend the roof",
		"rainw":                         "Rainwater butt",
		"heavy rain":                    "The heavy rain, Heavy, and/or rainproof: v1.2 foo-bar 🌱, Mend the roof",
		`"heavy rain"`:                  "The heavy rain, Mend the roof",
		`"rain heavy"`:                  "",
		"mend rain":                     "Mend the roof",
		"rain -heavy":                   "Another rain, Rain, Rainwater butt",
		`rain -"the heavy"`:             "Another rain, Rain, Heavy, and/or rainproof: v1.2 foo-bar 🌱, Rainwater butt, Mend the roof",
		"or":                            "Heavy, and/or rainproof: v1.2 foo-bar 🌱, Mend the roof",
		"and/or":                        "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"foo-bar v1.2":                  "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"bar":                           "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"heavy 🌱":                       "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"heavy -🌱":                      "The heavy rain, Mend the roof",
		"🌱":                             "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"🌱 -rain":                       "",
		"🌱 -snow col:\"to do\"":         "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"🌱 label:nowhere":               "",
		"%":                             "",
		"_":                             "",
		`\`:                             "",
		"-roof ,":                       "Heavy, and/or rainproof: v1.2 foo-bar 🌱",
		"über":                          "Über Ütterby",
		"ÜTTER":                         "Über Ütterby",
		"raim":                          "Another rain, Mend the roof, The heavy rain, Rain", // a letter is wrong
		"raim -roof":                    "Another rain, The heavy rain, Rain",
		"ofthe rian":                    "",
		"haevy":                         "Heavy, and/or rainproof: v1.2 foo-bar 🌱, Mend the roof, The heavy rain",
		"wether":                        "Mend the roof",
		"wheather":                      "Mend the roof",
		"ütterbi":                       "Über Ütterby",
		"zzz":                           "",
		"tro":                           "",
		`rain col:doing`:                "",
		`rain col:"TO DO" rainw`:        "Rainwater butt",
		`rain -col:"to do"`:             "",
		"rain due:none rainw":           "Rainwater butt",
		"rain due:today":                "",
		"rain due:today due:none":       "",
		"rain label:nowhere":            "",
		"rainw -label:nowhere":          "Rainwater butt",
		"rain is:archived":              "",
		"rain is:archived -is:archived": "",
		"it's":                          "",
		`'; DROP`:                       "",
		`rain & | ! ( ) : * \`:          "",
	} {
		if got := ada.found(t, line); got != want {
			t.Errorf("%q: %q; want %q", line, got, want)
		}
	}
	hits := must(ada.Search(t.Context(), "mend heavy rain", today, "", 0))(t).Items
	if hit := hits[0]; marked(hit.TitlePieces) != "[Mend] the roof" || !strings.HasPrefix(marked(*hit.Excerpt), "Before the next [heavy] [rain],\nor any") || !strings.HasSuffix(marked(*hit.Excerpt), "…") ||
		hit.Board.Id != w.ID || hit.Board.Title != "Garden" || hit.Column.Title != "To do" || hit.Number != 4 {
		t.Errorf("%+v, %s", hit, marked(*hit.Excerpt))
	}
	for line, want := range map[string]string{"haevy": "The [heavy] rain", "haevy -rian": "The [heavy] rain", `"the heavy"`: "[The heavy] rain", "hea": "The [heavy] rain"} {
		for _, hit := range must(ada.Search(t.Context(), line, today, "", 0))(t).Items {
			if hit.Number == 3 && hit.Board.Id == w.ID && marked(hit.TitlePieces) != want {
				t.Errorf("%q: %q", line, marked(hit.TitlePieces))
			}
		}
	}
	signs := must(ada.Search(t.Context(), "🌱", today, "", 0))(t).Items
	if elsewhere.ID == w.ID || len(signs) != 1 || marked(signs[0].TitlePieces) != "Heavy, and/or rainproof: v1.2 foo-bar [🌱]" {
		t.Errorf("signs: %+v", signs)
	}
}

func TestASearchFollowsWhatHappensToACard(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	ctx, w := t.Context(), ada.wall(t, "Poppies", "Tulips")
	label := ada.label(t, w.ID, "On Hold")
	want := func(when, line, titles string) {
		t.Helper()
		if got := ada.found(t, line); got != titles {
			t.Errorf("%s, %q: %q; want %q", when, line, got, titles)
		}
		if got := eve.found(t, line); got != "" {
			t.Errorf("%s, a stranger finds %q", when, got)
		}
	}
	want("made", "poppies", "Poppies")
	must(ada.UpdateCard(ctx, w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("Roses")}))(t)
	want("renamed", "poppies", "")
	want("renamed", "roses", "Roses")
	want("renamed", "rsoes tulpis", "")
	want("renamed", "rsoes", "Roses")
	must(ada.LabelCard(ctx, w.ID, "1", label.Id))(t)
	want("labelled", `roses label:"on hold"`, "Roses")
	want("labelled", `roses -label:"on hold"`, "")
	must(ada.LabelCard(ctx, w.ID, "1", ada.label(t, w.ID, "Beds").Id))(t)
	for _, hit := range must(ada.Search(ctx, "roses", today, "", 0))(t).Items {
		if len(hit.Labels) != 2 || hit.Labels[0].Name != "Beds" || hit.Labels[1].Name != "On Hold" || hit.Labels[1].Id != label.Id || hit.ColumnKind != kanbanapi.Active {
			t.Errorf("it carries %+v in a column that is %s", hit.Labels, hit.ColumnKind)
		}
	}
	want("labelled twice", `roses label:"on hold" label:beds`, "Roses")
	must(ada.UpdateLabel(ctx, w.ID, label.Id, label.Version, kanbanapi.LabelPatch{Name: ref("Waiting")}))(t)
	want("its label renamed", `roses label:"on hold"`, "")
	want("its label renamed", `roses label:WAITING -label:"on hold"`, "Roses")
	if _, err := ada.DeleteLabel(ctx, w.ID, label.Id, label.Version+1); err != nil {
		t.Fatal(err)
	}
	want("its label deleted", `roses label:waiting`, "")
	want("its label deleted", `roses label:beds`, "Roses")
	must(ada.Undo(ctx, w.ID, kanbanapi.UndoWhich{}))(t)
	want("its label back", `roses label:waiting label:beds`, "Roses")
	must(ada.ArchiveCard(ctx, w.ID, "1"))(t)
	want("archived", "roses", "")
	want("archived", "roses is:archived", "Roses")
	must(ada.RestoreCard(ctx, w.ID, "1"))(t)
	must(ada.ArchiveColumn(ctx, w.ID, w.Columns[0]))(t)
	want("in an archived column", "roses", "")
	want("in an archived column", "roses is:archived", "Roses")
	must(ada.RestoreColumn(ctx, w.ID, w.Columns[0]))(t)
	must(ada.ArchiveBoard(ctx, w.ID))(t)
	want("on an archived board", "roses", "")
	want("on an archived board", "roses is:archived", "Roses")
	must(ada.RestoreBoard(ctx, w.ID))(t)
	want("back", "roses", "Roses")
	if _, err := ada.DeleteCard(ctx, w.ID, "1", 2); err != nil {
		t.Fatal(err)
	}
	want("in the trash", "roses", "")
	want("in the trash", "roses is:archived", "")
	want("in the trash", "tulips", "Tulips")
	a.exec(t, `UPDATE board_seq SET deleted_at = now(), deleted_by = $2 WHERE board_id = $1`, w.ID, ada.ID)
	want("on a board in the trash", "tulips", "")
	a.exec(t, `UPDATE board_seq SET deleted_at = NULL, deleted_by = NULL WHERE board_id = $1`, w.ID)
	a.exec(t, `DELETE FROM cards WHERE board_id = $1`, w.ID)
	var left int
	if err := a.pool.QueryRow(ctx, `SELECT count(*) FROM card_texts`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d texts of purged cards, %v", left, err)
	}
}

// thousands puts cards with a frequent and a rare word onto a board, past the api.
func (a *api) thousands(t *testing.T, w wall, by uuid.UUID, cards int) {
	t.Helper()
	a.exec(t, `INSERT INTO cards (board_id, id, number, column_id, rank, title, description, created_by)
		SELECT $1, gen_random_uuid(), n + 1000, $2, 'd' || to_char(n, 'FM00000'),
			CASE WHEN n % 3 = 0 THEN 'rain ' WHEN n % 3 = 1 THEN 'rainy ' ELSE 'sun ' END || n, CASE WHEN n % 100 = 2 THEN 'rare rain' ELSE '' END, $3
		FROM generate_series(1, $4::int) n`, w.ID, w.Columns[0], by, cards)
}

func TestEveryHitIsOnOnePageHoweverFrequentTheWord(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	hers, his := ada.wall(t), bob.wall(t)
	a.thousands(t, hers, ada.ID, 3000)
	a.thousands(t, his, bob.ID, 3000)
	a.exec(t, `UPDATE cards SET archived_at = now(), archived_by = $2 WHERE board_id = $1 AND number % 7 = 0`, hers.ID, ada.ID)
	for _, ever := range []int{3000, 1_000_000} { // many cards aren't read through
		a.exec(t, `UPDATE board_seq SET last_number = $1`, ever)
		for _, line := range []string{"rain", "rainy", "rare", "rain -rainy", "su", "r", "rain rare", "rain is:archived", "rani", `rain col:"to do" -1`} {
			seen, last := map[uuid.UUID]bool{}, 0
			for cursor, n := "", 0; ; n++ {
				part := must(ada.Search(t.Context(), line, today, cursor, 100))(t)
				for _, hit := range part.Items {
					if seen[hit.Id] || hit.Board.Id != hers.ID {
						t.Fatalf("%q: %s twice, or on %s", line, hit.Title, hit.Board.Id)
					}
					seen[hit.Id] = true
					tier := tierOf(line, hit)
					if tier < last {
						t.Fatalf("%q: %s after worse ones", line, hit.Title)
					}
					last = tier
				}
				if part.NextCursor.IsNull() || n > 50 {
					break
				}
				cursor = part.NextCursor.MustGet()
			}
			if want := a.fitting(t, hers.ID, line); len(seen) != want {
				t.Errorf("%q, %d cards: %d, want %d", line, ever, len(seen), want)
			}
		}
	}
}

// tierOf is how well a hit fits a line that begins with a word.
func tierOf(line string, hit kanbanapi.SearchHit) int {
	word, _, _ := strings.Cut(line, " ")
	switch {
	case line == "rain rare":
		return 3 // which is in descriptions
	case slices.Contains(strings.Fields(hit.Title), word):
		return 1
	case strings.HasPrefix(hit.Title, word):
		return 2
	default:
		return 3
	}
}

// fitting counts what a line is to find, by reading everything.
func (a *api) fitting(t *testing.T, board uuid.UUID, line string) (n int) {
	t.Helper()
	where := map[string]string{
		"rain": `all_of ~ '\mrain'`, "rainy": `all_of ~ '\mrainy'`, "rare": `all_of ~ '\mrare'`, "rain -rainy": `all_of ~ '\mrain' AND all_of !~ '\mrainy'`,
		"su": `all_of ~ '\msu'`, "r": `all_of ~ '\mr'`, "rain rare": `all_of ~ '\mrain' AND all_of ~ '\mrare'`, "rain is:archived": `all_of ~ '\mrain'`,
		"rani": `all_of ~ '\mrain\M'`, `rain col:"to do" -1`: `all_of ~ '\mrain' AND all_of !~ '\m1'`,
	}[line]
	archived := strings.Contains(line, "is:archived")
	sql := `SELECT count(*) FROM (SELECT title || ' ' || description AS all_of, archived_at FROM cards WHERE board_id = $1) k WHERE (archived_at IS NOT NULL) = $2 AND ` + where
	if err := a.pool.QueryRow(t.Context(), sql, board, archived).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNobodyFindsWhatIsOnABoardThatTheyArentOn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	people := []*person{a.person(t, "Ada"), a.person(t, "Bob"), a.person(t, "Eve")}
	maker := a.person(t, "Maker")
	var walls []wall
	for i := range 5 {
		walls = append(walls, maker.wall(t, fmt.Sprintf("secret %d", i), fmt.Sprintf("secretive %d", i), fmt.Sprintf("other %d", i)))
	}
	for _, p := range people {
		must(p.Me(t.Context()))(t)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a.exec(t, `DELETE FROM members WHERE person_id <> $1`, maker.ID)
		for _, p := range people {
			on := map[uuid.UUID]bool{}
			for _, w := range walls {
				if role := rapid.SampledFrom([]string{"", "", "viewer", "editor", "owner"}).Draw(rt, "role"); role != "" {
					a.member(t, w.ID, p, role)
					on[w.ID] = true
				}
			}
			line := rapid.SampledFrom([]string{"secret", "secr", "secret -other", "secrte", "s", `secret col:"to do"`, "secret -secretive"}).Draw(rt, "line")
			boards := map[uuid.UUID]bool{}
			for _, hit := range must(p.Search(t.Context(), line, today, "", 0))(t).Items {
				boards[hit.Board.Id] = true
			}
			for id := range boards {
				if !on[id] {
					rt.Fatalf("%q finds something on a board of others", line)
				}
			}
			if len(boards) != len(on) {
				rt.Fatalf("%q finds cards on %d of %d boards", line, len(boards), len(on))
			}
		}
	})
}

func TestASearchThatMakesNoSenseIsAProblem(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "rain 1", "rain 2", "rain 3")
	cursor := must(ada.Search(t.Context(), "rain", today, "", 1))(t).NextCursor.MustGet()
	for query, want := range map[string]string{
		"":                                 `"field":"q","code":"malformed"`,
		"q=":                               `"code":"no_word"`,
		"q=label:x":                        `"code":"no_word"`,
		"q=-rain":                          `"code":"no_word"`,
		"q=-" + url.QueryEscape("🌱"):       `"code":"no_word"`,
		"q=labl:x":                         `"code":"unknown_filter"`,
		"q=%22rain":                        `"code":"unbalanced"`,
		"q=rain%00":                        `"code":"not_text"`,
		"q=@me":                            `"code":"no_word"`,
		"q=" + strings.Repeat("x", 10<<10): `"code":"too_long"`,
		"q=rain&limit=101":                 `"field":"limit","code":"out_of_range"`,
		"q=rain&cursor=x":                  `"code":"not_a_cursor"`,
		"q=rains&cursor=" + cursor:         `"code":"not_a_cursor"`,
		"q=rain&cursor=" + must(ada.Cards(t.Context(), w.ID, w.Columns[0], "", 1))(t).NextCursor.MustGet(): `"code":"not_a_cursor"`,
		"q=rain&today=2026-02-30": `"field":"today"`,
	} {
		if res, body := ada.send(t, "GET", "/v1/search?"+query, ""); res.StatusCode != 400 || !strings.Contains(body, want) {
			t.Errorf("%.60s: %d %s", query, res.StatusCode, body)
		}
	}
	_, err := ada.Cards(t.Context(), w.ID, w.Columns[0], cursor, 1)
	wantProblem(t, err, problem.Invalid, "validation_failed")
	for _, line := range []string{strings.Repeat("x", 500), strings.Repeat("庭", 500), strings.Repeat("rain ", 20), strings.Repeat("abcdefgh ", 20), "שלום", "rain \\", "rain ' :*", "1 2 3", "a", "1.5e3", "<b>rain</b>", "é́́"} {
		if res, body := ada.send(t, "GET", "/v1/search?q="+url.QueryEscape(line), ""); res.StatusCode != 200 {
			t.Errorf("%.40q: %d %s", line, res.StatusCode, body)
		}
	}
}

func TestAMoveLeavesTheTextIndexAlone(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "rain", "sun")
	written := func() (version string) {
		if err := a.pool.QueryRow(t.Context(), `SELECT t.xmin::text || t.ctid::text FROM card_texts t WHERE t.card_id = $1`, w.Cards["rain"].Id).Scan(&version); err != nil {
			t.Fatal(err)
		}
		return version
	}
	before := written()
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	patch := kanbanapi.CardPatch{}
	patch.DueOn.Set(date(t, "2026-12-01"))
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, patch))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	must(ada.RestoreCard(t.Context(), w.ID, "1"))(t)
	if after := written(); after != before {
		t.Errorf("written anew: %s, then %s", before, after)
	}
	must(ada.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Description: ref("more")}))(t)
	if after := written(); after == before {
		t.Error("an edit isn't written")
	}
	var elsewhere int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_index WHERE indrelid = 'cards'::regclass AND indexrelid IN (SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin')`).Scan(&elsewhere); err != nil || elsewhere > 0 {
		t.Errorf("%d text indexes on the cards themselves, which a move would write to; %v", elsewhere, err)
	}
}
