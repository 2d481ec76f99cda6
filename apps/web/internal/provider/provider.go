package provider

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// Limits are how long a provider is waited for. The zero value is right outside of tests.
type Limits struct {
	Patience time.Duration // for all that one step of a sign-in asks of a provider; default 10 s
	Pause    time.Duration // after a failed discovery, before the next; default 3 s

	transport http.RoundTripper // default: the network
}

const (
	usualPatience = 10 * time.Second
	usualPause    = 3 * time.Second
)

// Provider makes one of goth's providers fit for signing people in. It implements identity.Provider.
type Provider struct {
	name, label string
	issuer      string
	limits      Limits
	elsewhere   *url.URL   // where another server stands in for the provider; nil: nowhere
	ask         url.Values // added to the address that the browser is sent to
	askAnew     url.Values // likewise, of a flow that is to ask who somebody is
	inForm      url.Values // added to the token request, in place of what its Authorization header says
	way         way
}

// way is what one provider does in its own way.
type way interface {
	// open makes goth's provider for one flow. Its calls go through the client, which keeps to the context.
	open(ctx context.Context, f identity.FlowSecrets, client *http.Client) (goth.Provider, error)
	// arrival tells who came, after the session was authorised with the code.
	arrival(ctx context.Context, p goth.Provider, s goth.Session, f identity.FlowSecrets, client *http.Client) (identity.Arrival, error)
}

func newProvider(name, label string, l Limits) *Provider {
	l.Patience, l.Pause = cmp.Or(l.Patience, usualPatience), cmp.Or(l.Pause, usualPause)
	if l.transport == nil {
		l.transport = newTransport()
	}
	return &Provider{name: name, label: label, limits: l}
}

// Name is its part of the URL.
func (p *Provider) Name() string { return p.name }

// Label is what its button says.
func (p *Provider) Label() string { return p.label }

// Issuer is whom its identities are of.
func (p *Provider) Issuer() string { return p.issuer }

// Begin returns the address to send the browser to, with PKCE's challenge (RFC 7636 §4.3) and the nonce, and goth's
// session for Finish. It returns problem.Unavailable "provider_away".
func (p *Provider) Begin(ctx context.Context, f identity.FlowSecrets) (address, kept string, err error) {
	ctx, cancel := context.WithTimeout(ctx, p.limits.Patience)
	defer cancel()
	opened, err := p.way.open(ctx, f, p.client(ctx, f))
	if err != nil {
		return "", "", p.explain(err)
	}
	session, err := opened.BeginAuth(f.State)
	if err != nil {
		return "", "", p.explain(err)
	}
	address, err = session.GetAuthURL()
	if err == nil {
		address, err = p.address(address, f)
	}
	if err != nil {
		return "", "", p.explain(err)
	}
	return address, session.Marshal(), nil
}

// address completes goth's address. GitHub, which signs nothing, ignores the nonce.
func (p *Provider) address(raw string, f identity.FlowSecrets) (string, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", err
	}
	query := u.Query()
	query.Set("code_challenge", oauth2.S256ChallengeFromVerifier(f.Verifier))
	query.Set("code_challenge_method", "S256")
	query.Set("nonce", f.Nonce)
	maps.Copy(query, p.ask)
	if f.Anew {
		maps.Copy(query, p.askAnew)
	}
	u.RawQuery = query.Encode()
	return rebased(u, p.elsewhere).String(), nil
}

// Finish exchanges the code for who somebody is. All of the callback that goth gets to see is the code. It returns
// problem.Unavailable "provider_away" and problem.Unauthenticated "provider_refused".
func (p *Provider) Finish(ctx context.Context, f identity.FlowSecrets, kept, code string) (identity.Arrival, error) {
	ctx, cancel := context.WithTimeout(ctx, p.limits.Patience)
	defer cancel()
	arrival, err := p.finish(ctx, f, kept, code)
	if err == nil && (arrival.Subject == "" || arrival.Subject == "0") {
		err = errors.New("it doesn't say who it is")
	}
	if err != nil {
		return identity.Arrival{}, p.explain(err)
	}
	return arrival, nil
}

func (p *Provider) finish(ctx context.Context, f identity.FlowSecrets, kept, code string) (identity.Arrival, error) {
	client := p.client(ctx, f)
	opened, err := p.way.open(ctx, f, client)
	if err != nil {
		return identity.Arrival{}, err
	}
	session, err := opened.UnmarshalSession(kept)
	if err != nil {
		return identity.Arrival{}, err
	}
	if _, err := session.Authorize(opened, url.Values{"code": {code}}); err != nil {
		return identity.Arrival{}, err
	}
	return p.way.arrival(ctx, opened, session, f, client)
}

// explain makes an error that says what to do to whoever wanted in, and why to the operator.
func (p *Provider) explain(err error) error {
	var away *awayError
	var told *problem.Error
	var silent *notAskedError
	switch {
	case errors.As(err, &told):
		return told
	case errors.As(err, &away), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return problem.New(problem.Unavailable, "provider_away", p.label+" can't be reached at the moment. Please try again in a minute, or sign in another way.").
			After(p.limits.Pause).Because(brief(err))
	case errors.As(err, &silent):
		return problem.New(problem.Unauthenticated, "provider_refused", p.label+" did not ask who you are, so nothing shows that it is you. Sign out there, then try again.").Because(brief(err))
	default:
		return problem.New(problem.Unauthenticated, "provider_refused", p.label+" did not confirm who you are. Please start again.").Because(brief(err))
	}
}

const causeMax = 500 // bytes: some causes quote whole answers

// brief is the cause as the log gets it.
func brief(err error) error {
	if text := err.Error(); len(text) > causeMax {
		return errors.New(strings.ToValidUTF8(text[:causeMax], "") + " …")
	}
	return err
}
