package server_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/fakeidp"
)

const (
	ines, tomas, wren = "100000000000000000001", "100000000000000000002", "100000000000000000003" // of fakeidp.People
	over              = "That sign-in took too long or was used already. Please start again."
)

func TestPeopleSignInThroughEachProvider(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"google", "github", "oidc"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			v := h.visitor(t)
			got := v.arrive(provider, ines, "?return_to="+url.QueryEscape("/boards/1?q=x"))
			if got.status != http.StatusSeeOther || got.location != "/boards/1?q=x" || got.header.Get("Cache-Control") != "no-store" {
				t.Fatalf("%d to %q: %s", got.status, got.location, got.body)
			}
			if who := v.who().Person; who.Name != "Ines Moreau" && who.Name != "ines" || who.Email != "ines@example.org" || who.Picture != "" {
				t.Errorf("%+v", who)
			}
			if again := h.visitor(t); again.arrive(provider, ines).location != "/boards" || again.who() != v.who() {
				t.Error("the second time it is somebody else")
			}
			if n := query[int](t, h, "SELECT (SELECT count(*) FROM people) * 10 + (SELECT count(*) FROM flows)"); n != 10 {
				t.Errorf("people and flows: %d", n)
			}
		})
	}
}

func TestFlowHasStatePKCEAndNonceAndTheRowHoldsNoState(t *testing.T) {
	t.Parallel()
	h := open(t)
	seen := map[string]bool{}
	for _, provider := range []string{"google", "github", "oidc", "oidc"} {
		asked := address(t, h.visitor(t).leave(provider, "")).Query()
		for _, name := range []string{"state", "code_challenge", "nonce"} {
			if value := asked.Get(name); len(value) != 43 || seen[value] {
				t.Errorf("%s: %s is %q", provider, name, value)
			}
			seen[asked.Get(name)] = true
		}
		if asked.Get("code_challenge_method") != "S256" || asked.Get("redirect_uri") != h.url+"/api/auth/callback/"+provider {
			t.Errorf("%s: %v", provider, asked)
		}
		if n := query[int](t, h, "SELECT count(*) FROM flows f WHERE strpos(f::text, $1) > 0", asked.Get("state")); n != 0 {
			t.Errorf("%s: a row holds the state", provider)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows WHERE expires_at - created_at = interval '10 minutes'"); n != 4 {
		t.Errorf("%d flows of ten minutes", n)
	}
}

func TestCallbackThatIsNotItsFlowsOwn(t *testing.T) {
	t.Parallel()
	for name, come := range map[string]func(h house, v *visitor) page{
		"replayed": func(h house, v *visitor) page {
			callback := v.consent(v.leave("oidc", ""), ines)
			v.back(callback)
			v.post("/api/auth/sign-out")
			return v.back(callback)
		},
		"from_another_browser": func(h house, v *visitor) page {
			callback := h.visitor(t).consent(h.visitor(t).leave("oidc", ""), ines)
			return v.back(callback)
		},
		"from_another_browser_with_a_flow_of_its_own": func(h house, v *visitor) page {
			v.leave("oidc", "")
			stranger := h.visitor(t)
			return v.back(stranger.consent(stranger.leave("oidc", ""), ines))
		},
		"late": func(h house, v *visitor) page {
			callback := v.consent(v.leave("oidc", ""), ines)
			h.exec(t, "UPDATE flows SET created_at = now() - interval '11 minutes', expires_at = now() - interval '1 minute'")
			return v.back(callback)
		},
		"of_another_provider": func(_ house, v *visitor) page {
			return v.back(strings.Replace(v.consent(v.leave("oidc", ""), ines), "/callback/oidc", "/callback/google", 1))
		},
		"with_an_unknown_state": func(_ house, v *visitor) page {
			v.leave("oidc", "")
			return v.back("/api/auth/callback/oidc?code=x&state=" + strings.Repeat("A", 43))
		},
		"without_a_state": func(_ house, v *visitor) page { v.leave("oidc", ""); return v.back("/api/auth/callback/oidc?code=x") },
		"with_a_cookie_of_8_KiB": func(h house, v *visitor) page {
			return h.visitor(v.t).get(v.consent(v.leave("oidc", ""), ines), "Cookie", "__Host-browser="+strings.Repeat("A", 8<<10))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			v := h.visitor(t)
			got := come(h, v)
			if got.status != http.StatusBadRequest || got.alert(t) != over || got.header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("%d %q", got.status, got.alert(t))
			}
			if who := v.who().Person.ID; who != "" {
				t.Error("somebody is signed in")
			}
			if got.find(t, `a[href^="/api/auth/login/oidc"]`).Length() != 1 {
				t.Error("the page offers no other try")
			}
		})
	}
}

func TestCallbacksAtOnceUseAFlowOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	callback := v.consent(v.leave("oidc", ""), ines)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { v.back(callback) })
	}
	wg.Wait()
	if in := query[int](t, h, "SELECT count(*) FROM sessions"); in != 1 {
		t.Errorf("%d came in", in)
	}
}

func TestStrangersCallbackDoesNotSpoilTheFlow(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	callback := v.consent(v.leave("oidc", ""), ines)
	h.visitor(t).back(callback)
	v.back(strings.Replace(callback, "/callback/oidc", "/callback/github", 1))
	if got := v.back(callback); got.location != "/boards" {
		t.Errorf("%d %s", got.status, got.alert(t))
	}
}

func TestTwoTabsDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	first, second := v.leave("google", "?return_to=/boards/1"), v.leave("github", "?return_to=/boards/2")
	third := v.leave("google", "?return_to=/boards/3")
	for at, want := range map[string]string{second: "/boards/2", first: "/boards/1", third: "/boards/3"} {
		if got := v.back(v.consent(at, ines)); got.location != want {
			t.Errorf("%d to %q, want %q", got.status, got.location, want)
		}
	}
}

func TestBrowserCookieIsBoundToThisHost(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	set := v.get("/api/auth/login/oidc").header.Values("Set-Cookie")
	if len(set) != 2 || !strings.HasPrefix(set[0], "__Host-browser=") || !strings.HasSuffix(set[0], "; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax") {
		t.Fatalf("%q", set)
	}
	if !strings.HasPrefix(set[1], "__Secure-errand-") || !strings.HasSuffix(set[1], "; Path=/api/auth/; Max-Age=600; HttpOnly; Secure; SameSite=Lax") {
		t.Errorf("%q", set)
	}
	planted := h.visitor(t).get("/api/auth/login/oidc", "Cookie", "__Host-browser=planted").header.Values("Set-Cookie")
	if len(planted) != 2 || strings.Contains(planted[0], "planted") {
		t.Errorf("what we can't have made is taken: %q", planted)
	}
}

