package activity

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
)

// How many lines of a story a page shows at most, and how many of a card's stand below its text.
const (
	linesPerPage = 40
	linesOnCard  = 6
)

// Story is what happened on a board or to one of its cards, newest first.
type Story struct {
	Board kanbanapi.Board
	Card  *kanbanapi.Card // nil for the whole board's
	Days  []Day
	Older string // the address of what was before, "" when there is none
	Later bool   // not from the newest on
}

// Day is what happened on a day of the reader's.
type Day struct {
	On    time.Time // at midnight UTC, as days are written
	Name  string
	Lines []Line
}

// boardStory is the page of what happened on a board; over its wall it is a drawer.
func (h Handlers) boardStory(w http.ResponseWriter, r *http.Request) error {
	board, err := h.board(r)
	if err != nil {
		return err
	}
	return h.renderStory(w, r, Story{Board: board})
}

// cardStory is the page of what was done to a card.
func (h Handlers) cardStory(w http.ResponseWriter, r *http.Request) error {
	board, err := h.board(r)
	if err != nil {
		return err
	}
	raw := r.PathValue("card")
	if number, err := strconv.Atoi(raw); err != nil || raw != strconv.Itoa(number) {
		return ui.NotFound()
	}
	card, err := h.API.Card(r.Context(), board.Id, raw)
	if err != nil {
		return err
	}
	return h.renderStory(w, r, Story{Board: board, Card: &card})
}

func (h Handlers) board(r *http.Request) (kanbanapi.Board, error) {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return kanbanapi.Board{}, err
	}
	return h.API.Board(r.Context(), id)
}

func (h Handlers) renderStory(w http.ResponseWriter, r *http.Request, s Story) error {
	if err := s.read(r, h.API, r.URL.Query().Get("cursor"), linesPerPage); err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, storyPage(s))
}

// OfCard is the newest of what was done to a card, for its page. It is an extra: where it can't be read, the page does
// without it.
func OfCard(w http.ResponseWriter, r *http.Request, api *kanbanapi.Client, board kanbanapi.Board, card kanbanapi.Card) Story {
	s := Story{Board: board, Card: &card}
	if err := s.read(r, api, "", linesOnCard); err != nil {
		httpserver.Note(w, r, err)
	}
	return s
}

func (s *Story) read(r *http.Request, api *kanbanapi.Client, cursor string, limit int) error {
	var card *uuid.UUID
	if s.Card != nil {
		card = &s.Card.Id
	}
	page, err := api.Story(r.Context(), s.Board.Id, card, cursor, limit)
	if err != nil {
		return err
	}
	s.Days, s.Later = s.days(r, page), cursor != ""
	if next, err := page.NextCursor.Get(); err == nil {
		s.Older = s.Path() + "?" + url.Values{"cursor": {next}}.Encode()
	}
	return nil
}

func (s Story) heading() string {
	if s.Card != nil {
		return "Activity of #" + strconv.Itoa(s.Card.Number)
	}
	return "Activity"
}

func (s Story) title() string {
	if s.Card != nil {
		return s.heading() + " · " + s.Board.Title
	}
	return "Activity on " + s.Board.Title
}

// Path is the story's own page.
func (s Story) Path() string {
	if s.Card != nil {
		return address.Card(s.Board.Id, s.Card.Number) + "/activity"
	}
	return address.Activity(s.Board.Id)
}

// days puts lines under the days that they were on where the reader is.
func (s Story) days(r *http.Request, page kanbanapi.StoryPage) []Day {
	var days []Day
	today, names := ui.Today(r), newNames(page.Names)
	for _, item := range page.Items {
		line := s.line(item, names, page.Names)
		year, month, date := line.At.In(ui.Zone(r)).Date()
		on := time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
		if len(days) == 0 || !days[len(days)-1].On.Equal(on) {
			days = append(days, Day{On: on, Name: dayName(on, today)})
		}
		last := &days[len(days)-1]
		last.Lines = append(last.Lines, line)
	}
	return days
}

func dayName(on, today time.Time) string {
	switch ui.DaysUntil(on, today) {
	case 0:
		return "Today"
	case -1:
		return "Yesterday"
	}
	return ui.DueDayInFull(on)
}
