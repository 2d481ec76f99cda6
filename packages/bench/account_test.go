package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEachAccountComesFromItsOwnNetwork(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := range 1000 {
		from := newAccount(n).network.String()
		if seen[from] || !strings.HasPrefix(from, "198.18.") {
			t.Fatalf("account %d comes from %s", n, from)
		}
		seen[from] = true
	}
}

func TestSignInOfSomebodyElseIsAnError(t *testing.T) {
	t.Parallel()
	a := newAccount(300)
	var body, from, origin string
	answer := a.email
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		body, from, origin = r.Method+" "+r.URL.Path+" "+string(raw), r.Header.Get("X-Forwarded-For"), r.Header.Get("Origin")
		_, _ = fmt.Fprintf(w, `{"person": {"email": %q}}`, answer)
	}))
	t.Cleanup(web.Close)
	if err := a.signIn(t.Context(), newVisitor(web.URL)); err != nil {
		t.Error(err)
	}
	want := fmt.Sprintf(`POST /api/auth/sign-in {"email":%q,"password":%q}`, a.email, a.password)
	if body != want || from != "198.18.1.44" || origin != web.URL {
		t.Errorf("%s from %s at %s", body, from, origin)
	}
	answer = "other@example.org"
	if err := a.signIn(t.Context(), newVisitor(web.URL)); err == nil {
		t.Error("somebody else came in, and nobody minded")
	}
}
