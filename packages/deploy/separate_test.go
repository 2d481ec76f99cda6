package deploy

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgtest"

	"github.com/jackc/pgx/v5"
)

// Both apps deployed apart, each with a database and a Caddy of its own, and talking to each other over TLS.
func TestTheAppsWorkApartBehindTLS(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	b := newBrowser(t, "https://localhost", d.front.hosts(), d.front.pool(t))
	b.signUp()
	if title := b.makeBoard("Far apart"); title != "Far apart" {
		t.Errorf("the board is called %q", title)
	}
}

func TestASessionBehindTLSIsForThisHostAndHTTPSOnly(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	b := newBrowser(t, "https://localhost", d.front.hosts(), d.front.pool(t))
	res := b.send("/api/auth/sign-up", newcomer, http.StatusCreated)
	cookie := res.Header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-session=") {
		t.Errorf("the cookie is %q", cookie)
	}
	for _, attribute := range []string{"; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"} {
		if !strings.Contains(cookie, attribute) {
			t.Errorf("the cookie %q isn't %q", cookie, attribute)
		}
	}
	if hsts := res.Header.Get("Strict-Transport-Security"); !strings.Contains(hsts, "max-age=31536000") {
		t.Errorf("Strict-Transport-Security is %q", hsts)
	}

	plain := newBrowser(t, "http://localhost", d.front.hosts(), nil)
	res, _ = plain.do(plain.get("/boards?x=1"))
	if res.StatusCode != http.StatusPermanentRedirect || res.Header.Get("Location") != "https://localhost/boards?x=1" {
		t.Errorf("over http: %s to %q", res.Status, res.Header.Get("Location"))
	}
}

func TestWebBelievesCaddyAboutWhoAsksAndNobodyElse(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	proxied := newBrowser(t, "https://localhost", d.front.hosts(), d.front.pool(t))
	proxied.header = http.Header{"X-Forwarded-For": {"203.0.113.9"}, "X-Request-Id": {"made-up"}}
	res := proxied.send("/api/auth/sign-up", newcomer, http.StatusCreated)
	if res.Header.Get("X-Request-Id") == "made-up" {
		t.Error("a stranger gave the request its id")
	}

	direct := newBrowser(t, "http://localhost", map[string]string{"localhost:80": d.web}, nil)
	direct.header = http.Header{"X-Forwarded-For": {"203.0.113.9"}, "Origin": {"https://localhost"}}
	direct.send("/api/auth/sign-in", returning, http.StatusOK)

	for _, address := range d.addresses(t) {
		if address != ourAddress(t) {
			t.Errorf("web wrote down %s for somebody at %s", address, ourAddress(t))
		}
	}
}

// deployment is the two apps apart.
type deployment struct {
	front    caddy  // before web
	web      string // web's address behind it
	database string // web's
}

func deploy(t *testing.T) deployment {
	t.Helper()
	d := deployment{web: freeAddr(t), database: pgtest.Empty(t)}
	api := freeAddr(t)
	d.front = startCaddy(t, "Caddyfile", map[string]string{"SITE_ADDRESS": "localhost", "WEB_UPSTREAM": d.web})
	back := startCaddy(t, "Caddyfile.api", map[string]string{"API_ADDRESS": "localhost", "API_UPSTREAM": api})
	startImage(t, imageOf(t, "web"), map[string]string{
		"WEB_ADDR": d.web, "DATABASE_URL": d.database, "PUBLIC_URL": "https://localhost",
		"API_URL": "https://localhost:" + portOf(back.https), "SSL_CERT_FILE": back.authority,
		"TRUSTED_PROXIES": "127.0.0.1", "KEY_ENCRYPTION_KEY": strings.Repeat("A", 42) + "E=",
	})
	startImage(t, imageOf(t, "api"), map[string]string{
		"API_ADDR": api, "DATABASE_URL": pgtest.Empty(t), "TOKEN_ISSUER": "https://localhost",
		"TOKEN_JWKS_URL": "https://localhost:" + portOf(d.front.https) + "/api/auth/jwks", "SSL_CERT_FILE": d.front.authority,
	})
	return d
}

// addresses are those that web's sessions were started from.
func (d deployment) addresses(t *testing.T) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), "SELECT host(address) FROM auth.sessions")
	if err != nil {
		t.Fatal(err)
	}
	addresses, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(addresses) != 2 {
		t.Fatalf("got %v, %v", addresses, err)
	}
	return addresses
}
