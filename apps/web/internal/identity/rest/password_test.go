package rest_test

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	pg "cardwall/packages/postgres"
)

// roomy lets a test try many passwords.
func roomy(c *identity.Config) {
	c.Limits = identity.DefaultLimits()
	c.Limits.Account.Free, c.Limits.Everywhere.Free, c.Limits.Address.Free = 1000, 1000, 1000
	c.HashWait = time.Minute
}

func TestSameAnswerForUnknownAndWrong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.browser(t, home).signUp(ines)
	wrong, unknown := b.browser(t, abroad).signIn(ines, wrongPassword), b.browser(t, abroad).signIn("nobody@fernway.example", wrongPassword)
	doc, other := wrong.problem(), unknown.problem()
	doc.RequestID, other.RequestID = "", ""
	if doc.Code != "wrong_credentials" || doc.Detail != other.Detail || doc.Code != other.Code || wrong.StatusCode != unknown.StatusCode {
		t.Errorf("wrong: %s\nunknown: %s", wrong.body, unknown.body)
	}
	for _, answer := range []answer{wrong, unknown} {
		answer.Header.Del("Date")
		answer.Header.Del("X-Request-Id")
	}
	for name := range wrong.Header {
		if !slices.Equal(wrong.Header[name], unknown.Header[name]) {
			t.Errorf("%s: %q and %q", name, wrong.Header[name], unknown.Header[name])
		}
	}
}

//nolint:paralleltest // it compares times
func TestSameTimeForUnknownAndWrong(t *testing.T) {
	b := setup(t, fullCost, roomy)
	browser := b.browser(t, home)
	browser.signUp(ines)
	ask := func(email string) func() {
		return func() {
			if got := browser.signIn(email, wrongPassword); got.StatusCode != http.StatusUnauthorized {
				t.Fatalf("%d %s", got.StatusCode, got.body)
			}
		}
	}
	wantSameTime(t, ask(ines), ask("nobody@fernway.example"))
}

func TestPasswordIsKeptAsArgon2idOnly(t *testing.T) {
	t.Parallel()
	b := setup(t, func(c *identity.Config) { c.HashCost = identity.HashCost{} }) // as configured by default
	b.browser(t, home).signUp(ines)
	if hash := query[string](t, b, "SELECT hash FROM passwords"); !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", hash)
	}
}

func TestOlderHashIsMadeAnewAtSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t, fullCost)
	browser := b.browser(t, home)
	browser.signUp(ines)
	b.exec(t, "UPDATE passwords SET hash = $1", cheapHash(rightPassword))
	browser.signIn(ines, wrongPassword)
	if got := query[string](t, b, "SELECT hash FROM passwords"); got != cheapHash(rightPassword) {
		t.Error("a wrong password changed the hash")
	}
	if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if got := query[string](t, b, "SELECT hash FROM passwords"); !strings.HasPrefix(got, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %s", got)
	}
	if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusOK {
		t.Errorf("with the new hash: %d %s", got.StatusCode, got.body)
	}
}

func TestSamePasswordInAnotherNormalFormOpens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	const password = "caf\u00e9 au lait"
	browser.json("/api/auth/sign-up", map[string]string{"name": "Ines", "email": ines, "password": password})
	if got := browser.signIn(ines, norm.NFD.String(password)); got.StatusCode != http.StatusOK {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestDisabledPersonIsToldOnlyAfterTheRightPassword(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	b.exec(t, "UPDATE people SET disabled_at = now(), disabled_by = 'operator'")
	if got := browser.get("/api/auth/session"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("their session counts: %d", got.StatusCode)
	}
	if got := browser.signIn(ines, wrongPassword); got.problem().Code != "wrong_credentials" {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if got := browser.signIn(ines, rightPassword); got.StatusCode != http.StatusForbidden || got.problem().Code != "disabled" || len(got.Cookies()) != 0 {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestCrowdBeyondTheHashersIsAskedToComeBack(t *testing.T) {
	t.Parallel()
	b := setup(t, fullCost, roomy, func(c *identity.Config) { c.Hashers, c.HashWait = 1, time.Nanosecond })
	var mu sync.Mutex
	statuses := map[int]int{}
	var crowd sync.WaitGroup
	for range 24 {
		crowd.Go(func() {
			got := b.browser(t, home).signIn(ines, wrongPassword)
			if got.StatusCode == http.StatusServiceUnavailable && (got.problem().Code != "busy" || got.Header.Get("Retry-After") == "") {
				t.Errorf("%s", got.body)
			}
			mu.Lock()
			defer mu.Unlock()
			statuses[got.StatusCode]++
		})
	}
	crowd.Wait()
	if statuses[http.StatusServiceUnavailable] == 0 || len(statuses) > 2 {
		t.Errorf("answers: %v", statuses)
	}
	if n := query[int](t, b, "SELECT coalesce(sum(tries), 0) FROM throttles WHERE scope = 'account'"); n != statuses[http.StatusUnauthorized] {
		t.Errorf("%d tries are counted, %d were hashed: our own fault was held against them", n, statuses[http.StatusUnauthorized])
	}
}

func TestDatabaseAwayIsAPassingTrouble(t *testing.T) {
	t.Parallel()
	b := onDatabase(t, pg.Config{URL: "postgres://nobody@127.0.0.1:1/none", Schema: postgres.Schema})
	browser := b.browser(t, home)
	for _, got := range []answer{browser.signUp(ines), browser.signIn(ines, rightPassword), browser.form("/api/auth/sign-in", "email", ines, "password", rightPassword)} {
		if got.StatusCode != http.StatusServiceUnavailable || got.problem().Code != "database_away" || got.Header.Get("Retry-After") == "" || len(got.Cookies()) != 0 {
			t.Errorf("%d %s", got.StatusCode, got.body)
		}
	}
}

// cheapHash is how a password might have been hashed in cheaper days: 8 MiB, one pass.
func cheapHash(password string) string {
	salt := []byte("sixteen bytes of")
	encode := base64.RawStdEncoding.EncodeToString
	return "$argon2id$v=19$m=8192,t=1,p=1$" + encode(salt) + "$" + encode(argon2.IDKey([]byte(password), salt, 1, 8192, 1, 32))
}
