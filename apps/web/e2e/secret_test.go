package e2e_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgtest"
)

func TestASharedSecretTakesThePlaceOfPublishedKeys(t *testing.T) {
	t.Parallel()
	secret := rand.Text() + rand.Text() + rand.Text()
	s := deploy(t, pgtest.Server(t), secret)
	ada := s.person(t, "Ada")
	wall := ada.wall(t, "Garden") // create, through the whole chain
	if got := ada.send(t, http.MethodGet, "/api/v1/boards/"+wall.ID.String(), ""); got.Status != http.StatusOK {
		t.Errorf("read: %d %s", got.Status, got.Body)
	}
	if got := ada.send(t, http.MethodGet, "/api/auth/jwks", ""); got.Status != http.StatusNotFound {
		t.Errorf("there is nothing to publish, and %d %s", got.Status, got.Body)
	}
	if keys := s.keys(t); len(keys) != 0 {
		t.Errorf("keys were made all the same: %q", keys)
	}

	// Without web, the api has all it needs; with another secret, the two disagree, which is no fault of Ada's session.
	s.api.stop(t)
	s.api.env["TOKEN_SECRET"] = strings.Repeat("another ", 8)
	s.api.launch(t)
	s.api.waitUntilReady(t)
	if got := ada.send(t, http.MethodGet, "/api/v1/me", ""); got.Status != http.StatusBadGateway {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	wantSession(t, ada)
	for name, env := range map[string]string{"a short secret": strings.Repeat("s", 63), "none": ""} {
		s.api.env["TOKEN_SECRET"] = env
		if code, said := s.api.command(t, "migrate"); code != 1 || !strings.Contains(said, "TOKEN_SECRET") {
			t.Errorf("%s: %d %s", name, code, said)
		}
	}
	for _, a := range []*app{s.web, s.api} {
		if found := contains(a.said.String(), secret); found != nil {
			t.Errorf("the log of %s holds the secret", a.name)
		}
	}
}
