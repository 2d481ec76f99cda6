package provider

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/markbates/goth"
	"github.com/markbates/goth/providers/google"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

const (
	googleIssuer = "https://accounts.google.com"
	googleKeys   = "https://www.googleapis.com/oauth2/v3/certs"
)

// GoogleConfig is what Google gave the operator, and what is asked of it.
type GoogleConfig struct {
	ClientID, ClientSecret string
	Prompt                 string   // "select_account", "consent", several separated by spaces; default: as Google likes
	AccessType             string   // default: online, for nothing is asked of Google once somebody is in
	HostedDomain           string   // only people of this Google Workspace; "*": of any
	URL                    *url.URL // another server in Google's place, and the issuer then; default: Google
	Limits
}

// Google signs people in with Google.
func Google(c GoogleConfig) *Provider {
	p := newProvider("google", "Google", c.Limits)
	p.elsewhere = c.URL
	p.askAnew = url.Values{"prompt": {"select_account"}} // Google takes neither max_age nor login
	issuer := googleIssuer
	if c.URL != nil {
		issuer = strings.TrimSuffix(c.URL.String(), "/") // what it vouches for is never taken for Google's
	}
	p.issuer = issuer
	keys := oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), p.documents()), googleKeys)
	p.way = googleWay{config: c, checker: checker{issuer: issuer, clientID: c.ClientID, keys: keys}}
	return p
}

type googleWay struct {
	config  GoogleConfig
	checker checker
}

func (g googleWay) open(_ context.Context, f identity.FlowSecrets, client *http.Client) (goth.Provider, error) {
	opened := google.New(g.config.ClientID, g.config.ClientSecret, f.RedirectURL, "openid", "email", "profile")
	opened.HTTPClient = client
	opened.SetAccessType(cmp.Or(g.config.AccessType, "online"))
	opened.SetHostedDomain(g.config.HostedDomain)
	if g.config.Prompt != "" {
		opened.SetPrompt(g.config.Prompt)
	}
	return opened, nil
}

// arrival reads the id_token, which goth receives and doesn't look at. goth's FetchUser isn't asked: userinfo could
// only repeat what is signed here, or contradict it, and goth writes the access token into its address.
func (g googleWay) arrival(ctx context.Context, _ goth.Provider, s goth.Session, f identity.FlowSecrets, _ *http.Client) (identity.Arrival, error) {
	session := s.(*google.Session)
	said, err := g.checker.check(ctx, session.IDToken, session.AccessToken, f.Nonce)
	if err != nil {
		return identity.Arrival{}, err
	}
	if !g.welcomes(said.HostedDomain) {
		return identity.Arrival{}, problem.New(problem.Unauthenticated, "provider_refused", "Only Google accounts "+g.config.of()+" may sign in here. Please start again with one of those.")
	}
	return said.arrival(g.checker.issuer), nil
}

// welcomes reports whether people of a Workspace may in: what the address asks for, a browser can take out of it.
func (g googleWay) welcomes(domain string) bool {
	wanted := g.config.HostedDomain
	return wanted == "" || strings.EqualFold(domain, wanted) || wanted == "*" && domain != ""
}

func (c GoogleConfig) of() string {
	if c.HostedDomain == "*" {
		return "of an organisation"
	}
	return "of " + c.HostedDomain
}
