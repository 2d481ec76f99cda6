package proxy_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/apps/web/internal/proxy"
	"cardwall/apps/web/internal/waittest"
	"cardwall/packages/httpserver"
)

// events is an api that sends what comes in through say, and tells when its work was cancelled.
func events(t *testing.T) (api *backend, say chan<- string, cancelled <-chan struct{}) {
	t.Helper()
	lines, over := make(chan string), make(chan struct{})
	api = newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		defer close(over)
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		for {
			select {
			case line := <-lines:
				_, _ = io.WriteString(w, line)
				w.(http.Flusher).Flush()
			case <-r.Context().Done():
				return
			}
		}
	})
	return api, lines, over
}

// wantOver waits for the api to stop its work, which it otherwise never would.
func wantOver(t *testing.T, cancelled <-chan struct{}) {
	t.Helper()
	waittest.Ends(t, time.Second, "the api stops its work", cancelled)
}

func TestEventsPassAtOnce(t *testing.T) {
	t.Parallel()
	api, say, _ := events(t)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.AnswerTimeout = 2 * time.Second })
	res := w.do(t, "GET", "/api/v1/boards/7/events", nil) // the head is here before any event
	in := bufio.NewReader(res.Body)
	var took []time.Duration
	for i := range 20 {
		sent := time.Now()
		say <- fmt.Sprintf("id: %d\n", i)
		if line, err := in.ReadString('\n'); err != nil || line != fmt.Sprintf("id: %d\n", i) {
			t.Fatalf("got %q, %v", line, err)
		}
		took = append(took, time.Since(sent))
	}
	// A busy machine delays some; what gathers before it goes out, all.
	if slices.Sort(took); took[len(took)/2] > 100*time.Millisecond {
		t.Errorf("events took %v", took)
	}
}

func TestAnAnswerThatIsSlowComesAsItIsMade(t *testing.T) {
	t.Parallel()
	seen := make(chan struct{})
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "2")
		_, _ = io.WriteString(w, "a")
		w.(http.Flusher).Flush()
		select {
		case <-seen:
			_, _ = io.WriteString(w, "b")
		case <-r.Context().Done():
		}
	})
	w := newWeb(t, api.address(t), nil)
	res := w.do(t, "GET", "/api/v1/boards/7/export", nil)
	first := make([]byte, 1)
	if _, err := io.ReadFull(res.Body, first); err != nil || string(first) != "a" {
		t.Fatalf("got %q, %v", first, err)
	}
	close(seen)
	if rest, err := io.ReadAll(res.Body); err != nil || string(rest) != "b" {
		t.Errorf("then %q, %v", rest, err)
	}
}

func TestClientThatLeavesEndsTheAPIsWork(t *testing.T) {
	t.Parallel()
	t.Run("reading events", func(t *testing.T) {
		t.Parallel()
		api, _, cancelled := events(t)
		w := newWeb(t, api.address(t), nil)
		_ = w.do(t, "GET", "/api/v1/boards/7/events", nil).Body.Close()
		wantOver(t, cancelled)
	})
	for name, head := range map[string]string{
		"before the answer":   "GET /api/v1/me HTTP/1.1\r\nHost: %s\r\n\r\n",
		"in a chunked upload": "POST /api/v1/me HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n",
		"in an upload":        "POST /api/v1/me HTTP/1.1\r\nHost: %s\r\nContent-Length: 100\r\n\r\nfour",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			over := make(chan struct{})
			api := newBackend(t, func(_ http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				<-r.Context().Done()
				close(over)
			})
			w := newWeb(t, api.address(t), nil)
			conn, _ := w.dial(t)
			fmt.Fprintf(conn, head, publicHost)
			seen := api.next(t)
			_ = conn.Close()
			seen.wantClosed(t)
			wantOver(t, over)
			if line := w.logged(t); line["status"] != 499.0 || line["level"] != "INFO" {
				t.Errorf("got %v", line)
			}
		})
	}
	t.Run("in the answer", func(t *testing.T) {
		t.Parallel()
		over := make(chan struct{})
		api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
			for _, err := w.Write(make([]byte, 1<<20)); err == nil; _, err = w.Write(make([]byte, 1<<20)) {
			}
			close(over)
		})
		w := newWeb(t, api.address(t), nil)
		_ = w.do(t, "GET", "/api/v1/boards/7/export", nil).Body.Close()
		wantOver(t, over)
	})
}

