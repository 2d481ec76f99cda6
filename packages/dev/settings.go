package dev

import (
	"cmp"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
)

// settings are the environment, read: where the apps listen and what they are told. Whatever the
// developer has set wins over what is worked out here.
type settings struct {
	environ          map[string]string
	webAddr, apiAddr string
	publicURL        string
	idpAddr          string            // where the fake identity provider listens; "" without
	providers        map[string]string // points web at it
}

func readSettings(environ []string) (settings, error) {
	s := settings{environ: map[string]string{}}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		s.environ[name] = value
	}
	s.webAddr = cmp.Or(s.environ["WEB_ADDR"], "127.0.0.1:3000")
	s.apiAddr = cmp.Or(s.environ["API_ADDR"], "127.0.0.1:8080")
	for name, addr := range map[string]string{"WEB_ADDR": s.webAddr, "API_ADDR": s.apiAddr} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			return s, fmt.Errorf("%s must be an address with a port, such as 127.0.0.1:3000, not %q", name, addr)
		}
	}
	s.publicURL = cmp.Or(s.environ["PUBLIC_URL"], "http://localhost:"+port(s.webAddr))
	var err error
	s.idpAddr, err = fakeIDPAddr(s.environ, s.publicURL)
	return s, err
}

// web is the environment of apps/web.
func (s settings) web(databaseURL, key string) []string {
	vars := map[string]string{
		"DATABASE_URL":       databaseURL,
		"WEB_ADDR":           s.webAddr,
		"PUBLIC_URL":         s.publicURL,
		"API_URL":            "http://" + s.apiAddr,
		"KEY_ENCRYPTION_KEY": key,
	}
	maps.Copy(vars, s.providers)
	return s.with(vars)
}

// api is the environment of apps/api. With a shared secret there are no keys to fetch.
func (s settings) api(databaseURL string) []string {
	vars := map[string]string{
		"DATABASE_URL": databaseURL,
		"API_ADDR":     s.apiAddr,
		"TOKEN_ISSUER": s.publicURL,
	}
	if s.environ["TOKEN_SECRET"] == "" {
		vars["TOKEN_JWKS_URL"] = "http://" + s.webAddr + "/api/auth/jwks"
	}
	return s.with(vars)
}

func (s settings) with(vars map[string]string) []string {
	vars["APP_ENV"] = "development"
	vars["LOG_LEVEL"] = "warn"
	vars["LOG_FORMAT"] = "text"
	for name, value := range s.environ {
		if value != "" {
			vars[name] = value
		}
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		pairs = append(pairs, name+"="+vars[name])
	}
	return pairs
}

func port(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}
