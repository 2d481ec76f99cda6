package rest_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/live"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/apps/api/internal/rest"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

const issuer, audience = "http://localhost:3000", "cardwall-api"

var secret = []byte(strings.Repeat("0123456789abcdef", 4))

// api is the whole api on a database of its own, reached over HTTP.
type api struct {
	URL    string
	minter *token.Minter
	pool   *pgxpool.Pool
	routes []*echo.Route
	log    *logbook
	hub    *live.Hub
}

// exec changes the database behind the api's back.
func (a *api) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := a.pool.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// member puts somebody on a board.
func (a *api) member(t *testing.T, board uuid.UUID, who *person, role string) {
	t.Helper()
	must(who.Me(t.Context()))(t) // from here on the api knows them
	a.exec(t, `INSERT INTO members (board_id, person_id, role) VALUES ($1, $2, $3)`, board, who.ID, role)
}

func setup(t *testing.T) *api {
	t.Helper()
	return setupOn(t, pgtest.New(t, migrations.Kanban, "kanban"))
}

// setupWith has the routes configured otherwise.
func setupWith(t *testing.T, config rest.Config) *api {
	t.Helper()
	return configured(t, pgtest.New(t, migrations.Kanban, "kanban"), config)
}

// setupOn reaches the database as the configuration says, through something in between perhaps.
func setupOn(t *testing.T, config postgres.Config) *api {
	t.Helper()
	return configured(t, config, rest.Config{})
}

func configured(t *testing.T, database postgres.Config, config rest.Config) *api {
	t.Helper()
	return configuredLive(t, database, config, nil)
}

// configuredLive runs the hub too, which most tests have no need of, unless tune is nil.
func configuredLive(t *testing.T, database postgres.Config, config rest.Config, tune func(*live.Config)) *api {
	t.Helper()
	pool, err := postgres.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	notices := store.NewNotices(pool, database, slog.New(slog.DiscardHandler))
	service, err := kanban.New(store.New(pool).Telling(notices.Tell))
	if err != nil {
		t.Fatal(err)
	}
	config.Live.Hub = hub(t, live.Config{Source: service, Notifier: notices, Encode: rest.EventWords, Log: slog.New(slog.DiscardHandler)}, tune)
	verifier, err := token.NewVerifier(token.VerifierConfig{Issuer: issuer, Audience: audience, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	minter, err := token.NewMinter(token.MinterConfig{Issuer: issuer, Audience: audience, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	log := &logbook{}
	config.Kanban, config.Verifier = service, verifier
	e := httpserver.New(httpserver.Config{WriteTimeout: 3 * time.Second, Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err := rest.Register(e.Echo, config); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return &api{URL: server.URL, minter: minter, pool: pool, routes: e.Routes(), log: log, hub: config.Live.Hub}
}

func hub(t *testing.T, config live.Config, tune func(*live.Config)) *live.Hub {
	t.Helper()
	if tune == nil {
		return live.New(config)
	}
	tune(&config)
	h := live.New(config)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); h.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return h
}

// logbook is what the api logs.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// of waits for the access log's line of a request, which comes once it is over.
func (l *logbook) of(t *testing.T, requestID string) string {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(10 * time.Second); ; {
		for line := range strings.Lines(l.String()) {
			if strings.Contains(line, `"request_id":"`+requestID+`"`) {
				return line
			}
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the log has no line of that request")
		}
	}
}

// person is somebody who calls the api.
type person struct {
	*kanbanapi.Client
	token.Person
	api *api
}

func (a *api) person(t *testing.T, name string) *person {
	t.Helper()
	who := token.Person{ID: uuid.Must(uuid.NewV7()), SessionID: uuid.NewString(), Name: name, Email: strings.ToLower(name) + "@example.org"}
	p := &person{Person: who, api: a}
	client, err := kanbanapi.Connect(a.URL, http.DefaultClient, func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+p.token(t))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Client = client
	return p
}

func (p *person) token(t *testing.T) string {
	t.Helper()
	raw, err := p.api.minter.Mint(p.Person)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// send makes a request as written, for what the client would never send.
func (p *person) send(t *testing.T, method, path, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, p.api.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.token(t))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(answer)
}

// wall is a board with columns To do, Doing and Done, and the cards of each by title.
type wall struct {
	ID      uuid.UUID
	Columns []uuid.UUID
	Cards   map[string]kanbanapi.Card
}

// wall puts up a board whose first column holds cards with the given titles.
func (p *person) wall(t *testing.T, titles ...string) wall {
	t.Helper()
	board := must(p.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Garden"}))(t)
	w := wall{ID: board.Id, Cards: map[string]kanbanapi.Card{}}
	for _, title := range []string{"To do", "Doing", "Done"} {
		column := must(p.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: title}))(t)
		w.Columns = append(w.Columns, column.Id)
	}
	for _, title := range titles {
		w.Cards[title] = must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: title}))(t)
	}
	return w
}

// order reads the titles of each column's cards, from the top.
func (p *person) order(t *testing.T, board uuid.UUID) []string {
	t.Helper()
	read := must(p.Board(t.Context(), board))(t)
	columns := make([]string, len(read.Columns))
	for i, column := range read.Columns {
		titles := make([]string, len(column.Cards))
		for j, card := range column.Cards {
			titles[j] = card.Title
		}
		columns[i] = strings.Join(titles, " ")
	}
	return columns
}

// must takes a result that the test can't go on without.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// refusalOf is why there is no result, nil if there is one.
func refusalOf[T any](_ T, err error) error { return err }

// wantProblem checks that an error is of a kind and has a code.
func wantProblem(t *testing.T, err error, kind problem.Kind, code string) problem.Document {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want %s %s", kind, code)
	}
	got := problem.From(err)
	if got.Kind != kind || got.Code != code {
		t.Fatalf("got %s %s (%v); want %s %s", got.Kind, got.Code, err, kind, code)
	}
	return got.Document("")
}
