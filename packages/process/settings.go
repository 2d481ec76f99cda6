package process

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"net/url"
)

const (
	production  = "production"
	development = "development"
)

// Settings are what every program of ours is told; each app's configuration embeds them.
type Settings struct {
	Env               string     `env:"APP_ENV" envDefault:"production"` // production or development
	DatabaseURL       string     `env:"DATABASE_URL"`                    // Postgres; required
	DatabaseDirectURL string     `env:"DATABASE_DIRECT_URL"`             // the same past a pooler, for locks and LISTEN; default DatabaseURL
	LogLevel          slog.Level `env:"LOG_LEVEL" envDefault:"info"`     // debug, info, warn, error
	LogFormat         string     `env:"LOG_FORMAT"`                      // text or json; text on a terminal, else json
}

// Development reports whether development's defaults apply.
func (s *Settings) Development() bool { return s.Env == development }

// Check completes the settings and says what is wrong with them.
func (s *Settings) Check() Complaints {
	s.DatabaseDirectURL = cmp.Or(s.DatabaseDirectURL, s.DatabaseURL)
	var wrong Complaints
	wrong.Unless(s.Env == production || s.Env == development, "APP_ENV must be production or development")
	wrong.Unless(s.DatabaseURL != "", "DATABASE_URL must name the Postgres database")
	wrong.Unless(s.LogFormat == "" || s.LogFormat == "text" || s.LogFormat == "json", "LOG_FORMAT must be text or json")
	return wrong
}

// Complaints are the sentences about what is wrong with a configuration.
type Complaints []string

// Unless adds a sentence if something isn't so.
func (c *Complaints) Unless(so bool, sentence string) {
	if !so {
		*c = append(*c, sentence)
	}
}

// UnlessAddress adds a sentence if a listen address isn't host:port, where the host may be left out.
func (c *Complaints) UnlessAddress(variable, addr string) {
	_, port, err := net.SplitHostPort(addr)
	c.Unless(err == nil && port != "", fmt.Sprintf("%s must be a listen address such as 127.0.0.1:8080 or :8080", variable))
}

// IsHTTP reports whether an address is an absolute one over http or https, without a person, query or fragment.
func IsHTTP(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}
