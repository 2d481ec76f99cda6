package main

import (
	"cmp"
	"log/slog"
	"net/url"

	"cardwall/apps/web/internal/keyring"
	"cardwall/packages/httpserver"
	"cardwall/packages/postgres"
)

const (
	development = "development"
	defaultAddr = "127.0.0.1:3000"
	schema      = "auth"
	audience    = "cardwall-api" // aud of our tokens
)

// Config is web's whole configuration; .env.example tells of each variable.
type Config struct {
	Env               string             `env:"APP_ENV" envDefault:"production"`               // production or development
	DatabaseURL       string             `env:"DATABASE_URL"`                                  // Postgres; required
	DatabaseDirectURL string             `env:"DATABASE_DIRECT_URL"`                           // the same past a pooler, for locks; default DatabaseURL
	LogLevel          slog.Level         `env:"LOG_LEVEL" envDefault:"info"`                   // debug, info, warn, error
	LogFormat         string             `env:"LOG_FORMAT"`                                    // text or json; text on a terminal, else json
	Addr              string             `env:"WEB_ADDR" envDefault:"127.0.0.1:3000"`          // listen address
	PublicURL         url.URL            `env:"PUBLIC_URL" envDefault:"http://localhost:3000"` // the origin that people see
	APIURL            url.URL            `env:"API_URL" envDefault:"http://localhost:8080"`    // the api; never shown to a browser
	TrustedProxies    httpserver.Proxies `env:"TRUSTED_PROXIES"`                               // CIDRs whose forwarded headers count
	ProxyHeaders      []string           `env:"PROXY_REQUEST_HEADERS"`                         // passed on to the api beside the usual ones

	KeyEncryptionKey keyring.EncryptionKey `env:"KEY_ENCRYPTION_KEY"` // 32 bytes in base64: seals the signing keys
	TokenSecret      string                `env:"TOKEN_SECRET"`       // shared with the api, at least 64 bytes; excludes KeyEncryptionKey
}

// Check completes the configuration and says what is wrong with it.
func (c *Config) Check() []string {
	c.DatabaseDirectURL = cmp.Or(c.DatabaseDirectURL, c.DatabaseURL)

	var complaints []string
	must := func(ok bool, complaint string) {
		if !ok {
			complaints = append(complaints, complaint)
		}
	}
	sealed := c.KeyEncryptionKey != keyring.EncryptionKey{}
	must(c.Env == "production" || c.Env == development, "APP_ENV must be production or development")
	must(c.DatabaseURL != "", "DATABASE_URL must name the Postgres database")
	must(c.LogFormat == "" || c.LogFormat == "text" || c.LogFormat == "json", "LOG_FORMAT must be text or json")
	must(isOrigin(&c.PublicURL), "PUBLIC_URL must be an origin such as https://cardwall.example.org, without a path")
	must(isHTTP(&c.APIURL), "API_URL must be an http or https address")
	must(sealed != (c.TokenSecret != ""), "exactly one of KEY_ENCRYPTION_KEY (32 bytes in base64: openssl rand -base64 32) and TOKEN_SECRET must be set")
	must(c.TokenSecret == "" || len(c.TokenSecret) >= 64, "TOKEN_SECRET must have at least 64 bytes")
	return complaints
}

func isHTTP(u *url.URL) bool { return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" }

func isOrigin(u *url.URL) bool {
	return isHTTP(u) && (u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.User == nil && u.Fragment == ""
}

// origin is PUBLIC_URL as tokens name it in iss.
func (c *Config) origin() string { return c.PublicURL.Scheme + "://" + c.PublicURL.Host }

func (c *Config) secure() bool { return c.PublicURL.Scheme == "https" }

func (c *Config) pool() postgres.Config { return postgres.Config{URL: c.DatabaseURL, Schema: schema} }
func (c *Config) direct() postgres.Config {
	return postgres.Config{URL: c.DatabaseDirectURL, Schema: schema}
}
