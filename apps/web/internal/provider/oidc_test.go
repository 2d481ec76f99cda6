package provider_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/apps/web/internal/provider"
	"cardwall/packages/fakeidp"
)

func TestAProviderThatIsDownDisablesItsOwnButtonNotTheStart(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.Down()
	w.connect() // the start
	_, _, err := w.providers[openID].Begin(t.Context(), secrets(openID))
	wantAway(t, err, "Example")
	if _, _, err := w.providers[google].Begin(t.Context(), secrets(google)); err != nil {
		t.Errorf("another's button: %v", err)
	}
	if err := w.idp.Up(); err != nil {
		t.Fatal(err)
	}
	w.mustArrive(openID, ines)
}

func TestDiscoveryThatFailsIsTriedAgain(t *testing.T) {
	t.Parallel()
	for what, failure := range failures {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			if what == "stall" || what == "drip" {
				w.hasty()
			}
			w.idp.Fail(fakeidp.OIDCDiscovery, failure)
			_, _, err := w.providers[openID].Begin(t.Context(), secrets(openID))
			wantAway(t, err, "Example")
			w.idp.Honest()
			if _, _, err := w.providers[openID].Begin(t.Context(), secrets(openID)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestADiscoveryThatLiesIsNotTaken(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for what, lie := range map[string]func(answer map[string]any){
		"another_issuer":     func(a map[string]any) { a["issuer"] = "https://evil.example" },
		"no_issuer":          func(a map[string]any) { delete(a, "issuer") },
		"no_authorize":       func(a map[string]any) { delete(a, "authorization_endpoint") },
		"no_token":           func(a map[string]any) { delete(a, "token_endpoint") },
		"no_keys":            func(a map[string]any) { delete(a, "jwks_uri") },
		"a_script":           func(a map[string]any) { a["authorization_endpoint"] = "javascript:alert(1)" },
		"a_path":             func(a map[string]any) { a["token_endpoint"] = "/token" },
		"an_address_of_what": func(a map[string]any) { a["jwks_uri"] = "http://[" },
		"another_type":       func(a map[string]any) { a["token_endpoint"] = 17 },
	} {
		w.connect()
		w.idp.Change(fakeidp.OIDCDiscovery, lie)
		_, _, err := w.providers[openID].Begin(t.Context(), secrets(openID))
		t.Log(what)
		wantAway(t, err, "Example")
	}
	w.idp.Honest()
	w.mustArrive(openID, ines)
}

func TestDiscoveryIsAskedOnceAndAfterAFailureNotTooSoon(t *testing.T) {
	t.Parallel()
	w := setup(t)
	begin := func() error {
		_, _, err := w.providers[openID].Begin(t.Context(), secrets(openID))
		return err
	}
	w.limits.Pause = time.Hour
	w.connect()
	w.idp.Fail(fakeidp.OIDCDiscovery, fakeidp.Status(http.StatusBadGateway))
	for range 3 {
		wantAway(t, begin(), "Example")
	}
	if n := len(w.idp.Asked(fakeidp.OIDCDiscovery)); n != 1 {
		t.Errorf("within a pause it was asked %d times", n)
	}
	w.idp.Honest()
	w.connect()
	var everybody sync.WaitGroup
	for range 10 {
		everybody.Go(func() {
			if err := begin(); err != nil {
				t.Error(err)
			}
		})
	}
	everybody.Wait()
	if n := len(w.idp.Asked(fakeidp.OIDCDiscovery)); n != 2 {
		t.Errorf("ten at once asked %d times", n-1)
	}
}

func TestUserinfoNeverOverridesTheIDToken(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.Change(fakeidp.OIDCUserInfo, func(answer map[string]any) {
		answer["email"], answer["email_verified"], answer["name"], answer["picture"] = "someone@evil.example", true, "Someone", "https://pic.example/1"
	})
	for what, forge := range map[string]func(claims map[string]any){
		"all_is_there":        func(map[string]any) {},
		"the_name_is_missing": func(c map[string]any) { delete(c, "name") },
	} {
		w.idp.ChangeIDToken(forge)
		if got := w.mustArrive(openID, tomas); got.Email != "tomas@example.org" || got.EmailVerified {
			t.Errorf("%s: got %+v", what, got)
		}
	}
	w.idp.ChangeIDToken(func(c map[string]any) { delete(c, "email") })
	if got := w.mustArrive(openID, tomas); got.Name != "Tomas Reyes" || got.Email != "someone@evil.example" || !got.EmailVerified {
		t.Errorf("an e-mail that isn't signed: got %+v", got)
	}
}

func TestUserinfoFillsWhatTheIDTokenLeavesOut(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.ChangeIDToken(func(c map[string]any) {
		for _, name := range []string{"email", "email_verified", "name"} {
			delete(c, name)
		}
	})
	if got := w.mustArrive(openID, ines); got.Email != "ines@example.org" || !got.EmailVerified || got.Name != "Ines Moreau" {
		t.Errorf("got %+v", got)
	}
	w.idp.Change(fakeidp.OIDCUserInfo, func(answer map[string]any) { answer["sub"] = tomas })
	arrival, err := w.arrive(openID, ines)
	wantRefused(t, arrival, err, "Example")
	w.idp.Change(fakeidp.OIDCUserInfo, func(answer map[string]any) { delete(answer, "sub") })
	arrival, err = w.arrive(openID, ines)
	wantRefused(t, arrival, err, "Example")
}

func TestAProviderWithoutUserinfoWillDo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.Change(fakeidp.OIDCDiscovery, func(answer map[string]any) { delete(answer, "userinfo_endpoint") })
	if got := w.mustArrive(openID, wren); got.Subject != wren || got.Email != "" {
		t.Errorf("got %+v", got)
	}
}

func TestTheClientsSecretGoesWhereTheProviderWantsIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		methods  any
		inHeader bool
	}{
		"unsaid": {nil, true}, "in_the_header": {[]string{"client_secret_post", "client_secret_basic"}, true}, "in_the_form": {[]string{"client_secret_post"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			w.idp.Change(fakeidp.OIDCDiscovery, func(answer map[string]any) { answer["token_endpoint_auth_methods_supported"] = c.methods })
			w.mustArrive(openID, ines)
			asked := w.idp.Asked(fakeidp.OIDCToken)[0]
			if inHeader := asked.Header.Get("Authorization") != ""; inHeader != c.inHeader || asked.Form.Has("client_secret") == c.inHeader {
				t.Errorf("in the header: %v, in the form: %v", inHeader, asked.Form.Has("client_secret"))
			}
		})
	}
}

func TestTheButtonSaysWhatTheOperatorWants(t *testing.T) {
	t.Parallel()
	w := setup(t)
	if got := w.providers[openID].Label(); got != "Example" {
		t.Errorf("it says %q", got)
	}
	if got := provider.OIDC(provider.OIDCConfig{Issuer: w.idp.OIDC()}).Label(); strings.TrimSpace(got) == "" {
		t.Error("it says nothing")
	}
}
