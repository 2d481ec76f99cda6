package rest_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
)

// unhurried makes the waits so long that no test runs into their end.
func unhurried(c *identity.Config) {
	c.Limits = identity.DefaultLimits()
	c.Limits.Address.Free, c.Limits.Everywhere.Free = 15, 10
	for _, limit := range []*identity.Limit{&c.Limits.Account, &c.Limits.Everywhere, &c.Limits.Address, &c.Limits.SignUp} {
		limit.FirstWait, limit.LongestWait, limit.Memory = time.Hour, 4*time.Hour, 8*time.Hour
	}
	c.HashWait = time.Minute
}

func TestWrongPasswordsCountDownToAShortWait(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *identity.Config) {
		c.Limits = identity.DefaultLimits()
		c.Limits.Account.FirstWait = 4 * time.Minute
	})
	browser := b.browser(t, home)
	for i, want := range []string{
		"Four more tries before a short wait.", "Three more tries before a short wait.", "Two more tries before a short wait.",
		"One more try before a short wait.", "Please wait 4 minutes before the next try.",
	} {
		got := browser.signIn(ines, wrongPassword)
		if got.StatusCode != http.StatusUnauthorized || got.problem().Code != "wrong_credentials" || got.problem().Detail != "That e-mail and password do not match. "+want {
			t.Errorf("try %d: %d %s", i+1, got.StatusCode, got.body)
		}
	}
	got := browser.signIn(ines, wrongPassword)
	seconds, err := strconv.Atoi(got.Header.Get("Retry-After"))
	if got.StatusCode != http.StatusTooManyRequests || got.problem().Code != "too_many_tries" || err != nil || seconds < 1 || seconds > 4*60 {
		t.Errorf("the sixth: %d, Retry-After %d, %s", got.StatusCode, seconds, got.body)
	}
}

// Back-off, never a lock-out: each wait is twice the last, none is longer than the longest, and after it a try counts.
func TestWaitsDoubleUpToTheLongest(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, home).signUp(ines)
	browser := b.browser(t, abroad)
	for range 4 {
		browser.signIn(ines, wrongPassword)
	}
	for i, wait := range []time.Duration{1, 2, 4, 4, 4} {
		if got := browser.signIn(ines, wrongPassword); got.StatusCode != http.StatusUnauthorized {
			t.Fatalf("after wait %d: %d %s", i, got.StatusCode, got.body)
		}
		pass(t, b, wait*time.Hour-time.Minute)
		if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusTooManyRequests {
			t.Fatalf("wait %d ended early: %d", i, got.StatusCode)
		}
		pass(t, b, time.Minute)
	}
	if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("locked out: %d %s", got.StatusCode, got.body)
	}
}

func TestCountIsForgottenAfterAQuietTime(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	browser := b.browser(t, abroad)
	for range 5 {
		browser.signIn(ines, wrongPassword)
	}
	pass(t, b, 8*time.Hour)
	if got := browser.signIn(ines, wrongPassword).problem().Detail; !strings.HasSuffix(got, "Four more tries before a short wait.") {
		t.Errorf("%s", got)
	}
}

// pass lets time go by for the throttles.
func pass(t *testing.T, b bundle, time time.Duration) {
	t.Helper()
	b.exec(t, "UPDATE throttles SET tried_at = tried_at - $1::interval", time)
}

func TestRightPasswordStartsTheCountAnew(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, home).signUp(ines)
	browser := b.browser(t, abroad)
	for range 3 {
		for range 4 {
			browser.signIn(ines, wrongPassword)
		}
		if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
	}
}

func TestParallelTriesCannotExceedTheBudget(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		email   func(i int) string
		address func(i int) string
		allowed int32
	}{
		"of an account, from everywhere": {func(int) string { return ines }, func(i int) string { return fmt.Sprintf("2001:db8:%x::1", i) }, 10},
		"of an account, from a /64":      {func(int) string { return ines }, func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i) }, 5},
		"of an unknown e-mail":           {func(int) string { return "nobody@fernway.example" }, func(i int) string { return fmt.Sprintf("2001:db8:%x::1", i) }, 10},
		"of an address":                  {func(i int) string { return fmt.Sprintf("p%d@fernway.example", i) }, func(int) string { return abroad }, 15},
		"of a /64":                       {func(i int) string { return fmt.Sprintf("p%d@fernway.example", i) }, func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i) }, 15},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, unhurried)
			b.browser(t, home).signUp(ines)
			var tried, refused atomic.Int32
			var crowd sync.WaitGroup
			for i := range 64 {
				crowd.Go(func() {
					switch got := b.browser(t, c.address(i)).signIn(c.email(i), wrongPassword); got.StatusCode {
					case http.StatusUnauthorized:
						tried.Add(1)
					case http.StatusTooManyRequests:
						refused.Add(1)
					default:
						t.Errorf("%d %s", got.StatusCode, got.body)
					}
				})
			}
			crowd.Wait()
			if tried.Load() != c.allowed || refused.Load() != 64-c.allowed {
				t.Errorf("%d tries went through, %d were refused", tried.Load(), refused.Load())
			}
			if n := query[int32](t, b, "SELECT count(*) FROM audit WHERE what = 'sign_in_failed'"); n != c.allowed {
				t.Errorf("%d audit rows", n)
			}
		})
	}
}