func TestOnlyGETBeginsAFlow(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	for _, method := range []string{http.MethodHead, http.MethodPost, http.MethodPut, http.MethodOptions} {
		for _, path := range []string{"/api/auth/login/oidc", "/api/auth/callback/oidc?state=x&code=y"} {
			if got := v.send(method, path, nil, "X-CSRF", "1"); got.status < 400 && method != http.MethodOptions {
				t.Errorf("%s %s: %d", method, path, got.status)
			}
		}
	}
	for _, path := range []string{"/api/auth/login/facebook", "/api/auth/login/", "/api/auth/callback/facebook", "/api/auth/login/OIDC"} {
		if got := v.get(path); got.status != http.StatusNotFound || got.alert(t) != "Nobody can sign in like that here." {
			t.Errorf("%s: %d %q", path, got.status, got.alert(t))
		}
		if got := v.send(http.MethodGet, path, nil); got.problem().Code != "provider_unknown" {
			t.Errorf("%s: a program reads %s", path, got.body)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM flows"); n != 0 {
		t.Errorf("%d flows", n)
	}
}

func TestProviderGetsNothingOfTheCallbackButTheCode(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	for provider, endpoint := range map[string]fakeidp.Endpoint{"google": fakeidp.GoogleToken, "github": fakeidp.GitHubToken, "oidc": fakeidp.OIDCToken} {
		got := v.back(v.consent(v.leave(provider, ""), ines) + "&grant_type=password&client_id=mine&error_description=no&scope=all")
		if got.location != "/boards" {
			t.Fatalf("%s: %d %s", provider, got.status, got.alert(t))
		}
		for _, asked := range h.idp.Asked(endpoint) {
			if asked.Form.Get("grant_type") != "authorization_code" || asked.Form.Has("scope") || asked.Form.Has("state") || asked.Query.Has("scope") || asked.Form.Get("client_id") == "mine" {
				t.Errorf("%s was sent %v", provider, asked.Form)
			}
		}
	}
}

func TestNoProvidersTokenIsInTheDatabase(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	for provider, endpoint := range map[string]fakeidp.Endpoint{"google": fakeidp.GoogleToken, "github": fakeidp.GitHubToken, "oidc": fakeidp.OIDCToken} {
		var tokens []string
		h.idp.Change(endpoint, func(answer map[string]any) {
			answer["refresh_token"] = "refresh-" + strings.Repeat("r", 32)
			for _, name := range []string{"access_token", "refresh_token", "id_token"} {
				if token, ok := answer[name].(string); ok {
					tokens = append(tokens, token)
				}
			}
		})
		if got := v.arrive(provider, ines); got.location != "/boards" || len(tokens) < 2 {
			t.Fatalf("%s: %d, %d tokens", provider, got.status, len(tokens))
		}
		for _, table := range query[[]string](t, h, "SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'auth'") {
			for _, token := range tokens {
				if n := query[int](t, h, "SELECT count(*) FROM "+table+" AS row WHERE strpos(row::text, $1) > 0 OR strpos(row::text, encode($1::bytea, 'hex')) > 0", token); n != 0 {
					t.Errorf("%s: %s holds one of its tokens", provider, table)
				}
			}
		}
	}
}

func TestReturnToIsASameOriginPathOrTheStart(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, bad := range []string{"//evil.example", "https://evil.example/", `/\evil.example`, "/api/auth/sign-out", "javascript:alert(1)"} {
		if got := h.visitor(t).arrive("oidc", ines, "?return_to="+url.QueryEscape(bad)); got.location != "/" {
			t.Errorf("%s leads to %q", bad, got.location)
		}
	}
}

func TestSignInThroughAProviderRenewsTheSession(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("oidc", ines)
	v.arrive("oidc", ines)
	if n := query[string](t, h, "SELECT count(*) FILTER (WHERE revoked_at IS NULL) || ' of ' || count(*) FROM sessions"); n != "1 of 2" {
		t.Errorf("%s sessions live", n)
	}
}

func TestUnfinishedFlowsAreThrottledAndFinishedOnesAreNot(t *testing.T) {
	t.Parallel()
	h := open(t, unhurried)
	v := h.visitor(t)
	for range 5 {
		if got := v.arrive("oidc", ines); got.location != "/boards" {
			t.Fatalf("%d %s", got.status, got.alert(t))
		}
	}
	v.post("/api/auth/sign-out")
	v.leave("oidc", "")
	v.leave("google", "")
	v.leave("oidc", "")
	if got := v.get("/api/auth/login/oidc"); got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" || !strings.HasPrefix(got.alert(t), "Too many tries.") {
		t.Errorf("%d %q", got.status, got.alert(t))
	}
}

// keeps is a store that gives no try back.
type keeps struct{ identity.Store }

func (keeps) GiveBackTry(context.Context, identity.Throttle, time.Time) error {
	return errors.New("the database is away just now")
}

func TestArrivalIsNotUndoneByATryThatStaysCounted(t *testing.T) {
	t.Parallel()
	h := open(t, func(c *identity.Config) { c.Store = keeps{c.Store} })
	if got := h.visitor(t).arrive("oidc", ines); got.location != "/boards" {
		t.Errorf("%d %s", got.status, got.body)
	}
}
