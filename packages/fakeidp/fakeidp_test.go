package fakeidp_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"cardwall/packages/fakeidp"
)

const (
	callback = "http://localhost:3000/api/auth/callback/oidc"
	ines     = "100000000000000000001"
)

func start(t *testing.T) *fakeidp.Server {
	t.Helper()
	s, err := fakeidp.Start(fakeidp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// client is how go-oidc and oauth2, which aren't ours, see the provider.
func client(t *testing.T, s *fakeidp.Server) (*oidc.Provider, *oauth2.Config) {
	t.Helper()
	provider, err := oidc.NewProvider(t.Context(), s.OIDC())
	if err != nil {
		t.Fatal(err)
	}
	return provider, &oauth2.Config{
		ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, RedirectURL: callback,
		Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID},
	}
}

// stay is a browser that doesn't follow redirects.
var stay = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// press presses a person's button on the page at an address, and returns the query that the browser is sent back with.
func press(t *testing.T, address, subject string) url.Values {
	t.Helper()
	answer, err := stay.PostForm(address, url.Values{"person": {subject}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	to, err := answer.Location()
	if err != nil {
		body, _ := io.ReadAll(answer.Body)
		t.Fatalf("%s: %s", answer.Status, body)
	}
	return to.Query()
}

func TestAPersonIsVouchedForInAnIDToken(t *testing.T) {
	t.Parallel()
	s := start(t)
	provider, config := client(t, s)
	verifier := oauth2.GenerateVerifier()
	query := press(t, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier), oidc.Nonce("nonce")), ines)
	if query.Get("state") != "state" {
		t.Errorf("the state is %q", query.Get("state"))
	}
	token, err := config.Exchange(t.Context(), query.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := provider.Verifier(&oidc.Config{ClientID: fakeidp.ClientID}).Verify(t.Context(), raw)
	if err != nil || idToken.Subject != ines || idToken.Nonce != "nonce" {
		t.Errorf("got %+v, %v", idToken, err)
	}
	if err := idToken.VerifyAccessToken(token.AccessToken); err != nil {
		t.Error(err)
	}
	info, err := provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
	if err != nil || info.Subject != ines || info.Email != "ines@example.org" || !info.EmailVerified {
		t.Errorf("got %+v, %v", info, err)
	}
}

func TestACodeIsGivenOnlyForWhatItWasAskedWith(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, right := client(t, s)
	verifier := oauth2.GenerateVerifier()
	for name, c := range map[string]struct {
		wrong func(*oauth2.Config)
		with  []oauth2.AuthCodeOption
	}{
		"no_verifier":       {func(*oauth2.Config) {}, nil},
		"another_verifier":  {func(*oauth2.Config) {}, []oauth2.AuthCodeOption{oauth2.VerifierOption(oauth2.GenerateVerifier())}},
		"another_secret":    {func(c *oauth2.Config) { c.ClientSecret = "guess" }, []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}},
		"another_callback":  {func(c *oauth2.Config) { c.RedirectURL += "x" }, []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}},
		"another_endpoint":  {func(c *oauth2.Config) { c.Endpoint.TokenURL = s.URL() + string(fakeidp.GoogleToken) }, []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}},
		"another_client_id": {func(c *oauth2.Config) { c.ClientID = "guess" }, []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := &oauth2.Config{ClientID: right.ClientID, ClientSecret: right.ClientSecret, RedirectURL: right.RedirectURL, Endpoint: right.Endpoint}
			code := press(t, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)), ines).Get("code")
			c.wrong(config)
			if token, err := config.Exchange(t.Context(), code, c.with...); err == nil {
				t.Errorf("it gave %v", token)
			}
		})
	}
}

func TestACodeWorksOnce(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, config := client(t, s)
	verifier := oauth2.GenerateVerifier()
	code := press(t, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)), ines).Get("code")
	if _, err := config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err == nil {
		t.Error("it worked twice")
	}
}

func TestItAsksForPKCEAndSendsNobodyAway(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, config := client(t, s)
	for name, address := range map[string]string{
		"no_challenge": config.AuthCodeURL("state"),
		"elsewhere":    strings.Replace(config.AuthCodeURL("state", oauth2.S256ChallengeOption("v")), "localhost", "evil.example", 1),
	} {
		answer := get(t, stay, address)
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
}

func TestWhoeverCancelsComesBackWithAnError(t *testing.T) {
	t.Parallel()
	_, config := client(t, start(t))
	query := press(t, config.AuthCodeURL("state", oauth2.S256ChallengeOption("v")), "nobody")
	if query.Get("error") != "access_denied" || query.Get("state") != "state" || query.Has("code") {
		t.Errorf("got %v", query)
	}
}

func TestConsentCanBeGivenBeforehand(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, config := client(t, s)
	address := config.AuthCodeURL("state", oauth2.S256ChallengeOption("v"))
	if answer := get(t, stay, address); answer.StatusCode != http.StatusOK {
		t.Errorf("the page: %s", answer.Status)
	}
	s.ConsentAs(ines)
	if answer := get(t, stay, address); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("without the page: %s", answer.Status)
	}
}

