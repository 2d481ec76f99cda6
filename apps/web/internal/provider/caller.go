package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const answerMax = 1 << 20 // bytes

// awayError is a call that failed through no fault of whoever wanted in: nobody answered, or answered that it is out
// of order, or what is no answer at all. Trying again may help.
type awayError struct{ cause error }

// Error is the cause.
func (e *awayError) Error() string { return e.cause.Error() }

// Unwrap returns the cause.
func (e *awayError) Unwrap() error { return e.cause }

// caller makes calls within limits: it reads the whole answer, so that they hold to its last byte.
type caller struct {
	next     http.RoundTripper
	patience time.Duration
	only200  bool // whatever has another status is no answer
}

// RoundTrip returns an answer that is read, or an awayError.
func (c caller) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), c.patience)
	defer cancel()
	r = r.Clone(ctx)
	r.Header.Set("Accept", "application/json") // else GitHub answers with a form
	response, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, &awayError{err}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerMax+1))
	if err == nil {
		err = c.sane(response.StatusCode, body)
	}
	if err != nil {
		return nil, &awayError{err}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

func (c caller) sane(status int, body []byte) error {
	switch {
	case len(body) > answerMax:
		return errors.New("the answer is over 1 MiB")
	case status >= http.StatusInternalServerError, status == http.StatusTooManyRequests, c.only200 && status != http.StatusOK:
		return fmt.Errorf("the answer's status is %d", status)
	case status == http.StatusOK && !json.Valid(body):
		return errors.New("the answer is no JSON")
	}
	return nil
}

// newTransport makes connections. Sign-ins are seldom enough to make a new one each time, which never meets one that
// was closed meanwhile, and a code must not be sent twice.
func newTransport() http.RoundTripper {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true,
	}
}

// documents is the client for what everybody may read, discovery and keys. Like every client here it doesn't follow
// redirects: they come from where the configuration says, or not at all.
func (p *Provider) documents() *http.Client {
	return &http.Client{
		Transport:     elsewhere{next: caller{next: p.limits.transport, patience: p.limits.Patience, only200: true}, base: p.elsewhere},
		CheckRedirect: stay,
	}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// elsewhere takes calls to the server that stands in for the provider.
type elsewhere struct {
	next http.RoundTripper
	base *url.URL // nil: to the provider itself
}

// RoundTrip calls the same path there.
func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	if e.base != nil {
		r = r.Clone(r.Context())
		r.URL, r.Host = rebased(r.URL, e.base), ""
	}
	return e.next.RoundTrip(r)
}

// rebased is the address with its beginning, up to the path, replaced by the base.
func rebased(u, base *url.URL) *url.URL {
	if base == nil {
		return u
	}
	moved := *u
	moved.Scheme, moved.Host, moved.Path = base.Scheme, base.Host, strings.TrimSuffix(base.Path, "/")+u.Path
	return &moved
}
