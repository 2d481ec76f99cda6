package rest_test

import (
	"strings"
	"testing"
)

func TestCardsAreFilteredByWhoIsToDoThem(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "ada", "bob", "both", "nobody", "away")
	grace, other := a.person(t, "Grace Hopper"), a.person(t, "Grace Kelly")
	a.member(t, c.ID, grace, "editor")
	a.member(t, c.ID, other, "editor")
	for title, who := range map[string][]*person{"ada": {c.ada}, "bob": {c.bob, grace}, "both": {c.ada, c.bob, other}, "away": {c.ada}} {
		for _, p := range who {
			must(c.ada.AssignCard(t.Context(), c.ID, c.Cards[title].Id.String(), p.ID))(t)
		}
	}
	must(c.ada.ArchiveCard(t.Context(), c.ID, c.Cards["away"].Id.String()))(t)
	for line, want := range map[string]string{
		"@me":              "ada both",
		"@ME":              "ada both",
		"@bob":             "bob both",
		"@me @bob":         "both",
		"@grace":           "bob both",
		"@hopper":          "bob",
		`@"Grace Kelly"`:   "both",
		`@"grace hopper"`:  "bob",
		"@grac":            "",
		"@nobody":          "",
		"-@nobody":         "ada bob both nobody",
		"-@me":             "bob nobody",
		"-@bob -@me":       "nobody",
		"@grace -@kelly":   "bob",
		"@me is:archived":  "away",
		"@bob is:archived": "",
		"@me bo":           "both",
	} {
		t.Run(line, func(t *testing.T) {
			board := must(c.ada.FilteredBoard(t.Context(), c.ID, line, today))(t)
			var titles []string
			for _, card := range board.Columns[0].Cards {
				titles = append(titles, card.Title)
			}
			page := must(c.ada.FilteredCards(t.Context(), c.ID, c.Columns[0], line, today, "", 1))(t)
			if got := strings.Join(titles, " "); got != want || *page.MatchCount != len(titles) || *board.Columns[0].MatchCount != len(titles) {
				t.Errorf("%q, %d counted, want %q", got, *page.MatchCount, want)
			}
		})
	}
	if board := must(c.bob.FilteredBoard(t.Context(), c.ID, "@me", today))(t); len(board.Columns[0].Cards) != 2 || board.Columns[0].Cards[0].Title != "bob" {
		t.Errorf("Bob's own are %+v", board.Columns[0].Cards)
	}
}

func TestASearchFindsWhatSomebodyIsToDoOnAllBoards(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "rain of Ada", "rain of Bob", "rain of both", "rain of nobody")
	elsewhere := c.bob.wall(t, "rain elsewhere")
	for title, who := range map[string][]*person{"rain of Ada": {c.ada}, "rain of Bob": {c.bob}, "rain of both": {c.ada, c.bob}} {
		for _, p := range who {
			must(c.ada.AssignCard(t.Context(), c.ID, c.Cards[title].Id.String(), p.ID))(t)
		}
	}
	must(c.bob.AssignCard(t.Context(), elsewhere.ID, "1", c.bob.ID))(t)
	for line, want := range map[string]string{
		"rain @me":       "rain elsewhere, rain of both, rain of Bob",
		"rain @ada":      "rain of both, rain of Ada",
		"rain @ada @me":  "rain of both",
		"rain -@me":      "rain of nobody, rain of Ada",
		"rain @eve":      "",
		"rain -@eve":     "rain elsewhere, rain of nobody, rain of both, rain of Bob, rain of Ada",
		"both @me -@ada": "",
	} {
		if got := c.bob.found(t, line); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	if got := c.ada.found(t, "rain @bob"); got != "rain of both, rain of Bob" {
		t.Errorf("Ada finds %q", got)
	}
}

// What is kept of a filter's answer is kept for who asked: to somebody else the same line, of the same board at the same seq, means other cards.
func TestTwoWhoAskForTheirOwnNeverSeeEachOthers(t *testing.T) {
	t.Parallel()
	a := setup(t)
	c := a.crew(t, "ada", "bob", "vic")
	a.exec(t, `UPDATE members SET role = 'editor' WHERE board_id = $1`, c.ID) // so that the copies differ in nothing else
	all := map[string]*person{"ada": c.ada, "bob": c.bob, "vic": c.vic}
	for title, who := range all {
		must(c.ada.AssignCard(t.Context(), c.ID, c.Cards[title].Id.String(), who.ID))(t)
	}
	for _, line := range []string{"@me", "-@me -@nobody", "@me @me"} {
		for range 3 { // made, kept, and asked for again
			for title, who := range all {
				want := title
				if strings.HasPrefix(line, "-") {
					want = strings.TrimSpace(strings.ReplaceAll("ada bob vic ", title+" ", ""))
				}
				var got []string
				for _, card := range must(who.FilteredBoard(t.Context(), c.ID, line, today))(t).Columns[0].Cards {
					got = append(got, card.Title)
				}
				if strings.Join(got, " ") != want {
					t.Errorf("%s asks for %s and sees %q", who.Name, line, got)
				}
			}
		}
	}
}
