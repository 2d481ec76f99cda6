package rest_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"cardwall/apps/api/internal/rest"
	"cardwall/packages/problem"
)

func TestOnePersonMayAskSoMuchASecond(t *testing.T) {
	t.Parallel()
	a := setupWith(t, rest.Config{RateLimit: 1})
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	for i := range 2 { // twice the rate at once
		if res, body := ada.send(t, http.MethodGet, "/v1/me", ""); res.StatusCode != http.StatusOK {
			t.Fatalf("request %d: %d %s", i+1, res.StatusCode, body)
		}
	}
	res, body := ada.send(t, http.MethodGet, "/v1/me", "")
	var refused problem.Document
	if err := json.Unmarshal([]byte(body), &refused); err != nil || res.StatusCode != http.StatusTooManyRequests || refused.Code != "rate_limited" {
		t.Errorf("one too many: %d %s", res.StatusCode, body)
	}
	if wait := res.Header.Get("Retry-After"); wait != "1" {
		t.Errorf("Retry-After %q", wait)
	}
	if res, body := bob.send(t, http.MethodGet, "/v1/me", ""); res.StatusCode != http.StatusOK {
		t.Errorf("somebody else pays for it: %d %s", res.StatusCode, body)
	}
	if res, _ := ada.send(t, http.MethodGet, "/v1/me", "", "Authorization", ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a request without a token is counted as hers: %d", res.StatusCode)
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(10 * time.Second); ; <-tick.C {
		if res, _ := ada.send(t, http.MethodGet, "/v1/me", ""); res.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("she is still refused")
		}
	}
}

func TestRateLimitIsOffAtZero(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	for range 300 {
		if res, body := ada.send(t, http.MethodGet, "/v1/me", ""); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
	}
}
