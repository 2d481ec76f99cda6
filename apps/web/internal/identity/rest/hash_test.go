package rest_test

import (
	"net/http"
	"testing"

	"cardwall/apps/web/internal/identity"
)

// A new password costs as much as a wrong one. Where it can't be set, it is counted as one.
func TestNewPasswordsThatComeToNothingAreThrottled(t *testing.T) {
	t.Parallel()
	t.Run("of a link whose e-mail is the person's no longer", func(t *testing.T) {
		t.Parallel()
		m := withMail(t, unhurried, func(c *identity.Config) { c.Limits.Address.Free, c.Limits.Mailed.Free = 3, 100 })
		m.verified(t, m.browser(t, home))
		secret := m.forgot(t)
		m.exec(t, "UPDATE people SET email = 'ines@moreau.example'")
		for range 3 {
			if got := m.browser(t, abroad).reset(secret, anotherPassword); got.problem().Code != "link_over" {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
		}
		if got := m.browser(t, abroad).reset(secret, anotherPassword); got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") == "" {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
		if got := m.browser(t, home).signIn("ines@moreau.example", rightPassword); got.StatusCode == http.StatusTooManyRequests {
			t.Errorf("who is elsewhere waits too: %d", got.StatusCode)
		}
	})
	t.Run("but those that are set cost nothing", func(t *testing.T) {
		t.Parallel()
		m := withMail(t, unhurried, func(c *identity.Config) { c.Limits.Address.Free, c.Limits.Mailed.Free = 3, 100 })
		m.verified(t, m.browser(t, home))
		for range 4 {
			if got := m.browser(t, abroad).reset(m.forgot(t), anotherPassword); got.StatusCode != http.StatusNoContent {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
			m.next(t) // the notice
		}
	})
}
