package provider

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"cardwall/apps/web/internal/identity"
)

// OIDCConfig is what any OpenID Connect provider gave the operator.
type OIDCConfig struct {
	Issuer                 string // exactly as the provider writes it
	ClientID, ClientSecret string
	Label                  string // what the button says; default: the issuer's host
	Limits
}

// OIDC signs people in with an OpenID Connect provider. Nobody asks for its addresses before the first sign-in, so it
// may be away when web starts.
func OIDC(c OIDCConfig) *Provider {
	p := newProvider("oidc", cmp.Or(c.Label, hostOf(c.Issuer)), c.Limits)
	// OpenID Connect Core §3.1.2.1. max_age also has the id_token say when somebody was asked.
	p.askAnew = url.Values{"prompt": {"login"}, "max_age": {"0"}}
	p.issuer = c.Issuer
	p.way = oidcWay{config: c, discovery: newDiscovery(c.Issuer, p.documents(), p.limits.Pause)}
	return p
}

// hostOf is where people go to sign in: the name that says most of a provider without one.
func hostOf(issuer string) string {
	if u, err := url.Parse(issuer); err == nil && u.Host != "" {
		return u.Host
	}
	return issuer
}

type oidcWay struct {
	config    OIDCConfig
	discovery *discovery
}

func (w oidcWay) open(ctx context.Context, f identity.FlowSecrets, client *http.Client) (goth.Provider, error) {
	found, err := w.discovery.find(ctx)
	if err != nil {
		return nil, err
	}
	return &openID{
		ctx: oidc.ClientContext(ctx, client), name: "oidc", nonce: f.Nonce, anew: f.Anew, found: found,
		checker: checker{issuer: w.config.Issuer, clientID: w.config.ClientID, keys: found.keys, algorithms: found.algorithms},
		config: oauth2.Config{
			ClientID: w.config.ClientID, ClientSecret: w.config.ClientSecret, RedirectURL: f.RedirectURL,
			Endpoint: found.endpoint, Scopes: []string{oidc.ScopeOpenID, oidc.ScopeEmail, oidc.ScopeProfile},
		},
	}, nil
}

func (w oidcWay) arrival(_ context.Context, p goth.Provider, s goth.Session, _ identity.FlowSecrets, _ *http.Client) (identity.Arrival, error) {
	user, err := p.FetchUser(s)
	if err != nil {
		return identity.Arrival{}, err
	}
	return identity.Arrival{
		Issuer: w.config.Issuer, Subject: user.UserID, Name: user.Name, Picture: user.AvatarURL,
		Email: user.Email, EmailVerified: user.RawData["email_verified"] == true,
	}, nil
}

// openID is a goth.Provider for one flow. goth has one of its own, which doesn't verify id_tokens.
type openID struct {
	ctx     context.Context // goth's methods take none
	name    string
	nonce   string
	anew    bool // the provider had to ask who somebody is
	found   *found
	checker checker
	config  oauth2.Config
}

var _ goth.Provider = (*openID)(nil)

// Name is the provider's name.
func (p *openID) Name() string { return p.name }

// SetName gives it another.
func (p *openID) SetName(name string) { p.name = name }

// Debug does nothing.
func (p *openID) Debug(bool) {}

// RefreshTokenAvailable is false: none is asked for.
func (p *openID) RefreshTokenAvailable() bool { return false }

// RefreshToken always fails.
func (p *openID) RefreshToken(string) (*oauth2.Token, error) {
	return nil, errors.New("refresh tokens are not kept")
}

// BeginAuth makes the address that the browser is sent to, to which Provider adds the challenge and the nonce.
func (p *openID) BeginAuth(state string) (goth.Session, error) {
	return &openIDSession{AuthURL: p.config.AuthCodeURL(state)}, nil
}

// FetchUser tells what the id_token says, after checking all of it, and asks userinfo for what it doesn't say.
func (p *openID) FetchUser(s goth.Session) (goth.User, error) {
	session, ok := s.(*openIDSession)
	if !ok {
		return goth.User{}, fmt.Errorf("a session of another provider: %T", s)
	}
	said, err := p.checker.check(p.ctx, session.idToken, session.accessToken, p.nonce)
	if err != nil {
		return goth.User{}, err
	}
	if p.anew {
		if err := said.checkAsked(time.Now()); err != nil {
			return goth.User{}, err
		}
	}
	if said, err = p.complete(said, session.accessToken); err != nil {
		return goth.User{}, err
	}
	arrival := said.arrival(p.checker.issuer)
	return goth.User{
		Provider: p.name, UserID: arrival.Subject, Name: arrival.Name, AvatarURL: arrival.Picture, Email: arrival.Email,
		RawData: map[string]any{"email_verified": arrival.EmailVerified},
	}, nil
}

// complete asks userinfo for an e-mail and a name if the id_token has none. What is signed is never overridden, and
// whether an e-mail is verified is believed only from where the e-mail comes from.
func (p *openID) complete(said claims, accessToken string) (claims, error) {
	if said.Email != "" && cmp.Or(said.Name, said.Username) != "" || p.found.UserInfoEndpoint() == "" {
		return said, nil
	}
	info, err := p.found.UserInfo(p.ctx, oauth2.StaticTokenSource(&oauth2.Token{AccessToken: accessToken}))
	if err != nil {
		return said, fmt.Errorf("userinfo: %w", err)
	}
	var more claims
	if err := info.Claims(&more); err != nil {
		return said, fmt.Errorf("userinfo: %w", err)
	}
	if more.Subject != said.Subject {
		return said, errors.New("userinfo: it tells of somebody else (OpenID Connect Core §5.3.2)")
	}
	if said.Email == "" {
		said.Email, said.EmailVerified = more.Email, more.EmailVerified
	}
	said.Name, said.Username = cmp.Or(said.Name, said.Username, more.Name), cmp.Or(said.Username, more.Username)
	said.Picture = cmp.Or(said.Picture, more.Picture)
	return said, nil
}
