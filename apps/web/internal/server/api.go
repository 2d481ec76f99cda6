package server

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/proxy"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
)

// apiTimeout is how long a page waits for the api at most, even where what goes through the proxy may wait longer.
const apiTimeout = 10 * time.Second

// client makes the pages' client of the api: it asks as the person whose session the context has, under the
// same request id and in the same trace.
func (c Config) client() (*kanbanapi.Client, error) {
	doer := &http.Client{Transport: trusted{transport()}, Timeout: min(apiTimeout, cmp.Or(c.ProxyLimits.AnswerTimeout, apiTimeout))}
	return kanbanapi.Connect(c.APIURL.String(), doer, func(ctx context.Context, r *http.Request) error {
		minted, err := c.mint(ctx)
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+minted)
		httpserver.PassOn(ctx, r.Header)
		return nil
	})
}

// mint makes a token for the session in ctx; problem.Unauthenticated without one, problem.Unavailable when it can't.
func (c Config) mint(ctx context.Context) (string, error) {
	s, ok := session.From(ctx)
	if !ok {
		return "", session.SignedOut()
	}
	return c.Mint(s.Token())
}

// person is who has the session in ctx, Nil for a guest.
func person(ctx context.Context) uuid.UUID {
	s, _ := session.From(ctx)
	return s.Person.ID
}

// transport is the way of web's own requests to the api; as the proxy's, it doesn't look at HTTP_PROXY.
func transport() *http.Transport {
	return &http.Transport{DialContext: (&net.Dialer{Timeout: 3 * time.Second}).DialContext, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second}
}

// trusted takes the api's 401 for what it is: the two apps don't agree on keys or issuer. The person is
// signed in, so telling them to sign in again would be wrong.
type trusted struct{ next http.RoundTripper }

func (t trusted) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	defer func() { _ = res.Body.Close() }()
	return nil, proxy.RefusedToken(res)
}