func TestStreamsEndProperlyWhenTheyMust(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*proxy.Config){
		"its life is over": func(c *proxy.Config) { c.StreamLife = 100 * time.Millisecond },
		"the server goes": func(c *proxy.Config) {
			c.Stream = func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeoutCause(ctx, 100*time.Millisecond, httpserver.ErrStopping)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, say, cancelled := events(t)
			w := newWeb(t, api.address(t), change)
			res := w.do(t, "GET", "/api/v1/boards/7/events", nil)
			go func() {
				select {
				case say <- "id: 1\n\n":
				case <-cancelled:
				}
			}()
			if body, err := io.ReadAll(res.Body); err != nil || !strings.HasPrefix("id: 1\n\n", string(body)) {
				t.Errorf("got %q, %v", body, err)
			}
			wantOver(t, cancelled)
		})
	}
}

func TestStreamLastsNoQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	handler := proxy.New(proxy.Config{API: &url.URL{Scheme: "http", Host: "api"}, Log: slog.New(slog.DiscardHandler)})
	if life := proxy.StreamLife(handler); life <= 0 || life >= 15*time.Minute {
		t.Errorf("it lasts %s", life)
	}
}

func TestUploadsStream(t *testing.T) {
	t.Parallel()
	got := make(chan string)
	api := newBackend(t, func(_ http.ResponseWriter, r *http.Request) {
		in := bufio.NewReader(r.Body)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			got <- line
		}
	})
	w := newWeb(t, api.address(t), nil)
	body, upload := io.Pipe()
	answered := make(chan error, 1)
	go func() {
		res, err := w.try(t.Context(), "POST", "/api/v1/boards", body)
		if err == nil {
			_ = res.Body.Close()
		}
		answered <- err
	}()
	for i := range 3 { // each line arrives before the next is written
		line := fmt.Sprintln("line", i)
		_, _ = io.WriteString(upload, line)
		select {
		case arrived := <-got:
			if arrived != line {
				t.Fatalf("sent %q, arrived %q", line, arrived)
			}
		case <-time.After(patience):
			t.Fatal("the upload is held back")
		}
	}
	_ = upload.Close()
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

// The api dies in the middle of an event: the page reads a proper end, drops the half and resumes.
func TestStreamsThatTheAPIBreaksOffEndProperly(t *testing.T) {
	t.Parallel()
	for name, event := range map[string]string{"after an event": "id: 1\n\n", "within an event": "id: 1\n\nid: 2\nda", "before any": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
				say(t, w, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", 100, event))
			})
			w := newWeb(t, api.address(t), nil)
			if body, err := io.ReadAll(w.do(t, "GET", "/api/v1/boards/7/events", nil).Body); err != nil || string(body) != event {
				t.Errorf("got %q, %v", body, err)
			}
			if line := w.logged(t); line["status"] != 200.0 || line["aborted"] != nil {
				t.Errorf("%v", line)
			}
		})
	}
}

// What the client doesn't read, the api can't write: nothing is heaped up between them.
func TestSlowClientHoldsTheAPIBackAndGetsAllOfIt(t *testing.T) {
	t.Parallel()
	const size = 256 << 20
	var written atomic.Int64
	api := newBackend(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 64<<10)
		for range size / len(chunk) {
			n, err := w.Write(chunk)
			if written.Add(int64(n)); err != nil {
				return
			}
		}
	})
	w := newWeb(t, api.address(t), nil)
	res := w.do(t, "GET", "/api/v1/boards/7/export", nil)
	var held, before int64 = 0, -1
	for ; held != before; before, held = held, written.Load() {
		<-time.After(300 * time.Millisecond) // the pause itself is what is tested
	}
	if held >= size/2 {
		t.Errorf("%d bytes were written though nobody reads them", held)
	}
	if n, err := io.Copy(io.Discard, res.Body); n != size || err != nil {
		t.Errorf("%d bytes came, %v", n, err)
	}
}

//nolint:paralleltest // it looks at what the whole process takes
func TestMemoryStaysFlatUnderALargeBody(t *testing.T) {
	const up, down = 1 << 30, 64 << 20
	came := make(chan int64, 1)
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		came <- n
		_, _ = io.CopyN(w, zeros{}, down)
	}, unheard)
	w := newWeb(t, api.address(t), func(c *proxy.Config) { c.BodyLimit = up })
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	res := w.do(t, "POST", "/api/v1/boards", io.LimitReader(zeros{}, up))
	got, err := io.Copy(io.Discard, res.Body)
	runtime.ReadMemStats(&after)
	if sent := <-came; sent != up || got != down || err != nil {
		t.Errorf("%d bytes up, %d down, %v", sent, got, err)
	}
	// What is allocated on the way bounds what is held; it doesn't hang on when memory is collected.
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("%d bytes were allocated on the way", used)
	}
}

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
