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

	CORSOrigins []string `env:"CORS_ORIGINS"`                // whose pages may call the api; unset: nobody's
	RateLimit   int      `env:"RATE_LIMIT" envDefault:"100"` // requests a second that one person may make of each api; 0: any number

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
	wrong.Unless(c.RateLimit >= 0, "RATE_LIMIT must be 0 or more")
	c.checkOrigins(&wrong)
	c.checkIssuer(&wrong)
	c.checkKeys(&wrong)
	return wrong
}

// checkOrigins wants origins as browsers write them (RFC 6454 §6.2), since they are compared as they are.
func (c *Config) checkOrigins(wrong *process.Complaints) {
	for i, origin := range c.CORSOrigins {
		c.CORSOrigins[i] = strings.TrimSpace(origin)
		wrong.Unless(isOrigin(c.CORSOrigins[i]), "CORS_ORIGINS must be origins such as https://app.example.org, in small letters, without a path or a scheme's own port, separated by commas")
	}
}

func isOrigin(s string) bool {
	u, err := url.Parse(s)
	if err != nil || !process.IsHTTP(u) || s != u.Scheme+"://"+u.Host {
		return false
	}
	own := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	odd := func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-.:[]", r) }
	return u.Port() != own && !strings.HasSuffix(u.Host, ":") && !strings.ContainsFunc(u.Host, odd)
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
