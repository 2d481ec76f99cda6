package rest_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func (p *person) archive(t *testing.T, w wall, titles ...string) {
	t.Helper()
	for _, title := range titles {
		must(p.ArchiveCard(t.Context(), w.ID, w.Cards[title].Id.String()))(t)
	}
}

func (p *person) trash(t *testing.T, w wall, titles ...string) {
	t.Helper()
	for _, title := range titles {
		if _, err := p.DeleteCard(t.Context(), w.ID, w.Cards[title].Id.String(), 1); err != nil {
			t.Fatal(err)
		}
	}
}

// away reads the titles of the cards that are found, one page after the other.
func (p *person) away(t *testing.T, board uuid.UUID, find kanbanapi.Find) []string {
	t.Helper()
	titles := []string{}
	for {
		page := must(p.AwayCards(t.Context(), board, find))(t)
		for _, card := range page.Items {
			titles = append(titles, card.Title)
		}
		next, err := page.NextCursor.Get()
		if err != nil {
			return titles
		}
		find.Cursor = next
	}
}

func TestWhatIsAwayIsListedNewestFirst(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, grace := a.person(t, "Ada"), a.person(t, "Grace Hopper")
	w := ada.wall(t, "a", "b", "c", "d", "e")
	a.member(t, w.ID, grace, "editor")
	ada.archive(t, w, "a", "c")
	grace.archive(t, w, "b")
	ada.trash(t, w, "d", "c")
	must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[2]))(t)
	must(grace.ArchiveColumn(t.Context(), w.ID, w.Columns[1]))(t)
	archived, deleted := kanbanapi.Find{State: kanbanapi.Archived}, kanbanapi.Find{State: kanbanapi.Deleted}

	t.Run("cards_in_the_archive", func(t *testing.T) {
		page := must(ada.AwayCards(t.Context(), w.ID, archived))(t)
		if got := ada.away(t, w.ID, archived); !slices.Equal(got, []string{"b", "a"}) {
			t.Fatalf("%q", got)
		}
		first := page.Items[0]
		if first.Number != 2 || first.Column != (kanbanapi.HomeColumn{Id: w.Columns[0], Title: "To do"}) || first.Away.By != (kanbanapi.Actor{Id: grace.ID, Name: "Grace Hopper"}) {
			t.Errorf("%+v", first)
		}
		if !first.Away.GoneAt.IsNull() || time.Since(first.Away.At) > time.Minute {
			t.Errorf("%+v", first.Away)
		}
	})
	t.Run("cards_in_the_trash_which_were_archived_perhaps", func(t *testing.T) {
		if got := ada.away(t, w.ID, deleted); !slices.Equal(got, []string{"c", "d"}) {
			t.Fatalf("%q", got)
		}
		first := must(ada.AwayCards(t.Context(), w.ID, deleted))(t).Items[0].Away
		if gone := first.GoneAt.MustGet(); gone.Sub(first.At) != 30*24*time.Hour || first.By.Name != "Ada" {
			t.Errorf("%+v", first)
		}
	})
	t.Run("columns", func(t *testing.T) {
		list := must(ada.AwayColumns(t.Context(), w.ID, archived))(t)
		if len(list.Items) != 2 || list.Items[0].Title != "Doing" || list.Items[0].Away.By.Name != "Grace Hopper" || list.Items[1].Title != "Done" || list.Seq == 0 {
			t.Errorf("%+v", list)
		}
		if got := must(ada.AwayColumns(t.Context(), w.ID, deleted))(t).Items; len(got) != 0 {
			t.Errorf("in the trash: %+v", got)
		}
	})
	t.Run("who_did_it_may_have_left_the_board", func(t *testing.T) {
		if err := grace.DeleteMe(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := must(ada.AwayCards(t.Context(), w.ID, archived))(t).Items[0].Away.By.Name; got != "Former member" {
			t.Errorf("it was %q", got)
		}
	})
	t.Run("a_card_whose_column_is_out_of_sight_too", func(t *testing.T) {
		must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t)
		if got := must(ada.AwayCards(t.Context(), w.ID, archived))(t).Items[0].Column; !got.Archived {
			t.Errorf("%+v", got)
		}
		if got := ada.away(t, w.ID, archived); len(got) != 2 {
			t.Errorf("its other cards aren't archived themselves: %q", got)
		}
	})
}

