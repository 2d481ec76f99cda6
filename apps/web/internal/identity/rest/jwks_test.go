package rest_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

// The api keeps its last good keys on any answer but 200; a cache must keep none but that.
func TestKeysThatAreNotKnownAreNotPublished(t *testing.T) {
	t.Parallel()
	away := problem.New(problem.Unavailable, "no_token", "Not just now.")
	for _, route := range rest.Routes(rest.Config{
		Identity: identity.New(identity.Config{}), Guard: session.NewGuard(nil, slog.New(slog.DiscardHandler)), JWKS: func() ([]byte, error) { return nil, away },
	}) {
		if route.Path != "/api/auth/jwks" {
			continue
		}
		got := httptest.NewRecorder()
		route.Handler.ServeHTTP(got, httptest.NewRequest(route.Method, route.Path, http.NoBody))
		if got.Code != http.StatusServiceUnavailable || got.Header().Get("Cache-Control") == "public, max-age=60" {
			t.Errorf("%s: %d %v", route.Method, got.Code, got.Header())
		}
	}
}