func TestStrangersTriesDoNotKeepTheOwnerOutAtHome(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, home).signUp(ines)
	for range 6 {
		b.browser(t, abroad).signIn(ines, wrongPassword)
	}
	if got := b.browser(t, abroad).signIn(ines, rightPassword); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the strangers: %d", got.StatusCode)
	}
	if got := b.browser(t, home).signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the owner, at home: %d %s", got.StatusCode, got.body)
	}
	if got := b.browser(t, abroad).signIn(ines, rightPassword); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the owner's success gave the strangers new tries: %d", got.StatusCode)
	}
	for range 5 {
		b.browser(t, home).signIn(ines, wrongPassword)
	}
	if got := b.browser(t, home).signIn(ines, wrongPassword); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("at home tries aren't counted: %d", got.StatusCode)
	}
}

// A stranger who takes every try the moment it comes slows only their own network.
func TestStrangerWhoPollsDoesNotKeepTheOwnerOutAnywhere(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried, func(c *identity.Config) {
		c.Limits.Everywhere = identity.DefaultLimits().Everywhere
		c.Limits.Everywhere.Memory = c.Limits.Account.Memory
	})
	b.browser(t, home).signUp(ines)
	stranger, owner := b.browser(t, abroad), b.browser(t, "203.0.113.30")
	for i := range 40 {
		if got := stranger.signIn(ines, wrongPassword); got.StatusCode != http.StatusUnauthorized {
			t.Fatalf("the stranger's try %d: %d %s", i, got.StatusCode, got.body)
		}
		if i >= 4 {
			pass(t, b, 4*time.Hour)
		}
	}
	if got := stranger.signIn(ines, wrongPassword); got.StatusCode != http.StatusUnauthorized {
		t.Fatalf("the stranger, just before: %d", got.StatusCode)
	}
	pass(t, b, identity.DefaultLimits().Everywhere.LongestWait)
	for range 2 { // the owner may mistype, too
		if got := owner.signIn(ines, wrongPassword); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("the owner's try: %d %s", got.StatusCode, got.body)
		}
		pass(t, b, identity.DefaultLimits().Everywhere.LongestWait)
	}
	if got := owner.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the owner, from a network of their own: %d %s", got.StatusCode, got.body)
	}
}

// Many networks at once can make an owner abroad wait, but no longer than the account's own longest wait.
func TestManyNetworksMeetTheAccountsOwnLimit(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, home).signUp(ines)
	for i := range 10 {
		b.browser(t, fmt.Sprintf("2001:db8:%x::1", i)).signIn(ines, wrongPassword)
	}
	owner := b.browser(t, abroad)
	for range 5 { // refused tries are not the owner's fault, and don't count as theirs
		if got := owner.signIn(ines, rightPassword); got.StatusCode != http.StatusTooManyRequests {
			t.Fatalf("there is no limit: %d", got.StatusCode)
		}
	}
	if got := b.browser(t, home).signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the owner, at home: %d %s", got.StatusCode, got.body)
	}
	pass(t, b, 4*time.Hour)
	if got := owner.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("the owner, after the wait: %d %s", got.StatusCode, got.body)
	}
}

func TestOneRightPasswordDoesNotFreeAnAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, abroad).signUp(ines)
	attacker := b.browser(t, abroad)
	for i := range 15 {
		attacker.signIn(fmt.Sprintf("p%d@fernway.example", i), wrongPassword)
		if i == 10 {
			attacker.signIn(ines, rightPassword)
		}
	}
	if got := attacker.signIn("another@fernway.example", wrongPassword); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("%d: with an account of their own, anybody has endless tries", got.StatusCode)
	}
}

func TestForwardedAddressCountsOnlyBehindATrustedProxy(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried)
	b.browser(t, "203.0.113.66, "+abroad).signIn(ines, wrongPassword)
	if got := query[string](t, b, "SELECT host(address) FROM audit"); got != abroad {
		t.Errorf("an address the client made up was taken: %s", got)
	}
}

func TestSignUpIsThrottledPerAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, unhurried, func(c *identity.Config) { c.Limits.SignUp.Free = 3 })
	b.browser(t, home).signUp(ines)
	for i := range 3 {
		if got := b.browser(t, abroad).signUp(ines); got.StatusCode != http.StatusConflict {
			t.Errorf("question %d: %d %s", i, got.StatusCode, got.body)
		}
	}
	got := b.browser(t, abroad).signUp(ines)
	if got.StatusCode != http.StatusTooManyRequests || got.problem().Code != "too_many_tries" || got.Header.Get("Retry-After") == "" {
		t.Errorf("who has an account here can be asked without end: %d %s", got.StatusCode, got.body)
	}
}
