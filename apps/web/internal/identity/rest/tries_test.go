package rest_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
)

func TestRightPasswordCostsNoWait(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried, func(c *identity.Config) { c.Limits.Address.Free = 2 })
	browser := b.browser(t, home)
	browser.signUp(ines)
	for _, email := range []string{"tomas@fernway.example", "wren@fernway.example"} {
		browser.signIn(email, wrongPassword)
	}
	if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusTooManyRequests {
		t.Fatalf("the wrong ones cost no wait: %d", got.StatusCode)
	}
	pass(t, b, time.Hour)
	for range 3 {
		if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
	}
}

// keeps is a store that gives nothing back.
type keeps struct{ identity.Store }

func (keeps) GiveBackTry(context.Context, identity.Throttle, time.Time) error {
	return errors.New("the database is away just now")
}

func TestWhatIsDoneIsNotUndoneByATryThatStaysCounted(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.Store = keeps{c.Store} })
	browser := m.browser(t, home)
	browser.signUp(ines)
	m.next(t)
	if got := browser.reset(m.forgot(t), anotherPassword); got.StatusCode != http.StatusNoContent {
		t.Errorf("the reset: %d %s", got.StatusCode, got.body)
	}
	if got := browser.signIn(ines, anotherPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the sign-in: %d %s", got.StatusCode, got.body)
	}
}
