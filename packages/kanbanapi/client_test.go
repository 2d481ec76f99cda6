package kanbanapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// connect makes a client of an api that answers like that.
func connect(t *testing.T, answer http.HandlerFunc, editors ...kanbanapi.RequestEditorFn) *kanbanapi.Client {
	t.Helper()
	api := httptest.NewServer(answer)
	t.Cleanup(api.Close)
	return connectTo(t, api.URL, api.Client(), editors...)
}

func connectTo(t *testing.T, url string, doer *http.Client, editors ...kanbanapi.RequestEditorFn) *kanbanapi.Client {
	t.Helper()
	client, err := kanbanapi.Connect(url, doer, editors...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// refuse answers as the api does with an error of its domain.
func refuse(e *problem.Error) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", problem.ContentType)
		if e.RetryAfter > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(e.RetryAfter.Seconds()))
		}
		w.WriteHeader(e.Kind.Status())
		_ = json.NewEncoder(w).Encode(e.Document("req-1"))
	}
}

// wantProblem checks kind and code, and returns the value for more.
func wantProblem(t *testing.T, err error, kind problem.Kind, code string) problem.Error {
	t.Helper()
	var e *problem.Error
	if !errors.As(err, &e) {
		t.Fatalf("no problem but %v", err)
	}
	if e.Kind != kind || e.Code != code || e.Detail == "" {
		t.Errorf("got %s %v, want %s %s", e.Kind, e, kind, code)
	}
	return *e
}

func TestAnswersAndRequestsAreTheContracts(t *testing.T) {
	t.Parallel()
	client := connect(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "GET" || r.URL.Path != "/v1/me" || r.Header.Get("Authorization") != "Bearer one" {
			t.Errorf("the api saw %s %s %v", r.Method, r.URL, r.Header)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":"01980000-0000-7000-8000-000000000001","name":"Ines Moreau"}`)
	}, func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer one")
		return nil
	})
	if me, err := client.Me(t.Context()); err != nil || me.Name != "Ines Moreau" {
		t.Errorf("got %+v, %v", me, err)
	}
}

func TestProblemsComeBackAsTheyWereMade(t *testing.T) {
	t.Parallel()
	for _, kind := range []problem.Kind{
		problem.Invalid, problem.Unauthenticated, problem.Forbidden, problem.NotFound, problem.Conflict, problem.Stale,
		problem.TooLarge, problem.PreconditionRequired, problem.TooMany, problem.Internal, problem.Unavailable,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			made := problem.New(kind, "some_code", "A sentence.")
			made.Fields = []problem.Field{{Field: "title", Code: "required", Detail: "A title is needed."}}
			made.Current = map[string]any{"title": "Now"}
			_, err := connect(t, refuse(made)).Me(t.Context())
			got := wantProblem(t, err, kind, "some_code")
			if got.Detail != made.Detail || len(got.Fields) != 1 || got.Fields[0] != made.Fields[0] || fmt.Sprint(got.Current) != "map[title:Now]" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestRetryAfterComesBack(t *testing.T) {
	t.Parallel()
	away := problem.New(problem.Unavailable, "database_away", "Please try again in a moment.").After(7 * time.Second)
	_, err := connect(t, refuse(away)).Me(t.Context())
	if got := wantProblem(t, err, problem.Unavailable, "database_away"); got.RetryAfter != 7*time.Second {
		t.Errorf("wait %v", got.RetryAfter)
	}
}

func TestWhatIsNoProblemDocumentIsABadGateway(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"a page": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<h1>502</h1>", http.StatusBadGateway) },
		"JSON of another kind": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(500)
			_, _ = io.WriteString(w, `{"error":1}`)
		},
		"nothing":               func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
		"another way to say ok": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := connect(t, answer).Me(t.Context())
			wantProblem(t, err, problem.BadGateway, "api_odd")
		})
	}
}

func TestAPIThatIsNotThereIsAway(t *testing.T) {
	t.Parallel()
	api := httptest.NewServer(nil)
	api.Close()
	_, err := connectTo(t, api.URL, http.DefaultClient).Me(t.Context())
	wantProblem(t, err, problem.BadGateway, "api_away")
}

func TestAPIThatHangsUpIsAway(t *testing.T) {
	t.Parallel()
	_, err := connect(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }).Me(t.Context())
	wantProblem(t, err, problem.BadGateway, "api_away")
}

func TestAPIThatTakesTooLongIsSlow(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"to begin its answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"to end its answer": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"to end its refusal": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := httptest.NewServer(answer)
			t.Cleanup(api.Close)
			_, err := connectTo(t, api.URL, &http.Client{Timeout: 100 * time.Millisecond}).Me(t.Context())
			wantProblem(t, err, problem.Timeout, "api_slow")
		})
	}
}

func TestCallerThatLeftSeesItsOwnContextsError(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	client := connect(t, func(_ http.ResponseWriter, r *http.Request) {
		leave()
		<-r.Context().Done()
	})
	if _, err := client.Me(ctx); !errors.Is(err, context.Canceled) || problem.Is(err, problem.BadGateway) {
		t.Errorf("got %v", err)
	}
}

func TestErrorOfAnEditorIsNotTheAPIsFault(t *testing.T) {
	t.Parallel()
	client := connect(t, func(http.ResponseWriter, *http.Request) { t.Error("it was sent") }, func(context.Context, *http.Request) error {
		return problem.New(problem.Unauthenticated, "signed_out", "You are signed out.")
	})
	_, err := client.Me(t.Context())
	wantProblem(t, err, problem.Unauthenticated, "signed_out")
}

// A connection that was used before may be closed by the api at any time; net/http sends what may be repeated
// again, and a POST may not.
func TestPostIsNeverSentTwice(t *testing.T) {
	t.Parallel()
	t.Run("when the api hangs up", func(t *testing.T) {
		t.Parallel()
		var posts atomic.Int32
		client := connect(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				posts.Add(1)
				panic(http.ErrAbortHandler)
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{}`)
		})
		if _, err := client.Me(t.Context()); err != nil { // leaves a connection to be used again
			t.Fatal(err)
		}
		_, err := client.CreateCard(t.Context(), uuid.New(), kanbanapi.NewCard{Title: "Once"})
		wantProblem(t, err, problem.BadGateway, "api_away")
		if n := posts.Load(); n != 1 {
			t.Errorf("sent %d times", n)
		}
	})
	t.Run("when it is sent elsewhere", func(t *testing.T) {
		t.Parallel()
		var posts atomic.Int32
		client := connect(t, func(w http.ResponseWriter, r *http.Request) {
			posts.Add(1)
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		})
		_, err := client.CreateCard(t.Context(), uuid.New(), kanbanapi.NewCard{Title: "Once"})
		wantProblem(t, err, problem.BadGateway, "api_odd")
		if n := posts.Load(); n != 1 {
			t.Errorf("sent %d times", n)
		}
	})
}

func TestNoErrorShowsWhereTheAPIIs(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	_, err = connectTo(t, "http://"+address, http.DefaultClient).Me(t.Context())
	if got := wantProblem(t, err, problem.BadGateway, "api_away"); strings.Contains(got.Detail, address) {
		t.Errorf("shown: %s", got.Detail)
	}
}
