package token_test

import (
	"strings"
	"testing"
	"time"

	"cardwall/packages/token"
)

func TestGuardRefusesToStart(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		key := newKey(t)
		for name, c := range map[string]struct {
			change func(*token.VerifierConfig)
			cause  string
		}{
			"on an empty issuer":     {func(c *token.VerifierConfig) { c.Issuer = "" }, "issuer is empty"},
			"on an empty audience":   {func(c *token.VerifierConfig) { c.Audience = "" }, "audience is empty"},
			"on a short secret":      {func(c *token.VerifierConfig) { c.Keys, c.Secret = nil, secret()[:63] }, "shorter than 64 bytes"},
			"without key and secret": {func(c *token.VerifierConfig) { c.Keys, c.Secret = nil, nil }, "neither"},
			"on an empty secret":     {func(c *token.VerifierConfig) { c.Keys, c.Secret = nil, []byte{} }, "neither"},
			"on both modes at once":  {func(c *token.VerifierConfig) { c.Keys, c.Secret = token.FixedKeys(key.Public()), secret() }, "exclude each other"},
			"on no algorithm at all": {func(c *token.VerifierConfig) { c.Algorithm = "none" }, "algorithm"},
			"on a weak algorithm":    {func(c *token.VerifierConfig) { c.Algorithm = "HS256" }, "algorithm"},
			"on the other mode's one": {func(c *token.VerifierConfig) {
				c.Algorithm = map[string]string{"EdDSA": "HS512", "HS512": "EdDSA"}[mode.name]
			}, "algorithm"},
			"on an unknown profile": {func(c *token.VerifierConfig) { c.Profile = "extern" }, "profile"},
		} {
			t.Run(mode.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				config := mode.verifier
				c.change(&config)
				if _, err := token.NewVerifier(config); err == nil || !strings.Contains(err.Error(), c.cause) {
					t.Errorf("want %q, got %v", c.cause, err)
				}
			})
		}
	}
}

func TestMinterRefusesToStart(t *testing.T) {
	t.Parallel()
	key, empty := newKey(t), token.SigningKey{}
	for name, c := range map[string]struct {
		config token.MinterConfig
		cause  string
	}{
		"on an empty issuer":     {token.MinterConfig{Audience: audience, Key: &key}, "issuer is empty"},
		"on an empty audience":   {token.MinterConfig{Issuer: issuer, Key: &key}, "audience is empty"},
		"on a short secret":      {token.MinterConfig{Issuer: issuer, Audience: audience, Secret: secret()[:63]}, "shorter than 64 bytes"},
		"on both modes at once":  {token.MinterConfig{Issuer: issuer, Audience: audience, Key: &key, Secret: secret()}, "exclude each other"},
		"without key and secret": {token.MinterConfig{Issuer: issuer, Audience: audience}, "neither"},
		"on an empty key":        {token.MinterConfig{Issuer: issuer, Audience: audience, Key: &empty}, "signing key is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := token.NewMinter(c.config); err == nil || !strings.Contains(err.Error(), c.cause) {
				t.Errorf("want %q, got %v", c.cause, err)
			}
		})
	}
}

func TestPublishedKeysRefuseToStart(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]token.KeysConfig{
		"without an address":        {},
		"on a path":                 {URL: "/api/auth/jwks"},
		"on another scheme":         {URL: "file:///etc/keys"},
		"on a symmetric algorithm":  {URL: "http://localhost:3000/api/auth/jwks", Algorithm: "HS512"},
		"on an unknown algorithm":   {URL: "http://localhost:3000/api/auth/jwks", Algorithm: "ES999"},
		"less often than is relied": {URL: "http://localhost:3000/api/auth/jwks", RefreshEvery: 5*time.Minute + 1},
		"on a time before":          {URL: "http://localhost:3000/api/auth/jwks", RefreshEvery: -1},
		"on an address with errors": {URL: "http://local host:%zz/"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := token.NewKeys(config); err == nil {
				t.Error("it started")
			}
		})
	}
}
