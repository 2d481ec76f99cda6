package session_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"cardwall/apps/web/internal/session"
)

// BenchmarkLookUp is what the guard adds to a request: the session found in memory, and in the database.
func BenchmarkLookUp(b *testing.B) {
	bundle := setup(b)
	for _, c := range []struct {
		name string
		kept bool
	}{{"cached", true}, {"not_cached", false}} {
		sessions := session.New(bundle.store, session.Cookie{})
		if c.kept {
			sessions.Changes().Hearing()
		}
		guarded := site(sessions, bundle.proof)
		entered := httptest.NewRecorder()
		guarded.ServeHTTP(entered, httptest.NewRequest("POST", "/enter", nil))
		cookie := entered.Result().Cookies()[0]
		b.Run(c.name, func(b *testing.B) { measure(b, guarded, cookie) })
	}
}

func measure(b *testing.B, guarded http.Handler, cookie *http.Cookie) {
	request := httptest.NewRequest("GET", "/", nil)
	request.AddCookie(cookie)
	var took []time.Duration
	for b.Loop() {
		answer := httptest.NewRecorder()
		began := time.Now()
		guarded.ServeHTTP(answer, request)
		took = append(took, time.Since(began))
		if answer.Body.String() != ines {
			b.Fatal(answer.Body)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
}
