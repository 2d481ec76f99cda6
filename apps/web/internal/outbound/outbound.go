// Package outbound fetches from addresses that somebody else named, such as a provider's picture of a person.
//
// Such an address may point inwards: at this machine, at its neighbours, at the cloud's own services. So every
// connection is looked at when it is dialled, after names were resolved and redirects followed: only addresses of the
// public internet pass, whatever a name resolved to a moment before.
package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"cardwall/packages/problem"
)

const (
	patience     = 10 * time.Second // for the whole of it
	redirectsMax = 3
)

// ErrPrivate is for a connection to an address that isn't on the public internet.
var ErrPrivate = errors.New("the address is not a public one")

var errAway = problem.New(problem.Unavailable, "source_away", "That server can't be reached just now.")

// Config is what a Client is made of; the zero value is right.
type Config struct {
	Public func(netip.AddrPort) bool // which addresses may be dialled; default: those of the public internet
	Roots  *x509.CertPool            // default: the system's
}

// Client fetches.
type Client struct{ http *http.Client }

// New makes a client. It uses no proxy: that would dial in its place.
func New(c Config) *Client {
	public := c.Public
	if public == nil {
		public = func(a netip.AddrPort) bool { return Public(a.Addr()) }
	}
	dialer := &net.Dialer{Timeout: patience, Control: func(_, address string, _ syscall.RawConn) error {
		dialled, err := netip.ParseAddrPort(address)
		if err != nil || !public(dialled) {
			return ErrPrivate
		}
		return nil
	}}
	return &Client{&http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > redirectsMax {
				return errors.New("too many redirects")
			}
			return onlyHTTPS(r)
		},
	}}
}

// Fetch reads what is at an https address, at most so many bytes. Nothing of ours goes along but the request. It
// returns problem.Unavailable when the server is away or busy, and may be there another time.
func (c *Client) Fetch(ctx context.Context, address string, most int) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	if err := onlyHTTPS(r); err != nil {
		return nil, err
	}
	res, err := c.http.Do(r)
	if err != nil {
		return nil, away(err)
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case res.StatusCode >= http.StatusInternalServerError, res.StatusCode == http.StatusTooManyRequests:
		return nil, errAway.Because(fmt.Errorf("it answers %d", res.StatusCode))
	case res.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answers %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, int64(most)+1))
	if err == nil && len(body) > most {
		err = fmt.Errorf("it has more than %d bytes", most)
	}
	return body, away(err)
}

// away tells what the network is at fault for from what will be no better another time.
func away(err error) error {
	var network *net.OpError
	var slow interface{ Timeout() bool }
	lost := errors.As(err, &network) || errors.As(err, &slow) && slow.Timeout() || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if !lost || errors.Is(err, ErrPrivate) {
		return err
	}
	return errAway.Because(err)
}

func onlyHTTPS(r *http.Request) error {
	if r.URL.Scheme != "https" || r.URL.User != nil {
		return errors.New("only plain https addresses are fetched")
	}
	return nil
}
