package session_test

import (
	"context"
	"net/http"
	"testing"
)

// The new password isn't committed yet when the sign-in with the old one gets to its session.
func TestSignInWaitsForANewPasswordAndIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t)
	hold, err := b.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hold.Rollback(context.Background()) })
	for _, sql := range []string{"SELECT FROM people FOR UPDATE", "UPDATE passwords SET hash = '$argon2id$new', changed_at = now()", "UPDATE sessions SET revoked_at = now()"} {
		if _, err := hold.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	entered := make(chan answer, 1)
	go func() { entered <- browser.post("/enter") }()
	b.waitForWaiting(t, 1)
	if err := hold.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-entered; got.StatusCode != http.StatusUnauthorized || len(got.Cookies()) != 0 {
		t.Errorf("%d %v", got.StatusCode, got.Cookies())
	}
	if n := query[int](t, b, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); n != 0 {
		t.Errorf("%d sessions live", n)
	}
}
