package provider

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// documented answers with a discovery document.
type documented string

// RoundTrip answers.
func (d documented) RoundTrip(r *http.Request) (*http.Response, error) {
	return says{rest: string(d)}.plainly(r), nil
}

func TestADocumentMayNotLeadFromHTTPSIntoTheClear(t *testing.T) {
	t.Parallel()
	const document = `{"issuer":"https://id.example.org","authorization_endpoint":"https://id.example.org/a","token_endpoint":"https://id.example.org/t",` +
		`"jwks_uri":"https://id.example.org/k"}`
	for _, path := range []string{"", "/a", "/t", "/k"} {
		lie := document
		if path != "" {
			lie = strings.Replace(document, "https://id.example.org"+path, "http://id.example.org"+path, 1)
		}
		p := OIDC(OIDCConfig{Issuer: "https://id.example.org", ClientID: "id", ClientSecret: "hush", Limits: Limits{transport: documented(lie)}})
		_, _, err := p.Begin(t.Context(), identity.FlowSecrets{State: "s", Verifier: "v", Nonce: "n", RedirectURL: "https://cardwall.example.org/"})
		if path == "" && err != nil {
			t.Errorf("all of it over https: %v", err)
		}
		if path != "" && !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s in the clear: got %v", path, err)
		}
	}
}