func TestArchivedBoardsAreListedNewestFirst(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	var boards []uuid.UUID
	for _, title := range []string{"Garden", "Kitchen", "Garage"} {
		boards = append(boards, must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: title}))(t).Id)
	}
	for _, i := range []int{1, 0, 2} {
		must(ada.ArchiveBoard(t.Context(), boards[i]))(t)
	}
	titles := func(find kanbanapi.Find) (titles []string) {
		find.State, find.Limit = kanbanapi.Archived, 1
		for {
			page := must(ada.AwayBoards(t.Context(), find))(t)
			for _, board := range page.Items {
				if titles = append(titles, board.Title); board.Away.By.Name != "Ada" || board.ArchivedAt.MustGet() != board.Away.At {
					t.Errorf("%+v", board)
				}
			}
			next, err := page.NextCursor.Get()
			if err != nil {
				return titles
			}
			find.Cursor = next
		}
	}
	if got := titles(kanbanapi.Find{}); !slices.Equal(got, []string{"Garage", "Garden", "Kitchen"}) {
		t.Errorf("%q", got)
	}
	if got := titles(kanbanapi.Find{Words: "gar"}); !slices.Equal(got, []string{"Garage", "Garden"}) {
		t.Errorf("%q", got)
	}
}

// Cards that went away together have one time; the next page begins where the one before ended all the same, and goes on
// when what stood there came back meanwhile.
func TestPagesOfWhatIsAwayHaveEachThingOnce(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	titles := strings.Fields("a b c d e f g h i j")
	w := ada.wall(t, titles...)
	batch := kanbanapi.CardBatch{Archive: ref(true)}
	for _, title := range titles {
		batch.CardIds = append(batch.CardIds, w.Cards[title].Id)
	}
	must(ada.ChangeCards(t.Context(), w.ID, batch))(t)
	for limit := 1; limit <= len(titles)+1; limit++ {
		got := ada.away(t, w.ID, kanbanapi.Find{State: kanbanapi.Archived, Limit: limit})
		if slices.Sort(got); !slices.Equal(got, titles) {
			t.Errorf("by %d: %q", limit, got)
		}
	}
	first := must(ada.AwayCards(t.Context(), w.ID, kanbanapi.Find{State: kanbanapi.Archived, Limit: 4}))(t)
	must(ada.RestoreCard(t.Context(), w.ID, first.Items[3].Id.String()))(t)
	rest := ada.away(t, w.ID, kanbanapi.Find{State: kanbanapi.Archived, Cursor: first.NextCursor.MustGet()})
	if len(rest) != 6 || slices.Contains(rest, first.Items[3].Title) {
		t.Errorf("after it was restored: %q", rest)
	}
}

