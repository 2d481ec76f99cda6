package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/coreos/go-oidc/v3/oidc"

	"cardwall/apps/web/internal/identity"
)

// checker checks id_tokens of one issuer for one client.
type checker struct {
	issuer, clientID string
	keys             oidc.KeySet
	algorithms       []string // asymmetric ones; none: RS256
}

// claims are what an id_token or userinfo says of somebody.
type claims struct {
	Subject         string `json:"sub"`
	Email           string `json:"email"`
	EmailVerified   truth  `json:"email_verified"`
	Name            string `json:"name"`
	Username        string `json:"preferred_username"`
	Picture         string `json:"picture"`
	HostedDomain    string `json:"hd"`
	AuthorizedParty string `json:"azp"`
	AuthTime        moment `json:"auth_time"`
}

// check returns what an id_token says if its signature, issuer, audience, expiry and nonce are right, and it belongs
// to the access token (OpenID Connect Core §3.1.3.7 and §3.1.3.8).
func (c checker) check(ctx context.Context, raw, accessToken, nonce string) (claims, error) {
	if raw == "" {
		return claims{}, errors.New("there is no id_token")
	}
	keys := &witness{KeySet: c.keys}
	verifier := oidc.NewVerifier(c.issuer, keys, &oidc.Config{ClientID: c.clientID, SupportedSigningAlgs: c.algorithms})
	token, err := verifier.Verify(ctx, raw)
	if keys.err != nil {
		err = keys.err
	}
	if err != nil {
		return claims{}, fmt.Errorf("id_token: %w", err)
	}
	var said claims
	if err := token.Claims(&said); err != nil {
		return claims{}, fmt.Errorf("id_token: %w", err)
	}
	return said, c.checkBinding(token, said, accessToken, nonce)
}

// checkBinding checks what the verifier leaves to its caller.
func (c checker) checkBinding(token *oidc.IDToken, said claims, accessToken, nonce string) error {
	switch {
	case nonce == "" || token.Nonce != nonce:
		return errors.New("id_token: the nonce isn't this flow's")
	case len(token.Audience) > 1 && said.AuthorizedParty == "":
		return errors.New("id_token: it is for several, and doesn't say which of them asked")
	case said.AuthorizedParty != "" && said.AuthorizedParty != c.clientID:
		return errors.New("id_token: another client asked for it")
	case len(said.Subject) > identity.SubjectMax:
		return errors.New("id_token: the subject is too long")
	case token.AccessTokenHash == "":
		return nil
	}
	return token.VerifyAccessToken(accessToken)
}

// witness remembers why a signature couldn't be checked, of which the verifier only passes on the words: keys that
// can't be fetched are nobody's lie.
type witness struct {
	oidc.KeySet
	err error
}

// VerifySignature asks the keys.
func (w *witness) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := w.KeySet.VerifySignature(ctx, jwt)
	w.err = err
	return payload, err
}

// arrival is what the claims say, under the name that the issuer has in the configuration.
func (c claims) arrival(issuer string) identity.Arrival {
	name := c.Name
	if name == "" {
		name = c.Username
	}
	return identity.Arrival{
		Issuer: issuer, Subject: c.Subject, Name: name, Picture: c.Picture,
		Email: c.Email, EmailVerified: c.Email != "" && bool(c.EmailVerified),
	}
}

// truth is a boolean, which some providers write as a string. Whatever isn't true is false.
type truth bool

// UnmarshalJSON takes anything.
func (t *truth) UnmarshalJSON(text []byte) error {
	*t = string(text) == "true" || string(text) == `"true"`
	return nil
}
