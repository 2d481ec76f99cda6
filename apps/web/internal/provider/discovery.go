package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// discovery finds a provider's addresses (OpenID Connect Discovery §4) when they are first needed. Once found they are
// kept until web restarts; until then it asks again with each sign-in, but not before a pause.
type discovery struct {
	issuer string
	client *http.Client
	pause  time.Duration

	turn     chan struct{} // holds a token while somebody looks: waiting for it can be given up
	found    *found
	failed   error
	failedAt time.Time
}

// found is a provider whose addresses are known.
type found struct {
	*oidc.Provider
	endpoint   oauth2.Endpoint
	keys       oidc.KeySet
	algorithms []string
}

func newDiscovery(issuer string, client *http.Client, pause time.Duration) *discovery {
	return &discovery{issuer: issuer, client: client, pause: pause, turn: make(chan struct{}, 1)}
}

// find returns the provider, or an awayError.
func (d *discovery) find(ctx context.Context) (*found, error) {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return nil, &awayError{ctx.Err()}
	}
	if d.found == nil && time.Since(d.failedAt) >= d.pause {
		// Whoever asks first asks for all who wait: it isn't the end of them if their browser goes away.
		d.found, d.failed = d.look(context.WithoutCancel(ctx))
		d.failedAt = time.Now()
	}
	if d.found == nil {
		return nil, &awayError{fmt.Errorf("discovery: %w", d.failed)}
	}
	return d.found, nil
}

func (d *discovery) look(ctx context.Context) (*found, error) {
	asked := oidc.ClientContext(ctx, d.client)
	provider, err := oidc.NewProvider(asked, d.issuer)
	if err != nil {
		return nil, err
	}
	var document struct {
		Keys       string   `json:"jwks_uri"`
		Algorithms []string `json:"id_token_signing_alg_values_supported"`
		Methods    []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := provider.Claims(&document); err != nil {
		return nil, err
	}
	endpoint := provider.Endpoint()
	if err := d.checkAddresses(endpoint.AuthURL, endpoint.TokenURL, document.Keys); err != nil {
		return nil, err
	}
	endpoint.AuthStyle = oauth2.AuthStyleInHeader // the default of OpenID Connect Discovery §3
	if len(document.Methods) > 0 && !slices.Contains(document.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &found{
		Provider: provider, endpoint: endpoint,
		keys:       oidc.NewRemoteKeySet(asked, document.Keys),
		algorithms: asymmetric(document.Algorithms),
	}, nil
}

// checkAddresses refuses what isn't an address, and one in the clear when the issuer's isn't.
func (d *discovery) checkAddresses(addresses ...string) error {
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return errors.New("an address is missing in the document, or is none")
		}
		if u.Scheme == "http" && d.secure() {
			return errors.New("an address in the document is in the clear, though the issuer's is not")
		}
	}
	return nil
}

func (d *discovery) secure() bool {
	u, err := url.Parse(d.issuer)
	return err != nil || u.Scheme != "http"
}

// asymmetric are those algorithms for which a published key is no secret. None left means RS256, the one that every
// provider must know.
func asymmetric(algorithms []string) []string {
	known := []string{
		oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA,
	}
	return slices.DeleteFunc(slices.Clone(algorithms), func(a string) bool { return !slices.Contains(known, a) })
}
