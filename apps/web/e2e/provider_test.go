package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/packages/fakeidp"
	"cardwall/packages/postgres/pgtest"
)

// beside runs a stack beside a fake identity provider, which is Google, GitHub and a third one to it.
func beside(t *testing.T) (*stack, *fakeidp.Server) {
	t.Helper()
	idp, variables := provider(t)
	return deploy(t, pgtest.Server(t), "", variables...), idp
}

// provider is that one, with the variables that make web know it.
func provider(t *testing.T) (idp *fakeidp.Server, variables []string) {
	t.Helper()
	idp = must(fakeidp.Start(fakeidp.Options{}))(t)
	t.Cleanup(func() { _ = idp.Close() })
	return idp, []string{
		"GOOGLE_CLIENT_ID", fakeidp.ClientID, "GOOGLE_CLIENT_SECRET", fakeidp.ClientSecret, "GOOGLE_URL", idp.Google(),
		"GITHUB_CLIENT_ID", fakeidp.ClientID, "GITHUB_CLIENT_SECRET", fakeidp.ClientSecret, "GITHUB_URL", idp.GitHub(),
		"OIDC_CLIENT_ID", fakeidp.ClientID, "OIDC_CLIENT_SECRET", fakeidp.ClientSecret, "OIDC_ISSUER", idp.OIDC(), "OIDC_NAME", "Fernway",
	}
}

func TestPeopleSignInByAProvidersButton(t *testing.T) {
	t.Parallel()
	s, _ := beside(t)
	for name, c := range map[string]struct {
		scheme, button, person, shown string
		scripts                       bool
	}{
		"light":              {"light", "Continue with Google", "Ines Moreau", "ines@example.org", true},
		"dark":               {"dark", "Continue with GitHub", "Wren Okafor", "", true},
		"without_JavaScript": {"light", "Continue with Fernway", "Tomas Reyes", "tomas@example.org", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := s.visitor(t)
			v.prefer(c.scheme)
			v.script(c.scripts)
			for range 2 { // the second time they are known
				v.open("/boards?q=garden")
				v.follow("a", c.button)
				v.follow("button", c.person)
				if !strings.HasPrefix(v.path(), "/boards") { // the first time, to the sample board
					t.Fatalf("%s leads to %s: %s", c.button, v.path(), v.text())
				}
				v.click(".app-bar > details:last-child > summary")
				if !v.says(c.person) || !v.says(c.shown) {
					t.Errorf("%q isn't signed in: %s", c.person, v.text())
				}
				v.follow(".app-bar button", "Sign out")
			}
		})
	}
}

func TestSomebodyWhoChangesTheirMindAtTheProviderIsBackOnTheSignInPage(t *testing.T) {
	t.Parallel()
	s, idp := beside(t)
	v := s.visitor(t)
	v.open("/sign-in?return_to=/boards")
	v.follow("a", "Continue with Google")
	v.follow("button", "Cancel")
	if v.status() != http.StatusUnauthorized || !v.says("Google didn't sign you in.") {
		t.Errorf("%d %s", v.status(), v.text())
	}
	idp.Down()
	v.follow("a", "Continue with Fernway")
	if v.status() != http.StatusServiceUnavailable || !v.says("Fernway can't be reached") || !v.says("Continue with Google") {
		t.Errorf("%d %s", v.status(), v.text())
	}
	if err := idp.Up(); err != nil {
		t.Fatal(err)
	}
	v.follow("a", "Continue with GitHub")
	v.follow("button", "Ines Moreau")
	if !strings.HasPrefix(v.path(), "/boards/") { // the sample board
		t.Errorf("at %s: %s", v.path(), v.text())
	}
}

func TestNoLogHoldsWhatAProviderAndABrowserExchange(t *testing.T) {
	t.Parallel()
	s, idp := beside(t)
	idp.ConsentAs(fakeidp.People()[0].Subject)
	v := s.visitor(t)
	for _, button := range []string{"Google", "GitHub", "Fernway"} {
		v.open("/sign-in")
		v.follow("a", "Continue with "+button)
		v.click(".app-bar > details:last-child > summary")
		v.follow(".app-bar button", "Sign out")
	}
	log := s.web.said.String()
	for _, endpoint := range []fakeidp.Endpoint{fakeidp.GoogleAuthorize, fakeidp.GitHubAuthorize, fakeidp.OIDCAuthorize, fakeidp.GoogleToken, fakeidp.GitHubToken, fakeidp.OIDCToken} {
		for _, asked := range idp.Asked(endpoint) {
			for _, name := range []string{"state", "nonce", "code", "code_verifier", "client_secret"} {
				if value := asked.Query.Get(name) + asked.Form.Get(name); value != "" && strings.Contains(log, value) {
					t.Errorf("the log holds the %s that %s was sent", name, endpoint)
				}
			}
		}
	}
}