func TestWhoeverIsToBeAskedIsAskedIgnoredOrLiedAbout(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.ConsentAs(ines)
	provider, config := client(t, s)
	verifier := oauth2.GenerateVerifier()
	at := config.AuthCodeURL("a state", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("max_age", "0"), oauth2.SetAuthURLParam("prompt", "login"))
	if answer := get(t, stay, at); answer.StatusCode != http.StatusOK {
		t.Errorf("it asks nothing: %s", answer.Status)
	}
	for how, recently := range map[fakeidp.Asking]bool{fakeidp.Ignores: false, fakeidp.Lies: true} {
		s.Ask(how)
		back, err := get(t, stay, at).Location()
		if err != nil {
			t.Fatal(err)
		}
		token, err := config.Exchange(t.Context(), back.Query().Get("code"), oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := token.Extra("id_token").(string)
		said, err := provider.Verifier(&oidc.Config{ClientID: fakeidp.ClientID}).Verify(t.Context(), raw)
		if err != nil {
			t.Fatal(err)
		}
		var claims struct {
			AuthTime int64 `json:"auth_time"`
		}
		if err := said.Claims(&claims); err != nil || time.Since(time.Unix(claims.AuthTime, 0)) < time.Minute != recently {
			t.Errorf("%v: auth_time is %d, %v", how, claims.AuthTime, err)
		}
	}
}

func TestDownIsRefusedUntilUp(t *testing.T) {
	t.Parallel()
	s := start(t)
	address := s.URL() + string(fakeidp.OIDCDiscovery)
	s.Down()
	if answer, err := stay.Get(address); err == nil {
		t.Errorf("it answered %s", answer.Status)
	}
	if err := s.Up(); err != nil {
		t.Fatal(err)
	}
	if answer := get(t, stay, address); answer.StatusCode != http.StatusOK {
		t.Errorf("it answers %s", answer.Status)
	}
}

func TestAFailureEndsWhenItIsTold(t *testing.T) {
	t.Parallel()
	s := start(t)
	address := s.URL() + string(fakeidp.OIDCDiscovery)
	s.Fail(fakeidp.OIDCDiscovery, fakeidp.Status(http.StatusTeapot))
	if answer := get(t, stay, address); answer.StatusCode != http.StatusTeapot {
		t.Errorf("it answers %s", answer.Status)
	}
	s.Honest()
	if answer := get(t, stay, address); answer.StatusCode != http.StatusOK {
		t.Errorf("it answers %s", answer.Status)
	}
}

func TestItListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.org:0", "nonsense"} {
		if s, err := fakeidp.Start(fakeidp.Options{Addr: addr}); err == nil {
			t.Errorf("it listens on %q", addr)
			_ = s.Close()
		}
	}
}

func TestGitHubSpeaksAsGitHubDoes(t *testing.T) {
	t.Parallel()
	s := start(t)
	config := &oauth2.Config{
		ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, RedirectURL: callback,
		Endpoint: oauth2.Endpoint{AuthURL: s.URL() + string(fakeidp.GitHubAuthorize), TokenURL: s.URL() + string(fakeidp.GitHubToken)},
	}
	verifier := oauth2.GenerateVerifier()
	code := press(t, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)), ines).Get("code")
	token, err := config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil || token.Extra("id_token") != "" {
		t.Fatalf("got %v, %v", token, err)
	}
	signedIn := config.Client(context.WithoutCancel(t.Context()), token)
	var user struct{ ID int64 }
	read(t, get(t, signedIn, s.URL()+string(fakeidp.GitHubUser)), &user)
	var emails []fakeidp.GitHubEmail
	read(t, get(t, signedIn, s.URL()+string(fakeidp.GitHubEmails)), &emails)
	if user.ID != 1001 || len(emails) != 1 || !emails[0].Verified {
		t.Errorf("got %+v, %+v", user, emails)
	}
	if answer := get(t, stay, s.URL()+string(fakeidp.GitHubUser)); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("strangers get %s", answer.Status)
	}
}

func get(t *testing.T, c *http.Client, address string) *http.Response {
	t.Helper()
	answer, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func read(t *testing.T, answer *http.Response, into any) {
	t.Helper()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
