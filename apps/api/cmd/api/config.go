package main

import (
	"cmp"
	"log/slog"

	"cardwall/packages/postgres"
	"cardwall/packages/token"
)

const (
	development = "development"
	defaultAddr = "127.0.0.1:8080"
	schema      = "kanban"
)

// Config is the api's whole configuration; .env.example tells of each variable.
type Config struct {
	Env               string     `env:"APP_ENV" envDefault:"production"`      // production or development
	DatabaseURL       string     `env:"DATABASE_URL"`                         // Postgres; required
	DatabaseDirectURL string     `env:"DATABASE_DIRECT_URL"`                  // the same past a pooler, for locks; default DatabaseURL
	LogLevel          slog.Level `env:"LOG_LEVEL" envDefault:"info"`          // debug, info, warn, error
	LogFormat         string     `env:"LOG_FORMAT"`                           // text or json; text on a terminal, else json
	Addr              string     `env:"API_ADDR" envDefault:"127.0.0.1:8080"` // listen address

	TokenJWKSURL   string `env:"TOKEN_JWKS_URL"`                           // where web publishes its keys; required without TokenSecret
	TokenIssuer    string `env:"TOKEN_ISSUER"`                             // iss of the tokens: web's PUBLIC_URL; required
	TokenAudience  string `env:"TOKEN_AUDIENCE" envDefault:"cardwall-api"` // aud of the tokens
	TokenAlgorithm string `env:"TOKEN_ALGORITHM"`                          // EdDSA (default) or RS256; HS512 with TokenSecret
	TokenProfile   string `env:"TOKEN_PROFILE" envDefault:"cardwall"`      // cardwall, or external for another issuer's tokens
	TokenSecret    string `env:"TOKEN_SECRET"`                             // shared with web, at least 64 bytes; excludes TokenJWKSURL
}

// Check completes the configuration with development's defaults and says what is wrong with it.
func (c *Config) Check() []string {
	if c.Env == development {
		c.TokenIssuer = cmp.Or(c.TokenIssuer, "http://localhost:3000")
		if c.TokenSecret == "" {
			c.TokenJWKSURL = cmp.Or(c.TokenJWKSURL, "http://localhost:3000/api/auth/jwks")
		}
	}
	c.DatabaseDirectURL = cmp.Or(c.DatabaseDirectURL, c.DatabaseURL)

	var complaints []string
	must := func(ok bool, complaint string) {
		if !ok {
			complaints = append(complaints, complaint)
		}
	}
	must(c.Env == "production" || c.Env == development, "APP_ENV must be production or development")
	must(c.DatabaseURL != "", "DATABASE_URL must name the Postgres database")
	must(c.LogFormat == "" || c.LogFormat == "text" || c.LogFormat == "json", "LOG_FORMAT must be text or json")
	must(c.TokenIssuer != "", "TOKEN_ISSUER must be web's PUBLIC_URL")
	must(c.TokenAudience != "", "TOKEN_AUDIENCE must not be empty")
	must((c.TokenSecret == "") != (c.TokenJWKSURL == ""), "exactly one of TOKEN_JWKS_URL and TOKEN_SECRET must be set")
	must(c.TokenSecret == "" || len(c.TokenSecret) >= 64, "TOKEN_SECRET must have at least 64 bytes")
	must(c.TokenProfile == string(token.Cardwall) || c.TokenProfile == string(token.External), "TOKEN_PROFILE must be cardwall or external")
	return complaints
}

func (c *Config) pool() postgres.Config { return postgres.Config{URL: c.DatabaseURL, Schema: schema} }
func (c *Config) direct() postgres.Config {
	return postgres.Config{URL: c.DatabaseDirectURL, Schema: schema}
}
