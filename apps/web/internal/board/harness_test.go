package board

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// answers is an upstream with a fixed answer per "METHOD path": a value is JSON with 200 or 201, a
// *problem.Error its document. The real api is another app, which this one may not import; both meet in the
// tests of the running apps.
type answers map[string]any

// setup serves the pages as the server does, on top of those answers, and returns a way to ask them.
func setup(t *testing.T, upstream answers) func(method, path, form string) (*http.Response, *goquery.Document) {
	t.Helper()
	api := httptest.NewServer(upstream)
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

func (a answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, ok := a[r.Method+" "+r.URL.Path]
	if !ok {
		answer = problem.New(problem.NotFound, "not_found", "There is nothing here.")
	}
	status, media := http.StatusOK, "application/json"
	if r.Method == http.MethodPost && !strings.HasSuffix(r.URL.Path, "/move") {
		status = http.StatusCreated
	}
	if e, failed := answer.(*problem.Error); failed {
		answer, status, media = e.Document("req-1"), e.Kind.Status(), problem.ContentType
	}
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

var (
	gardenID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	todoID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02")
	doneID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03")
	seedsID  = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04")
)

// garden is a board with two columns, the first with a card and eleven more to come.
func garden() kanbanapi.Board {
	return kanbanapi.Board{
		Id: gardenID, Title: "Garden <&>", Version: 3, Role: kanbanapi.Owner,
		Columns: []kanbanapi.BoardColumn{
			{
				Id: todoID, Title: "To <do>", Version: 2, CardCount: 12, WipLimit: nullable.NewNullableWithValue(10),
				NextCursor: nullable.NewNullableWithValue("next page"),
				Cards:      []kanbanapi.CardSummary{{Id: seedsID, Number: 7, ColumnId: todoID, Title: "Buy <b>seeds</b>", HasDescription: true}},
			},
			{Id: doneID, Title: "Done", Version: 1, WipLimit: nullable.NewNullNullable[int](), NextCursor: nullable.NewNullNullable[string](), Cards: []kanbanapi.CardSummary{}},
		},
	}
}

func formOf(pairs ...string) string {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form.Encode()
}
