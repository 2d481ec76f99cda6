package main

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"cardwall/packages/postgres"
	"cardwall/packages/process"
	"cardwall/packages/telemetry"
	"cardwall/packages/token"
)

const (
	defaultAddr = "127.0.0.1:8080"
	schema      = "kanban"
)

// Config is the api's whole configuration; .env.example tells of each variable.
type Config struct {
	process.Settings
	telemetry.Options
	Addr string `env:"API_ADDR" envDefault:"127.0.0.1:8080"` // listen address

	TokenJWKSURL     string        `env:"TOKEN_JWKS_URL"`                           // where web publishes its keys; required without TokenSecret
	TokenJWKSRefresh time.Duration `env:"TOKEN_JWKS_REFRESH" envDefault:"5m"`       // how often they are read; web relies on 5 minutes at most
	TokenIssuer      string        `env:"TOKEN_ISSUER"`                             // iss of the tokens: web's PUBLIC_URL; required
	TokenAudience    string        `env:"TOKEN_AUDIENCE" envDefault:"cardwall-api"` // aud of the tokens
	TokenAlgorithm   string        `env:"TOKEN_ALGORITHM"`                          // EdDSA (default) or RS256; HS512 with TokenSecret
	TokenProfile     string        `env:"TOKEN_PROFILE" envDefault:"cardwall"`      // cardwall, or external for another issuer's tokens
	TokenSecret      string        `env:"TOKEN_SECRET"`                             // shared with web, at least 64 bytes; excludes TokenJWKSURL
}

// Check completes the configuration with development's defaults and says what is wrong with it.
func (c *Config) Check() process.Complaints {
	if c.Development() {
		c.TokenIssuer = cmp.Or(c.TokenIssuer, "http://localhost:3000")
		if c.TokenSecret == "" {
			c.TokenJWKSURL = cmp.Or(c.TokenJWKSURL, "http://localhost:3000/api/auth/jwks")
		}
	}
	wrong := append(c.Settings.Check(), c.Options.Check()...)
	wrong.UnlessAddress("API_ADDR", c.Addr)
	wrong.Unless(c.TokenAudience != "", "TOKEN_AUDIENCE must not be empty")
	wrong.Unless((c.TokenSecret == "") != (c.TokenJWKSURL == ""), "exactly one of TOKEN_JWKS_URL and TOKEN_SECRET must be set")
	wrong.Unless(c.TokenSecret == "" || len(c.TokenSecret) >= 64, "TOKEN_SECRET must have at least 64 bytes")
	c.checkIssuer(&wrong)
	c.checkKeys(&wrong)
	return wrong
}

// checkIssuer: web's iss never ends in a slash, so one here would match no token; another issuer's may.
func (c *Config) checkIssuer(wrong *process.Complaints) {
	external := c.TokenProfile == string(token.External)
	wrong.Unless(external || c.TokenProfile == string(token.Cardwall), "TOKEN_PROFILE must be cardwall or external")
	wrong.Unless(c.TokenIssuer != "", "TOKEN_ISSUER must be web's PUBLIC_URL")
	wrong.Unless(external || !strings.HasSuffix(c.TokenIssuer, "/"), "TOKEN_ISSUER must be web's PUBLIC_URL without a slash at its end")
}

func (c *Config) checkKeys(wrong *process.Complaints) {
	if c.TokenSecret != "" {
		wrong.Unless(c.TokenAlgorithm == "" || c.TokenAlgorithm == token.HS512, "TOKEN_ALGORITHM must be HS512, or left out, with TOKEN_SECRET")
		return
	}
	wrong.Unless(slices.Contains([]string{"", token.EdDSA, token.RS256}, c.TokenAlgorithm), "TOKEN_ALGORITHM must be EdDSA or RS256 with TOKEN_JWKS_URL")
	wrong.Unless(c.TokenJWKSRefresh >= time.Second && c.TokenJWKSRefresh <= token.RefreshEvery,
		"TOKEN_JWKS_REFRESH must be from 1s to 5m: web doesn't sign with a key before every api has read it")
	if c.TokenJWKSURL != "" {
		u, err := url.Parse(c.TokenJWKSURL)
		wrong.Unless(err == nil && process.IsHTTP(u), "TOKEN_JWKS_URL must be an http or https address")
	}
}

func (c *Config) pool(watch *telemetry.Telemetry) postgres.Config {
	return postgres.Config{URL: c.DatabaseURL, Schema: schema, Tracer: watch.Queries()}
}

func (c *Config) direct() postgres.Config {
	return postgres.Config{URL: c.DatabaseDirectURL, Schema: schema}
}
