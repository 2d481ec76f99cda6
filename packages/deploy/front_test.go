package deploy

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// behind puts a Caddy before a handler in web's place.
func behind(t *testing.T, handler http.HandlerFunc) *browser {
	t.Helper()
	upstream := httptest.NewServer(handler)
	t.Cleanup(upstream.Close)
	c := startCaddy(t, "Caddyfile", map[string]string{
		"SITE_ADDRESS": "localhost", "WEB_UPSTREAM": upstream.Listener.Addr().String(),
	})
	return newBrowser(t, "https://localhost", c.hosts(), c.pool(t))
}

func TestCaddyTellsWebWhoAsksAndNothingThatAClientMadeUp(t *testing.T) {
	t.Parallel()
	var seen http.Header
	var host string
	b := behind(t, func(_ http.ResponseWriter, r *http.Request) { seen, host = r.Header, r.Host })
	b.do(b.get("/boards",
		"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: evil.example.org", "X-Forwarded-Proto: http", "X-Request-Id: made-up"))
	for name, want := range map[string][]string{
		"X-Forwarded-For": {ourAddress(t)}, "X-Forwarded-Host": {"localhost"}, "X-Forwarded-Proto": {"https"}, "X-Request-Id": nil,
	} {
		if got := seen[name]; !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if host != "localhost" {
		t.Errorf("the host is %q", host)
	}
}

// The handler sends the second event only once the first one has been read.
func TestCaddyHoldsNoEventBack(t *testing.T) {
	t.Parallel()
	read := make(chan struct{})
	b := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/events" {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		for _, event := range []string{"first", "second"} {
			_, _ = io.WriteString(w, "data: "+event+"\n\n")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-read:
			case <-r.Context().Done():
			}
		}
	})
	res, err := b.http.Do(b.get("/events", "Accept-Encoding: gzip, deflate, br, zstd"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for _, want := range []string{"data: first", "", "data: second"} {
		if !lines.Scan() || lines.Text() != want {
			t.Fatalf("read %q, want %q (%v)", lines.Text(), want, lines.Err())
		}
		if want != "" {
			read <- struct{}{}
		}
	}
}

func TestCaddyTellsWebOfAClientThatWentAway(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	b := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/events" {
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "data: first\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(gone)
	})
	res, err := b.http.Do(b.get("/events"))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	select {
	case <-gone:
	case <-time.After(patience):
		t.Error("the stream goes on")
	}
}

func TestCaddyCompressesPagesAndLeavesDataAlone(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a page of a certain length ", 100)
	b := behind(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", map[string]string{"/page": "text/html; charset=utf-8", "/data": "application/json"}[r.URL.Path])
		w.Header().Set("ETag", `"7"`)
		_, _ = io.WriteString(w, text)
	})
	page, _ := b.do(b.get("/page", "Accept-Encoding: gzip"))
	if page.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("a page comes in %v", page.Header)
	}
	data, body := b.do(b.get("/data", "Accept-Encoding: gzip"))
	if data.Header.Get("ETag") != `"7"` || string(body) != text {
		t.Errorf("data comes in %v", data.Header)
	}
}

func TestTheApisCaddyLetsOnlyWebIn(t *testing.T) {
	t.Parallel()
	upstream := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(upstream.Close)
	for name, c := range map[string]struct {
		web     string
		allowed bool
	}{"web_comes_in": {"127.0.0.0/8", true}, "a_stranger_gets_no_answer": {"192.0.2.7", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			front := startCaddy(t, "Caddyfile.api", map[string]string{
				"API_ADDRESS": "localhost", "API_UPSTREAM": upstream.Listener.Addr().String(), "WEB_RANGE": c.web,
			})
			b := newBrowser(t, "https://localhost", front.hosts(), front.pool(t))
			res, err := b.http.Do(b.get("/v1/me"))
			if err == nil {
				_ = res.Body.Close()
			}
			if (err == nil) != c.allowed {
				t.Errorf("got %v", err)
			}
		})
	}
}
