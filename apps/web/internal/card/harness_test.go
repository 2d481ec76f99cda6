package card

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// upstream answers "METHOD path" with a value as JSON, or a *problem.Error as its document, and keeps the
// last body it was sent. The real api is another app, which this one may not import; both meet in the tests
// of the running apps.
type upstream struct {
	answers map[string]any
	sent    map[string]any
	ifMatch string
}

// setup serves the pages as the server does, on top of the upstream, and returns a way to ask them.
func setup(t *testing.T, up *upstream) func(method, path, form string) (*http.Response, *goquery.Document) {
	t.Helper()
	api := httptest.NewServer(up)
	t.Cleanup(api.Close)
	client, err := kanbanapi.Connect(api.URL, api.Client())
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	Handlers{API: client}.Register(mux)
	e := httpserver.New(httpserver.Config{Log: slog.New(slog.DiscardHandler), ErrorPage: ui.ErrorPage})
	e.Any("/*", echo.WrapHandler(mux))
	return func(method, path, form string) (*http.Response, *goquery.Document) {
		r := httptest.NewRequest(method, path, strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.Result(), doc
	}
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		u.sent, u.ifMatch = nil, r.Header.Get("If-Match")
		_ = json.NewDecoder(r.Body).Decode(&u.sent)
	}
	answer, ok := u.answers[r.Method+" "+r.URL.Path]
	if !ok {
		answer = problem.New(problem.NotFound, "not_found", "There is nothing here.")
	}
	status, media := http.StatusOK, "application/json"
	if e, failed := answer.(*problem.Error); failed {
		answer, status, media = e.Document("req-1"), e.Kind.Status(), problem.ContentType
	}
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

const (
	boardAPI = "/v1/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	cardAPI  = boardAPI + "/cards/7"
	boardAt  = "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	cardAt   = boardAt + "/cards/7"
)

var (
	boardID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	todoID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	doneID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	seedsID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
	soilID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a05")
)

func seeds() kanbanapi.Card {
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	return kanbanapi.Card{
		Id: seedsID, BoardId: boardID, Number: 7, ColumnId: todoID, Title: "Buy <b>seeds</b>", Description: "\nBeans\n<i>Peas</i>",
		Version: 4, CreatedAt: at, UpdatedAt: at, ArchivedAt: nullable.NewNullNullable[time.Time](),
	}
}

func board() kanbanapi.Board {
	none := nullable.NewNullNullable[string]()
	return kanbanapi.Board{
		Id: boardID, Title: "Garden", Role: kanbanapi.Editor,
		Columns: []kanbanapi.BoardColumn{
			{Id: todoID, Title: "To do", NextCursor: none, Cards: []kanbanapi.CardSummary{{Id: seedsID, Number: 7, Title: "Buy seeds"}}},
			{Id: doneID, Title: "Done", NextCursor: none, Cards: []kanbanapi.CardSummary{{Id: soilID, Number: 3, Title: "Buy soil"}}},
		},
	}
}

// garden is an upstream with the board and the card on it, and further answers by "METHOD path" pairs.
func garden(more ...any) *upstream {
	up := &upstream{answers: map[string]any{"GET " + boardAPI: board(), "GET " + cardAPI: seeds()}}
	for i := 0; i < len(more); i += 2 {
		up.answers[more[i].(string)] = more[i+1]
	}
	return up
}

func formOf(pairs ...string) string {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form.Encode()
}
