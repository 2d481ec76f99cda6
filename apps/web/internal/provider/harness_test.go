package provider_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/provider"
	"cardwall/packages/fakeidp"
	"cardwall/packages/problem"
)

const (
	callback = "http://localhost:3000/api/auth/callback/"
	ines     = "100000000000000000001" // whose e-mail is verified
	tomas    = "100000000000000000002" // whose e-mail isn't
	wren     = "100000000000000000003" // who has none
)

// The providers' names.
const (
	google = "google"
	github = "github"
	openID = "oidc"
)

// world is a fake identity provider, and ours that are pointed at it.
type world struct {
	t         *testing.T
	idp       *fakeidp.Server
	limits    provider.Limits
	providers map[string]*provider.Provider
}

// setup makes a world whose providers are waited for only briefly.
func setup(t *testing.T) *world {
	t.Helper()
	idp, err := fakeidp.Start(fakeidp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = idp.Close() })
	w := &world{t: t, idp: idp, limits: provider.Limits{Patience: 5 * time.Second, Pause: time.Nanosecond}}
	w.connect()
	return w
}

// connect makes the providers anew.
func (w *world) connect() {
	w.google(provider.GoogleConfig{})
	w.providers[github] = provider.GitHub(provider.GitHubConfig{
		ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, URL: parse(w.t, w.idp.GitHub()), Limits: w.limits,
	})
	w.providers[openID] = provider.OIDC(provider.OIDCConfig{
		ClientID: fakeidp.ClientID, ClientSecret: fakeidp.ClientSecret, Issuer: w.idp.OIDC(), Label: "Example", Limits: w.limits,
	})
}

// google makes Google anew, with other options.
func (w *world) google(c provider.GoogleConfig) {
	if w.providers == nil {
		w.providers = map[string]*provider.Provider{}
	}
	c.ClientID, c.ClientSecret, c.URL, c.Limits = fakeidp.ClientID, fakeidp.ClientSecret, parse(w.t, w.idp.Google()), w.limits
	w.providers[google] = provider.Google(c)
}

// hasty waits for providers so briefly that a test may see it.
func (w *world) hasty() {
	w.limits.Patience = 150 * time.Millisecond
	w.connect()
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// secrets are a flow's, as package identity would make them.
func secrets(name string) identity.FlowSecrets {
	return identity.FlowSecrets{
		State: "the-state", Nonce: "the-nonce", Verifier: strings.Repeat("v", 43), RedirectURL: callback + name,
	}
}

// journey is a flow whose browser is back from the provider.
type journey struct {
	secrets identity.FlowSecrets
	kept    string
	code    string
}

// travel sends a browser to the provider, where it consents as the person.
func (w *world) travel(name, subject string) journey {
	w.t.Helper()
	f := secrets(name)
	address, kept, err := w.providers[name].Begin(w.t.Context(), f)
	if err != nil {
		w.t.Fatal(err)
	}
	query := w.press(address, subject)
	if query.Get("state") != f.State || query.Get("code") == "" {
		w.t.Fatalf("the browser is back with %v", query)
	}
	return journey{secrets: f, kept: kept, code: query.Get("code")}
}

func (w *world) press(address, subject string) url.Values {
	w.t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.PostForm(address, url.Values{"person": {subject}})
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	back, err := answer.Location()
	if err != nil {
		w.t.Fatalf("%s: %v", answer.Status, err)
	}
	return back.Query()
}

func (w *world) finish(name string, j journey) (identity.Arrival, error) {
	w.t.Helper()
	return w.providers[name].Finish(w.t.Context(), j.secrets, j.kept, j.code)
}

// arrive makes the whole way.
func (w *world) arrive(name, subject string) (identity.Arrival, error) {
	w.t.Helper()
	return w.finish(name, w.travel(name, subject))
}

func (w *world) mustArrive(name, subject string) identity.Arrival {
	w.t.Helper()
	arrival, err := w.arrive(name, subject)
	if err != nil {
		w.t.Fatal(err)
	}
	return arrival
}

// wantAway expects that a provider can't be reached.
func wantAway(t *testing.T, err error, label string) {
	t.Helper()
	wantProblem(t, err, problem.Unavailable, "provider_away", label)
}

// wantRefused expects that a provider's word wasn't taken.
func wantRefused(t *testing.T, arrival identity.Arrival, err error, label string) {
	t.Helper()
	wantProblem(t, err, problem.Unauthenticated, "provider_refused", label)
	if arrival != (identity.Arrival{}) {
		t.Errorf("it lets in %+v", arrival)
	}
}

func wantProblem(t *testing.T, err error, kind problem.Kind, code, label string) {
	t.Helper()
	var p *problem.Error
	if !errors.As(err, &p) {
		t.Fatalf("got %v", err)
	}
	if p.Kind != kind || p.Code != code || !strings.Contains(p.Detail, label) {
		t.Errorf("got %s: %v", p.Kind, err)
	}
	for _, inside := range []string{"127.0.0.1", "http", "oidc:", "oauth2", "id_token", fakeidp.ClientSecret} {
		if strings.Contains(p.Detail, inside) {
			t.Errorf("%q is shown in %q", inside, p.Detail)
		}
	}
}

var labels = map[string]string{google: "Google", github: "GitHub", openID: "Example"}

// each runs a test for every provider, in a world of its own.
func each(t *testing.T, names []string, test func(t *testing.T, w *world, name string)) {
	t.Helper()
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, setup(t), name)
		})
	}
}

var (
	all    = []string{google, github, openID}
	signed = []string{google, openID} // those that sign id_tokens
)

// The endpoints that they ask for a code, for keys, and first of all.
var (
	tokenOf = map[string]fakeidp.Endpoint{google: fakeidp.GoogleToken, github: fakeidp.GitHubToken, openID: fakeidp.OIDCToken}
	keysOf  = map[string]fakeidp.Endpoint{google: fakeidp.GoogleKeys, openID: fakeidp.OIDCKeys}
)
