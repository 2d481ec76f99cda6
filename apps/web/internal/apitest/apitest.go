// Package apitest stands in for the api in the tests of the pages, and serves the pages on top of it as the server
// does. The real api is another app, which this one may not import; both meet in the tests of the running apps (e2e).
package apitest

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// Seq is an answer without a body that tells the board's seq.
type Seq int64

// API has a fixed answer for each "METHOD path": a value is sent as JSON, a *problem.Error as its document, nil and a Seq
// are 204, and a func(*http.Request) any chooses among these. What it has no answer for is not found. It keeps the changes it was
// asked for.
type API struct {
	answers map[string]any
	mu      sync.Mutex
	changes []Change
}

// Change is a request that asked for one.
type Change struct {
	Path    string
	IfMatch string
	Body    map[string]any
}

// New makes an api of "METHOD path", answer pairs; a later pair replaces an earlier one.
func New(pairs ...any) *API {
	api := &API{answers: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		api.answers[pairs[i].(string)] = pairs[i+1]
	}
	return api
}

// Changes are what was asked for until now, in order.
func (a *API) Changes() []Change {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Change(nil), a.changes...)
}

// Last is the latest change; the zero Change before any.
func (a *API) Last() Change {
	if all := a.Changes(); len(all) > 0 {
		return all[len(all)-1]
	}
	return Change{}
}

// ServeHTTP answers as the contract says.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.keep(r)
	answer, ok := a.answers[r.Method+" "+r.URL.Path]
	if !ok {
		answer = problem.New(problem.NotFound, "not_found", "There is nothing here.")
	}
	if choose, ok := answer.(func(*http.Request) any); ok {
		answer = choose(r)
	}
	seq, gone := answer.(Seq)
	if gone {
		w.Header().Set("X-Board-Seq", strconv.FormatInt(int64(seq), 10))
	}
	if ok && (gone || answer == nil) {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	status, media := http.StatusOK, "application/json"
	if e, failed := answer.(*problem.Error); failed {
		answer, status, media = e.Document("req-1"), e.Kind.Status(), problem.ContentType
	} else if creates(r) {
		status = http.StatusCreated
	}
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func (a *API) keep(r *http.Request) {
	if r.Method == http.MethodGet {
		return
	}
	change := Change{Path: r.URL.Path, IfMatch: r.Header.Get("If-Match")}
	_ = json.NewDecoder(r.Body).Decode(&change.Body) // some changes have no body
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changes = append(a.changes, change)
}

func creates(r *http.Request) bool {
	switch path.Base(r.URL.Path) {
	case "boards", "columns", "cards", "labels", "list":
		return r.Method == http.MethodPost
	}
	return false
}

// Ask sends a request to the pages and reads the answer.
type Ask func(method, path, form string) (*http.Response, *goquery.Document)

// Serve puts the pages that register adds on top of the api.
func Serve(t *testing.T, api *API, register func(*kanbanapi.Client, *http.ServeMux)) Ask {
	t.Helper()
	upstream := httptest.NewServer(api)
	t.Cleanup(upstream.Close)
	client, err := kanbanapi.Connect(upstream.URL, upstream.Client())
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	register(client, mux)
	e := httpserver.New(httpserver.Config{Log: slog.New(slog.DiscardHandler), ErrorPage: ui.ErrorPage})
	e.Any("/*", httpserver.WrapHandler(mux))
	return func(method, path, form string) (*http.Response, *goquery.Document) {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
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

// Form encodes name, value pairs; a name may stand there more than once.
func Form(pairs ...string) string {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form.Encode()
}
