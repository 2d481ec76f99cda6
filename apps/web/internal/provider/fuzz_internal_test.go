package provider

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// says answers one thing to the code and another to everything else, but discovery.
type says struct{ token, rest string }

// RoundTrip answers.
func (s says) RoundTrip(r *http.Request) (*http.Response, error) {
	switch {
	case r.Method == http.MethodPost:
		s.rest = s.token
	case strings.Contains(r.URL.Path, "/.well-known/"):
		s.rest = `{"issuer":"https://id.example.org","authorization_endpoint":"https://id.example.org/a","token_endpoint":"https://id.example.org/t",` +
			`"jwks_uri":"https://id.example.org/k","userinfo_endpoint":"https://id.example.org/u"}`
	}
	return s.plainly(r), nil
}

// plainly is the answer to anything else.
func (s says) plainly(r *http.Request) *http.Response {
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(s.rest)), Request: r,
	}
}

// FuzzAnswer lets a provider say anything. Nobody gets in without an id; nobody at all where ids are signed, because
// nothing here knows a key; and whatever goes wrong is one of the two errors.
func FuzzAnswer(f *testing.F) {
	f.Add(`{"access_token":"a","token_type":"Bearer"}`, `{"id":7,"login":"ines"}`)
	f.Add(`{"access_token":"a","id_token":17,"expires_in":-1}`, `{"keys":[{"kty":"oct","k":"AA"}]}`)
	f.Add(`{"access_token":"a","id_token":"eyJhbGciOiJub25lIn0.e30."}`, `{"keys":[]}`)
	f.Add(`{"error":"invalid_grant","error_description":17}`, `[{"email":"a@example.org","primary":true,"verified":true}]`)
	f.Add(`null`, `null`)
	f.Add(`[]`, "\xff")
	secrets := identity.FlowSecrets{State: "s", Verifier: strings.Repeat("v", 43), Nonce: "n", RedirectURL: "http://localhost:3000/"}
	f.Fuzz(func(t *testing.T, token, rest string) {
		limits := Limits{Patience: time.Minute, transport: says{token: token, rest: rest}}
		google, github := Google(GoogleConfig{ClientID: "id", ClientSecret: "hush", Limits: limits}), GitHub(GitHubConfig{ClientID: "id", ClientSecret: "hush", Limits: limits})
		openID := OIDC(OIDCConfig{Issuer: "https://id.example.org", ClientID: "id", ClientSecret: "hush", Limits: limits})
		for _, p := range []*Provider{google, github, openID} {
			arrival, err := p.Finish(t.Context(), secrets, `{}`, "code")
			var told *problem.Error
			switch {
			case err == nil && (p != github || arrival.Subject == "" || arrival.Subject == "0" || arrival.Issuer == ""):
				t.Errorf("%s lets in %+v", p.Label(), arrival)
			case err != nil && (!errors.As(err, &told) || told.Code != "provider_away" && told.Code != "provider_refused"):
				t.Errorf("%s: %v", p.Label(), err)
			}
		}
	})
}
