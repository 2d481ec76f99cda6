package token

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	fetchTimeout = 3 * time.Second // from dialling to the last byte
	maxSetBytes  = 256 << 10
)

// fetcher gets the JWKS document, within limits of time and size.
type fetcher struct {
	http       *http.Client
	url, shown string // as asked for, and as logged
	algorithm  string
}

func newFetcher(config KeysConfig) (fetcher, error) {
	address, err := url.Parse(config.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return fetcher{}, errors.New("the URL is not an absolute http or https address")
	}
	algorithm, err := publicAlgorithm(config.Algorithm)
	if err != nil {
		return fetcher{}, err
	}
	return fetcher{http: client(config.HTTP), url: config.URL, shown: address.Redacted(), algorithm: algorithm}, nil
}

// client is a copy of the given one that doesn't follow redirects: keys come from where the
// configuration says, or not at all.
func client(given *http.Client) *http.Client {
	own := http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxSetBytes,
		DisableKeepAlives: true, // once in five minutes, and nothing is left behind
	}}
	if given != nil {
		own = *given
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// fetch asks once.
func (f fetcher) fetch(ctx context.Context) (keySet, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", JWKSContentType+", application/json;q=0.9")
	response, err := f.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the answer's status is %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxSetBytes+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxSetBytes {
		return nil, errors.New("the answer is over 256 KiB")
	}
	return readSet(body, f.algorithm)
}
