package session_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/session"
	pg "cardwall/packages/postgres"
	"cardwall/packages/problem"
)

func TestGuestIsTurnedAway(t *testing.T) {
	t.Parallel()
	b := setup(t)
	guest := b.browser(t)
	for _, c := range []struct{ method, path, location string }{
		{"GET", "/boards/1?q=label%3Abug&x=1", "/sign-in?return_to=%2Fboards%2F1%3Fq%3Dlabel%253Abug%26x%3D1"},
		{"HEAD", "/boards/1", "/sign-in?return_to=%2Fboards%2F1"},
	} {
		got := guest.send(c.method, c.path, nil)
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != c.location || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: %d to %s", c.method, c.path, got.StatusCode, got.Header.Get("Location"))
		}
	}
	for _, got := range []answer{guest.get("/api/v1/boards"), guest.post("/boards/1/cards")} {
		if doc := document(t, got); got.StatusCode != http.StatusUnauthorized || doc.Code != "signed_out" {
			t.Errorf("%s: %d %+v", got.Request.URL.Path, got.StatusCode, doc)
		}
	}
	if got := guest.get("/sign-in"); got.text != "a guest" {
		t.Errorf("the sign-in page: %d", got.StatusCode)
	}
}

func TestTheWayBackFromAFormIsItsPage(t *testing.T) {
	t.Parallel()
	for referer, want := range map[string]string{
		"https://cardwall.example/boards/1?q=x": "/boards/1?q=x", "https://evil.example/boards/2": "/boards", "": "/boards",
	} {
		r := httptest.NewRequest("POST", "https://cardwall.example/boards/1/cards", nil)
		r.Header.Set("Referer", referer)
		if got := session.PageOf(r); got != want {
			t.Errorf("from %q back to %s", referer, got)
		}
	}
}

func TestSignedInPersonPassesAndIsSentToTheirBoards(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	for _, path := range []string{"/", "/boards/1", "/api/v1/boards"} {
		if got := browser.get(path); got.text != "Ines Moreau" {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.text)
		}
	}
	if got := browser.get("/sign-in"); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/boards" {
		t.Errorf("the sign-in page: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
}

func TestDatabaseAwayIsAPassingTroubleAndSignsNobodyOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.signedIn(t)
	pool := open(t, pg.Config{URL: "postgres://nobody@127.0.0.1:1/none", Schema: "auth"})
	away := httptest.NewTLSServer(site(session.New(postgres.New(pool), session.Cookie{Secure: true}), b.proof))
	t.Cleanup(away.Close)

	cookie := http.Header{"Cookie": {browser.cookie().String()}}
	broken := &client{t: t, http: away.Client(), url: away.URL}
	for _, path := range []string{"/", "/boards/1", "/api/v1/boards", "/sign-in", "/polling"} {
		got := broken.send("GET", path, cookie)
		if doc := document(t, got); got.StatusCode != http.StatusServiceUnavailable || doc.Code != "database_away" ||
			got.Header.Get("Retry-After") == "" || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %+v %v", path, got.StatusCode, doc, got.Header)
		}
	}
	if got := broken.send("POST", "/leave", cookie); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Set-Cookie") != "" {
		t.Errorf("sign-out: %d %v", got.StatusCode, got.Header)
	}
	if got := broken.get("/"); got.text != "a guest" {
		t.Errorf("a guest needs no database: %d", got.StatusCode)
	}
	if got := browser.get("/").text; got != "Ines Moreau" {
		t.Errorf("after its return: %s", got)
	}
}

func TestSessionsClaims(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.signedIn(t)
	id := query[[16]byte](t, b, "SELECT public_id FROM sessions")
	s := session.Session{ID: id, Person: session.Person{ID: b.person, Name: "Ines", Email: "ines@fernway.example", EmailVerified: true, Picture: "/p"}}
	claims := s.Token()
	if claims.ID != b.person || claims.SessionID != s.ID.String() || claims.Name != "Ines" || claims.Email != "ines@fernway.example" || !claims.EmailVerified || claims.Picture != "/p" {
		t.Errorf("claims %+v", claims)
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Forwarded-For", "198.51.100.9")
	r.Header.Set("User-Agent", "Kettle/1 \xff")
	if got := session.OriginOf(r, nil); got.Address.String() != "192.0.2.1" || got.UserAgent != "Kettle/1 ?" {
		t.Errorf("origin %+v: the address comes from the connection", got)
	}
	for address, network := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "::ffff:192.0.2.7": "192.0.2.7/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		got := session.OriginOf(r, func(*http.Request) netip.Addr { return netip.MustParseAddr(address) })
		if got.Network().String() != network {
			t.Errorf("%s is of %s, want %s", address, got.Network(), network)
		}
	}
}

func document(t *testing.T, got answer) problem.Document {
	t.Helper()
	var doc problem.Document
	if err := json.Unmarshal([]byte(got.text), &doc); err != nil {
		t.Fatalf("%q is no problem document: %v", got.text, err)
	}
	return doc
}
