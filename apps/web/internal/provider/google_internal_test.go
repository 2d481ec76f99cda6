package provider

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/fakeidp"
)

// Google writes its name with and without the scheme; whom it vouches for must not become two people.
func TestTheIssuerIsTheConfiguredOneHoweverTheTokenWritesIt(t *testing.T) {
	t.Parallel()
	if got := Google(GoogleConfig{}).way.(googleWay).checker.issuer; got != "https://accounts.google.com" {
		t.Errorf("Google's issuer is %q", got)
	}
	idp, err := fakeidp.Start(fakeidp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(idp.Down)
	idp.ConsentAs("100000000000000000001")
	at, err := url.Parse(idp.Google())
	if err != nil {
		t.Fatal(err)
	}
	p := Google(GoogleConfig{ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, URL: at})
	way := p.way.(googleWay)
	way.checker.issuer = googleIssuer // as without URL
	p.way = way
	for _, written := range []string{"accounts.google.com", "https://accounts.google.com"} {
		idp.ChangeIDToken(func(claims map[string]any) { claims["iss"] = written })
		arrival, err := signIn(t, p)
		if err != nil || arrival.Issuer != "https://accounts.google.com" {
			t.Errorf("%s: got %+v, %v", written, arrival, err)
		}
	}
}

func signIn(t *testing.T, p *Provider) (identity.Arrival, error) {
	t.Helper()
	f := identity.FlowSecrets{State: "s", Nonce: "n", Verifier: strings.Repeat("v", 43), RedirectURL: "http://localhost:3000/"}
	address, kept, err := p.Begin(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{CheckRedirect: stay}).Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	back, err := answer.Location()
	if err != nil {
		t.Fatal(err)
	}
	return p.Finish(t.Context(), f, kept, back.Query().Get("code"))
}
