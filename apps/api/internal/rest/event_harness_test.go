package rest_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/live"
	"cardwall/apps/api/internal/rest"
	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

const (
	never = time.Hour // for what a test shows to go without
	soon  = 20 * time.Millisecond
)

// quick has readers come again at once.
var quick = rest.Config{Live: rest.Live{Retry: 2 * time.Millisecond}}

// setupLive is an api whose streams go on.
func setupLive(t *testing.T, tune func(*live.Config)) *api {
	t.Helper()
	return configuredLive(t, pgtest.New(t, migrations.Kanban, "kanban"), quick, tune)
}

func asItIs(*live.Config) {}

// follower is somebody who looks on at boards.
type follower struct {
	events chan kanbanapi.Event
	ended  chan error
}

// follow looks on until the test ends, or the api has no more to say.
func (p *person) follow(t *testing.T, boards ...kanbanapi.Seen) *follower {
	t.Helper()
	f := &follower{events: make(chan kanbanapi.Event, 10_000), ended: make(chan error, 1)}
	go func() {
		for event, err := range p.Events(t.Context(), boards...) {
			if err != nil {
				f.ended <- err
				return
			}
			f.events <- event
		}
	}()
	return f
}

// next is the next event, in good time.
func (f *follower) next(t *testing.T) kanbanapi.Event {
	t.Helper()
	select {
	case event := <-f.events:
		return event
	case err := <-f.ended:
		t.Fatalf("the events ended with %v", err)
	case <-time.After(10 * time.Second):
		t.Fatal("no event")
	}
	return kanbanapi.Event{}
}

// want takes activities from a seq to another, each once and in order, and nothing else.
func (f *follower) want(t *testing.T, from, to int64) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		if event := f.next(t); event.Activity == nil || event.Activity.Seq != seq {
			t.Fatalf("want %d, got %s", seq, told(event))
		}
	}
}

// told says what an event is, in a few words.
func told(e kanbanapi.Event) string {
	switch {
	case e.Activity != nil:
		return fmt.Sprintf("%s %d", e.Activity.Verb, e.Activity.Seq)
	case e.Reset != nil:
		return fmt.Sprintf("reset %d", e.Reset.Seq)
	case e.Gone != nil:
		return fmt.Sprintf("gone %s", e.Gone.Reason)
	}
	return "nothing"
}

// wantEnd is the error with which the events end, without another before it.
func (f *follower) wantEnd(t *testing.T) error {
	t.Helper()
	select {
	case event := <-f.events:
		t.Fatalf("there came %s", told(event))
	case err := <-f.ended:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("the events didn't end")
	}
	return nil
}

func seen(w wall, seq int64) kanbanapi.Seen { return kanbanapi.Seen{Board: w.ID, Seq: seq} }

// seq is how far a board is.
func (a *api) seq(t *testing.T, board uuid.UUID) (seq int64) {
	t.Helper()
	if err := a.pool.QueryRow(t.Context(), `SELECT seq FROM board_seq WHERE board_id = $1`, board).Scan(&seq); err != nil {
		t.Fatal(err)
	}
	return seq
}

// change makes n changes of a board, each an activity.
func (p *person) change(t *testing.T, w wall, n int) {
	t.Helper()
	for i := range n {
		must(p.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[i%len(w.Columns)], Title: "Card " + strconv.Itoa(i)}))(t)
	}
}

// raw is a stream as it comes, line by line.
type raw struct {
	*http.Response
	lines *bufio.Scanner
	close context.CancelFunc
}

// open asks for a stream. The headers are given as name, value, name, value …
func (p *person) open(t *testing.T, path string, headers ...string) *raw {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req := must(http.NewRequestWithContext(ctx, http.MethodGet, p.api.URL+path, http.NoBody))(t)
	req.Header.Set("Authorization", "Bearer "+p.token(t))
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res := must(http.DefaultClient.Do(req))(t)
	t.Cleanup(func() { cancel(); _ = res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", path, res.Status)
	}
	s := &raw{Response: res, lines: bufio.NewScanner(res.Body), close: cancel}
	s.lines.Buffer(nil, 1<<20)
	return s
}

// block is what comes until the next empty line, whole; ok is false at the stream's end.
func (s *raw) block() (text string, ok bool) {
	var lines []string
	for s.lines.Scan() {
		if s.lines.Text() == "" {
			return strings.Join(lines, "\n"), true
		}
		lines = append(lines, s.lines.Text())
	}
	return "", false
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); !holds(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
