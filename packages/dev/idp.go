package dev

import (
	"context"
	"fmt"
	"net"
	"net/url"

	"cardwall/packages/fakeidp"
)

// With DEV_IDP=1 a fake identity provider runs along, so that anybody can try to sign in with Google, GitHub or
// OpenID Connect without a client of their own.

// fakeIDPAddr says where the fake provider listens: always at the same address, because that is in the issuer that
// people's accounts name. It is "" without DEV_IDP, and an error where others could be somebody else.
func fakeIDPAddr(environ map[string]string, publicURL string) (string, error) {
	switch environ["DEV_IDP"] {
	case "", "0":
		return "", nil
	case "1":
	default:
		return "", fmt.Errorf("DEV_IDP must be 1, which starts a fake identity provider, or unset, not %q", environ["DEV_IDP"])
	}
	if !isLocal(publicURL) {
		return "", fmt.Errorf("DEV_IDP=1 starts an identity provider that lets anybody be anyone, so PUBLIC_URL must be on localhost, not %s: unset one of them", publicURL)
	}
	if addr := environ["DEV_IDP_ADDR"]; addr != "" {
		return addr, nil
	}
	return "127.0.0.1:3900", nil
}

func isLocal(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

func (s settings) idpIsFree(ctx context.Context) error {
	if s.idpAddr == "" {
		return nil
	}
	return portIsFree(ctx, "DEV_IDP_ADDR", s.idpAddr)
}

// startIDP starts the fake provider, if one is wanted, until ctx ends, and points web at it.
func (r *runner) startIDP(ctx context.Context) error {
	if r.settings.idpAddr == "" {
		return nil
	}
	idp, err := fakeidp.Start(fakeidp.Options{Addr: r.settings.idpAddr})
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, idp.Down)
	r.settings.providers = r.settings.faked(idp)
	r.say("A fake identity provider is at %s: anybody may be anyone there.", idp.URL())
	return nil
}

// faked are the variables that point web at the fake provider, but for providers that the developer has a client of.
func (s settings) faked(idp *fakeidp.Server) map[string]string {
	vars := map[string]string{}
	for provider, at := range map[string]struct{ variable, address string }{
		"GOOGLE": {"GOOGLE_URL", idp.Google()}, "GITHUB": {"GITHUB_URL", idp.GitHub()}, "OIDC": {"OIDC_ISSUER", idp.OIDC()},
	} {
		if s.environ[provider+"_CLIENT_ID"] == "" {
			vars[provider+"_CLIENT_ID"], vars[provider+"_CLIENT_SECRET"] = fakeidp.ClientID, fakeidp.ClientSecret
			vars[at.variable] = at.address
		}
	}
	return vars
}