func TestWordsFindWhatIsAway(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	titles := []string{
		"Buy seeds", "Buy 100% juice", "Buy 1000 pots", "snake_case", "snakeXcase", `C:\temp`, "C:temp", "Élan vital", "über den Zaun",
		"(draft) a.b", "axb", "Straße", "İstanbul", "Sell the seedlings", "[x]", "a|b", "$5", "^top", "Call #1 again",
	}
	w := ada.wall(t, titles...)
	ada.archive(t, w, titles...)
	ada.trash(t, w, "Buy seeds", "Sell the seedlings")
	for words, want := range map[string][]string{
		"":              titles[1:],
		"buy":           {"Buy 100% juice", "Buy 1000 pots"},
		"  BUY   po ":   {"Buy 1000 pots"},
		"po buy":        {"Buy 1000 pots"},
		"ots":           {},
		"buy nothing":   {},
		"100%":          {"Buy 100% juice"},
		"%":             {"Buy 100% juice"},
		"snake_":        {"snake_case"},
		"_":             {"snake_case"},
		`\`:             {`C:\temp`},
		`c:\t`:          {`C:\temp`},
		"temp":          {`C:\temp`, "C:temp"},
		"ÉLAN":          {"Élan vital"},
		"Über":          {"über den Zaun"},
		"e\u0301lan":    {"Élan vital"},
		"a.b":           {"(draft) a.b"},
		"draft)":        {"(draft) a.b"},
		"(draft":        {"(draft) a.b"},
		"strasse":       {},
		"straß":         {"Straße"},
		"[x]":           {"[x]"},
		"a|b":           {"a|b"},
		"|":             {"a|b"},
		"$":             {"$5"},
		"^":             {"^top"},
		"*":             {},
		"#1":            {"Call #1 again"},
		"#4":            {"snake_case"},
		"4":             {"snake_case"},
		"'; SELECT 1":   {},
		"[[:alnum:]]":   {},
		".*":            {},
		"(?i)":          {},
		"***:":          {},
		"İ":             {"İstanbul"},
		"\u2028 buy":    {"Buy 100% juice", "Buy 1000 pots"},
		"💥":             {},
		"(((((((((((((": {},
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			got := ada.away(t, w.ID, kanbanapi.Find{State: kanbanapi.Archived, Words: words, Limit: 3})
			if words == "" {
				want = slices.DeleteFunc(slices.Clone(want), func(title string) bool { return title == "Sell the seedlings" })
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", words, got, want)
			}
		})
	}
	if got := ada.away(t, w.ID, kanbanapi.Find{State: kanbanapi.Deleted, Words: "see"}); !slices.Equal(got, []string{"Sell the seedlings", "Buy seeds"}) {
		t.Errorf("in the trash: %q", got)
	}
}

func TestQuestionsAboutWhatIsAwayThatMakeNoSense(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w, other := ada.wall(t, "a", "b", "c"), ada.wall(t, "x", "y", "z")
	for _, each := range []wall{w, other} {
		must(ada.ArchiveColumn(t.Context(), each.ID, each.Columns[1]))(t)
		must(ada.ArchiveColumn(t.Context(), each.ID, each.Columns[2]))(t)
	}
	ada.archive(t, w, "a", "b")
	ada.archive(t, other, "x", "y")
	ada.trash(t, w, "c")
	one := kanbanapi.Find{State: kanbanapi.Archived, Limit: 1}
	cards := must(ada.AwayCards(t.Context(), w.ID, one))(t).NextCursor.MustGet()
	others := must(ada.AwayCards(t.Context(), other.ID, one))(t).NextCursor.MustGet()
	columns := must(ada.AwayColumns(t.Context(), w.ID, one))(t).NextCursor.MustGet()
	live := must(ada.Boards(t.Context(), "", 1))(t).NextCursor.MustGet()
	at := "/v1/boards/" + w.ID.String()
	for ask, field := range map[string]string{
		at + "/cards":                                              "state",
		at + "/cards?state=live":                                   "state",
		at + "/cards?state=gone":                                   "state",
		at + "/cards?state=archived&cursor=" + others:              "cursor",
		at + "/cards?state=archived&cursor=" + columns:             "cursor",
		at + "/cards?state=archived&cursor=" + live:                "cursor",
		at + "/cards?state=deleted&cursor=" + cards:                "cursor",
		at + "/cards?state=archived&cursor=AAAA":                   "cursor",
		at + "/cards?state=archived&cursor=%3Cscript%3E":           "cursor",
		at + "/cards?state=archived&limit=0":                       "limit",
		at + "/cards?state=archived&q=" + strings.Repeat("a", 201): "q",
		at + "/cards?state=archived&q=%00":                         "q",
		at + "/cards?state=archived&q=%ff%fe":                      "q",
		at + "/columns?state=archived&cursor=" + cards:             "cursor",
		at + "/columns?q=a":                                        "q",
		at + "/columns?state=live&cursor=" + columns:               "cursor",
		"/v1/boards?state=archived&cursor=" + live:                 "cursor",
		"/v1/boards?cursor=" + cards:                               "cursor",
		"/v1/boards?q=a":                                           "q",
	} {
		t.Run(ask, func(t *testing.T) {
			res, body := ada.send(t, "GET", ask, "")
			if res.StatusCode != 400 || !strings.Contains(body, fmt.Sprintf(`"field":%q`, field)) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
		})
	}
	t.Run("of_a_stranger", func(t *testing.T) {
		_, err := eve.AwayCards(context.Background(), w.ID, one)
		wantProblem(t, err, problem.NotFound, "board_not_found")
		_, err = eve.AwayColumns(context.Background(), w.ID, one)
		wantProblem(t, err, problem.NotFound, "board_not_found")
	})
	t.Run("ten_kilobytes", func(t *testing.T) {
		res, _ := ada.send(t, "GET", at+"/cards?state=archived&q="+url.QueryEscape(strings.Repeat("é ", 5000)), "")
		if res.StatusCode != 400 {
			t.Errorf("%d", res.StatusCode)
		}
	})
}
