package main

import (
	"slices"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/process"
)

// waysWith makes the providers of the right configuration with some variables set.
func waysWith(t *testing.T, variables ...string) []identity.Provider {
	t.Helper()
	config, err := process.ReadConfig[Config](with(variables...))
	if err != nil {
		t.Fatal(err)
	}
	return config.ways()
}

func TestOnlyProvidersThatAreConfiguredHaveAButton(t *testing.T) {
	t.Parallel()
	google := []string{"GOOGLE_CLIENT_ID=id", "GOOGLE_CLIENT_SECRET=hush"}
	github := []string{"GITHUB_CLIENT_ID=id", "GITHUB_CLIENT_SECRET=hush"}
	openID := []string{"OIDC_ISSUER=https://id.example.org/", "OIDC_CLIENT_ID=id", "OIDC_CLIENT_SECRET=hush"}
	for name, c := range map[string]struct {
		set  []string
		want []string
	}{
		"none":       {nil, nil},
		"google":     {google, []string{"google=Google"}},
		"github":     {github, []string{"github=GitHub"}},
		"oidc":       {openID, []string{"oidc=id.example.org"}},
		"oidc_named": {slices.Concat(openID, []string{"OIDC_NAME=Keycloak"}), []string{"oidc=Keycloak"}},
		"all":        {slices.Concat(openID, github, google), []string{"google=Google", "github=GitHub", "oidc=id.example.org"}},
	} {
		var got []string
		for _, way := range waysWith(t, c.set...) {
			got = append(got, way.Name()+"="+way.Label())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestGooglesVariablesReachItsAddress(t *testing.T) {
	t.Parallel()
	ways := waysWith(t, "GOOGLE_CLIENT_ID=id", "GOOGLE_CLIENT_SECRET=hush", "GOOGLE_PROMPT=select_account consent", "GOOGLE_ACCESS_TYPE=offline",
		"GOOGLE_HOSTED_DOMAIN=example.org", "GOOGLE_URL=http://127.0.0.1:9000/google")
	address, kept, err := ways[0].Begin(t.Context(), identity.FlowSecrets{State: "s", Verifier: strings.Repeat("v", 43), Nonce: "n", RedirectURL: "http://localhost:3000/"})
	if err != nil || !strings.HasPrefix(address, "http://127.0.0.1:9000/google/") {
		t.Errorf("got %s, %v", address, err)
	}
	for _, part := range []string{"client_id=id", "prompt=select_account+consent", "access_type=offline", "hd=example.org"} {
		if !strings.Contains(address, part) {
			t.Errorf("%s isn't in %s", part, address)
		}
	}
	if strings.Contains(address+kept, "hush") {
		t.Error("the secret is shown")
	}
}

func TestGoogleIsGoogleUnlessTold(t *testing.T) {
	t.Parallel()
	for _, way := range waysWith(t, "GOOGLE_CLIENT_ID=id", "GOOGLE_CLIENT_SECRET=hush", "GITHUB_CLIENT_ID=id", "GITHUB_CLIENT_SECRET=hush") {
		address, _, err := way.Begin(t.Context(), identity.FlowSecrets{State: "s", Verifier: strings.Repeat("v", 43), Nonce: "n", RedirectURL: "http://localhost:3000/"})
		want := map[string]string{"google": "https://accounts.google.com/", "github": "https://github.com/login/oauth/authorize?"}[way.Name()]
		if err != nil || !strings.HasPrefix(address, want) {
			t.Errorf("got %s, %v", address, err)
		}
	}
}

func TestAnIssuerOnThisMachineOrInDevelopmentMayBeInTheClear(t *testing.T) {
	t.Parallel()
	client := []string{"OIDC_CLIENT_ID=id", "OIDC_CLIENT_SECRET=hush"}
	waysWith(t, append(client, "OIDC_ISSUER=http://localhost:8180/realms/wall")...)
	waysWith(t, append(client, "OIDC_ISSUER=http://keycloak:8080/realms/wall", "APP_ENV=development")...)
}
