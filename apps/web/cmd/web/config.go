package main

import (
	"fmt"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/mail"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/proxy"
	"cardwall/packages/httpserver"
	"cardwall/packages/postgres"
	"cardwall/packages/process"
	"cardwall/packages/telemetry"
	"cardwall/packages/token"
)

const (
	defaultAddr = "127.0.0.1:3000"
	audience    = "cardwall-api" // aud of our tokens
)

// Config is web's whole configuration; .env.example tells of each variable.
type Config struct {
	process.Settings
	telemetry.Options
	Addr           string             `env:"WEB_ADDR" envDefault:"127.0.0.1:3000"`          // listen address
	PublicURL      url.URL            `env:"PUBLIC_URL" envDefault:"http://localhost:3000"` // the origin that people see
	APIURL         url.URL            `env:"API_URL" envDefault:"http://localhost:8080"`    // the api; never shown to a browser
	TrustedProxies httpserver.Proxies `env:"TRUSTED_PROXIES"`                               // CIDRs whose forwarded headers count
	ProxyHeaders   []string           `env:"PROXY_REQUEST_HEADERS"`                         // passed on to the api beside the usual ones

	BodyLimit         httpserver.Size `env:"BODY_LIMIT" envDefault:"1MiB"`        // of a JSON body on its way to the api
	UploadLimit       httpserver.Size `env:"UPLOAD_LIMIT" envDefault:"100MiB"`    // of any other
	RequestsPerPerson int             `env:"REQUESTS_PER_PERSON" envDefault:"64"` // to the api, in flight at once
	StreamsPerPerson  int             `env:"STREAMS_PER_PERSON" envDefault:"64"`  // of events, open at once
	APIConnections    int             `env:"API_CONNECTIONS" envDefault:"4096"`   // to the api at most
	APITimeout        time.Duration   `env:"API_TIMEOUT" envDefault:"30s"`        // until the api's answer begins

	SignUp        identity.SignUpMode `env:"SIGN_UP" envDefault:"open"` // open, invite or closed: who may become a person here
	SignUpDomains []string            `env:"SIGN_UP_DOMAINS"`           // whose e-mails may; unset: any

	SMTP     mail.Server `env:"SMTP_URL"`  // sends the mails; unset: none are sent, in development they are kept as files
	MailFrom mail.From   `env:"MAIL_FROM"` // who they come from

	KeyEncryptionKey keyring.EncryptionKey `env:"KEY_ENCRYPTION_KEY"` // 32 bytes in base64: seals the signing keys
	TokenSecret      string                `env:"TOKEN_SECRET"`       // shared with the api, at least 64 bytes; excludes KeyEncryptionKey

	KeyRotateEvery   time.Duration `env:"KEY_ROTATE_EVERY" envDefault:"720h"`  // how long a key signs; 0: until `web keys rotate`
	KeyPublishBefore time.Duration `env:"KEY_PUBLISH_BEFORE" envDefault:"10m"` // from a key's publishing to its signing
	KeyKeepAfter     time.Duration `env:"KEY_KEEP_AFTER" envDefault:"5m"`      // from a key's last signing to its end
	Providers                      // of sign-in: see providers.go
}

// Check completes the configuration and says what is wrong with it.
func (c *Config) Check() process.Complaints {
	wrong := append(c.Settings.Check(), c.Options.Check()...)
	canonicalise(&c.PublicURL)
	sealed := c.KeyEncryptionKey != keyring.EncryptionKey{}
	wrong.UnlessAddress("WEB_ADDR", c.Addr)
	wrong.Unless(isOrigin(&c.PublicURL), "PUBLIC_URL must be an origin such as https://cardwall.example.org, without a path")
	wrong.Unless(c.secure() || isLocal(c.PublicURL.Hostname()), "PUBLIC_URL must be https, except on localhost: the session's cookie would travel in the clear")
	wrong.Unless(process.IsHTTP(&c.APIURL), "API_URL must be an http or https address, without a person or a query")
	wrong.Unless(sealed != (c.TokenSecret != ""), "exactly one of KEY_ENCRYPTION_KEY (32 bytes in base64: openssl rand -base64 32) and TOKEN_SECRET must be set")
	wrong.Unless(c.TokenSecret == "" || len(c.TokenSecret) >= 64, "TOKEN_SECRET must have at least 64 bytes")
	c.checkRotation(&wrong)
	wrong = append(wrong, c.checkProviders()...)
	c.checkSignUp(&wrong)
	if c.Development() && c.MailFrom.Address.Address == "" {
		c.MailFrom.Address = netmail.Address{Name: "Cardwall", Address: "cardwall@localhost"}
	}
	wrong.Unless(!c.SMTP.Named() || c.MailFrom.Address.Address != "", "MAIL_FROM must say whom mails come from, such as Cardwall <cardwall@example.org>, when SMTP_URL is set")
	c.checkProxy(&wrong)
	return wrong
}

