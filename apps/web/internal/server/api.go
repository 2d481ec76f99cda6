package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"cardwall/apps/web/internal/session"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// apiTimeout is how long a page waits for the api.
const apiTimeout = 10 * time.Second

// client makes the pages' client of the api: it asks as the person whose session the context has, under the
// same request id.
func (c Config) client() (*kanbanapi.Client, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second}
	doer := &http.Client{Transport: trusted{transport}, Timeout: apiTimeout}
	return kanbanapi.Connect(c.APIURL.String(), doer, func(ctx context.Context, r *http.Request) error {
		minted, err := c.mint(ctx)
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+minted)
		r.Header.Set("X-Request-Id", httpserver.RequestID(ctx))
		return nil
	})
}

// mint makes a token for the session in ctx; problem.Unauthenticated without one, problem.Unavailable when it can't.
func (c Config) mint(ctx context.Context) (string, error) {
	s, ok := session.From(ctx)
	if !ok {
		return "", problem.New(problem.Unauthenticated, "signed_out", "You are signed out. Please sign in and try again.")
	}
	return c.Mint(s.Token())
}

// trusted takes the api's 401 for what it is: the two apps don't agree on keys or issuer. The person is
// signed in, so telling them to sign in again would be wrong.
type trusted struct{ next http.RoundTripper }

var errDistrust = errors.New("the api refused web's token: compare TOKEN_ISSUER and TOKEN_JWKS_URL, or TOKEN_SECRET, with web's")

func (t trusted) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	_ = res.Body.Close()
	return nil, problem.New(problem.BadGateway, "api_away", "The board service can't be reached right now. Please try again in a moment.").Because(errDistrust)
}
