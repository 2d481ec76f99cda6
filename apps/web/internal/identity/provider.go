package identity

import (
	"context"

	"cardwall/packages/problem"
)

// Provider is another place where people can prove who they are. Package provider has them; its errors are
//   - problem.Unavailable "provider_away": it can't be reached, or answers that it is out of order. The sentence names it.
//   - problem.Unauthenticated "provider_refused": it takes nothing for the code, or what it says doesn't hold. Why is in the cause.
//
// The query of a callback is never handed to a provider: whoever takes the request reads state, code and error itself.
type Provider interface {
	// Name is its part of the URL: google, github, oidc.
	Name() string
	// Label is what its button says: Google, GitHub, or OIDC_NAME.
	Label() string
	// Issuer is the one of every Arrival: an account of another is no way in here, whatever its provider was called.
	Issuer() string
	// Begin returns the address to send the browser to, and what Finish needs back, which the flow's row keeps. It returns
	// problem.Unavailable "provider_away" as long as the provider can't be asked for its addresses.
	Begin(ctx context.Context, f FlowSecrets) (address, kept string, err error)
	// Finish exchanges the code for who somebody is. A code works once.
	Finish(ctx context.Context, f FlowSecrets, kept, code string) (Arrival, error)
}

// FlowSecrets are made for one sign-in and kept in the flow's row; a flow is used once.
type FlowSecrets struct {
	State       string // comes back in the callback's query: binds it to the browser that began
	Verifier    string // PKCE's (RFC 7636 §4.1): only its hash leaves before the code is exchanged
	Nonce       string // comes back in the id_token (OpenID Connect Core §3.1.2.1)
	RedirectURL string // the callback's address, the same at both ends of the flow
	// Anew has the provider ask who somebody is, though they are signed in there: whoever sits before a browser left open
	// is to prove nothing. It is held to that as far as it can say so.
	Anew bool
}

// Arrival is what a provider says of somebody. The identity is Issuer and Subject, neither of them ever empty; the
// rest is hearsay that may be empty and may change.
type Arrival struct {
	Issuer        string // https://accounts.google.com, https://github.com, OIDC_ISSUER
	Subject       string // whom the issuer means, for ever
	Email         string // as the provider writes it; not normalised
	EmailVerified bool   // the provider says that the e-mail is the person's
	Name          string
	Picture       string // an address, not looked at yet
}

// Providers are the other places where people can prove who they are, in the order of their buttons.
func (s *Service) Providers() []Provider { return s.providers }

func (s *Service) provider(name string) (Provider, error) {
	for _, provider := range s.providers {
		if provider.Name() == name {
			return provider, nil
		}
	}
	return nil, problem.New(problem.NotFound, "provider_unknown", "Nobody can sign in like that here.")
}