// checkSignUp writes the domains as e-mails have them.
func (c *Config) checkSignUp(wrong *process.Complaints) {
	modes := []identity.SignUpMode{identity.SignUpOpen, identity.SignUpInvite, identity.SignUpClosed}
	wrong.Unless(slices.Contains(modes, c.SignUp), "SIGN_UP must be open, invite or closed")
	for i, domain := range c.SignUpDomains {
		domain, err := identity.ParseDomain(strings.TrimSpace(domain))
		wrong.Unless(err == nil, "SIGN_UP_DOMAINS must be domains such as example.org, separated by commas")
		c.SignUpDomains[i] = domain
	}
}

func (c *Config) signUpRules() identity.SignUpRules {
	return identity.SignUpRules{Mode: c.SignUp, Domains: c.SignUpDomains}
}

// checkRotation holds the timetable to the times that it must be longer than. Development may watch a hasty one: no
// browser keeps a token, and what is not known can be asked for.
func (c *Config) checkRotation(wrong *process.Complaints) {
	ahead, keep := token.LeastAhead, token.LeastKeep
	if c.Development() {
		ahead, keep = time.Second, time.Second
	}
	wrong.Unless(c.KeyPublishBefore >= ahead, fmt.Sprintf("KEY_PUBLISH_BEFORE must be %s or more: until then, not every api knows a new key", ahead))
	wrong.Unless(c.KeyKeepAfter >= keep, fmt.Sprintf("KEY_KEEP_AFTER must be %s or more: until then, the old key's last tokens live", keep))
	wrong.Unless(c.KeyRotateEvery == 0 || c.KeyRotateEvery >= c.KeyPublishBefore+c.KeyKeepAfter,
		"KEY_ROTATE_EVERY must be 0, or not shorter than KEY_PUBLISH_BEFORE and KEY_KEEP_AFTER together")
}

func (c *Config) checkProxy(wrong *process.Complaints) {
	for _, name := range c.ProxyHeaders {
		wrong.Unless(!proxy.Never(name), "PROXY_REQUEST_HEADERS must not name "+name+": it never passes")
	}
	wrong.Unless(c.RequestsPerPerson > 0, "REQUESTS_PER_PERSON must be 1 or more")
	wrong.Unless(c.StreamsPerPerson > 0, "STREAMS_PER_PERSON must be 1 or more")
	wrong.Unless(c.APIConnections >= 4, "API_CONNECTIONS must be 4 or more")
	wrong.Unless(c.APITimeout >= time.Second, "API_TIMEOUT must be 1s or more")
}

func (c *Config) proxyLimits() proxy.Limits {
	return proxy.Limits{
		BodyLimit: c.BodyLimit, UploadLimit: c.UploadLimit, RequestsPerPerson: c.RequestsPerPerson, StreamsPerPerson: c.StreamsPerPerson,
		Connections: c.APIConnections, AnswerTimeout: c.APITimeout,
	}
}

func (c *Config) rotation() token.Rotation {
	return token.Rotation{Every: c.KeyRotateEvery, Ahead: c.KeyPublishBefore, Keep: c.KeyKeepAfter}
}

func isOrigin(u *url.URL) bool { return process.IsHTTP(u) && (u.Path == "" || u.Path == "/") }

// canonicalise writes an origin as browsers do (RFC 6454 §6.2): in small letters, without the scheme's own port and a
// slash. Everything after that compares it as it is, and iss has one form.
func canonicalise(origin *url.URL) {
	port := map[string]string{"http": ":80", "https": ":443"}[origin.Scheme]
	origin.Host = strings.TrimSuffix(strings.ToLower(origin.Host), port)
	if origin.Path == "/" {
		origin.Path = ""
	}
}

// isLocal reports whether a host is this machine, where browsers take plain http for safe (Secure Contexts §3.1).
func isLocal(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// origin is PUBLIC_URL as tokens name it in iss.
func (c *Config) origin() string { return c.PublicURL.Scheme + "://" + c.PublicURL.Host }

func (c *Config) secure() bool { return c.PublicURL.Scheme == "https" }

func (c *Config) pool() postgres.Config {
	return postgres.Config{URL: c.DatabaseURL, Schema: store.Schema}
}

func (c *Config) watchedPool(watch *telemetry.Telemetry) postgres.Config {
	pool := c.pool()
	pool.Tracer = watch.Queries()
	return pool
}

func (c *Config) direct() postgres.Config {
	return postgres.Config{URL: c.DatabaseDirectURL, Schema: store.Schema}
}
