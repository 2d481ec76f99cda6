package fakeidp

import (
	"bytes"
	"net/http"
	"time"
)

// Fail makes an endpoint fail in one of the ways below, or in the test's own; nil ends that.
func (s *Server) Fail(e Endpoint, how http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[e] = how
}

// Delay makes an endpoint wait before it does what it does anyway; 0 ends that.
func (s *Server) Delay(e Endpoint, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delays[e] = wait
}

// Status answers with a status number and a page that is none of JSON.
func Status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<h1>out of order</h1>", code) }
}

// Says answers with whatever the test wants said.
func Says(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body))
	}
}

// Garbage answers 200 with something that only claims to be JSON.
func Garbage(w http.ResponseWriter, r *http.Request) {
	Says("application/json", `{"access_token": "`+"\xff\x00")(w, r)
}

// Stall takes the request and says nothing until the caller gives up.
func Stall(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// Endless answers without an end, as fast as it can.
func Endless(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	spaces := bytes.Repeat([]byte(" "), 64<<10)
	for r.Context().Err() == nil {
		if _, err := w.Write(spaces); err != nil {
			return
		}
	}
}

// Drip answers without an end, a byte every few milliseconds: no single wait is long.
func Drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := w.Write([]byte(" ")); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// HangUp breaks the connection off without an answer.
func HangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
