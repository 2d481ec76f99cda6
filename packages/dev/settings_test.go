package dev

import (
	"slices"
	"strings"
	"testing"

	"cardwall/packages/fakeidp"
)

func TestSettings(t *testing.T) {
	t.Parallel()

	t.Run("without any, everything has its usual place", func(t *testing.T) {
		t.Parallel()
		s := settingsFrom(t)
		wantAll(t, s.web("postgres://db", "key"), "APP_ENV=development", "DATABASE_URL=postgres://db", "KEY_ENCRYPTION_KEY=key",
			"WEB_ADDR=127.0.0.1:3000", "PUBLIC_URL=http://localhost:3000", "API_URL=http://127.0.0.1:8080", "LOG_LEVEL=warn")
		wantAll(t, s.api("postgres://db"), "APP_ENV=development", "DATABASE_URL=postgres://db", "API_ADDR=127.0.0.1:8080",
			"TOKEN_ISSUER=http://localhost:3000", "TOKEN_JWKS_URL=http://127.0.0.1:3000/api/auth/jwks")
	})

	t.Run("another port moves what follows from it", func(t *testing.T) {
		t.Parallel()
		s := settingsFrom(t, "WEB_ADDR=127.0.0.1:3100", "API_ADDR=127.0.0.1:8180")
		wantAll(t, s.web("", ""), "PUBLIC_URL=http://localhost:3100", "API_URL=http://127.0.0.1:8180")
		wantAll(t, s.api(""), "TOKEN_ISSUER=http://localhost:3100", "TOKEN_JWKS_URL=http://127.0.0.1:3100/api/auth/jwks")
	})

	t.Run("what the developer sets wins, and the rest comes along", func(t *testing.T) {
		t.Parallel()
		s := settingsFrom(t, "LOG_LEVEL=debug", "PUBLIC_URL=https://wall.test", "GOOGLE_CLIENT_ID=me", "API_URL=http://elsewhere")
		wantAll(t, s.web("", ""), "LOG_LEVEL=debug", "PUBLIC_URL=https://wall.test", "GOOGLE_CLIENT_ID=me", "API_URL=http://elsewhere")
		wantAll(t, s.api(""), "TOKEN_ISSUER=https://wall.test")
	})

	t.Run("a shared secret needs no keys", func(t *testing.T) {
		t.Parallel()
		for _, pair := range settingsFrom(t, "TOKEN_SECRET=secret").api("") {
			if pair == "TOKEN_JWKS_URL=http://127.0.0.1:3000/api/auth/jwks" {
				t.Error("both are set")
			}
		}
	})
}

func TestAFakeIdentityProviderIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	for _, environ := range [][]string{
		{"DEV_IDP=1", "PUBLIC_URL=https://wall.test"},
		{"DEV_IDP=1", "PUBLIC_URL=https://localhost.wall.test"},
		{"DEV_IDP=1", "PUBLIC_URL=http://192.0.2.1:3000"},
		{"DEV_IDP=1", "PUBLIC_URL=://"},
		{"DEV_IDP=yes"},
	} {
		if s, err := readSettings(environ); err == nil {
			t.Errorf("%v: it would listen on %s", environ, s.idpAddr)
		}
	}
	for _, environ := range [][]string{
		{"DEV_IDP=1"}, {"DEV_IDP=1", "PUBLIC_URL=https://localhost:8443"}, {"DEV_IDP=1", "PUBLIC_URL=http://127.0.0.1:3000"}, {"DEV_IDP=1", "PUBLIC_URL=http://[::1]:3000"},
	} {
		if got := settingsFrom(t, environ...).idpAddr; got != "127.0.0.1:3900" {
			t.Errorf("%v: it would listen on %q", environ, got)
		}
	}
	for _, environ := range [][]string{nil, {"DEV_IDP="}, {"DEV_IDP=0", "PUBLIC_URL=https://wall.test"}} {
		if got := settingsFrom(t, environ...).idpAddr; got != "" {
			t.Errorf("%v: it would listen on %q", environ, got)
		}
	}
}

func TestADevelopersOwnClientIsNotTakenForTheFakes(t *testing.T) {
	t.Parallel()
	idp, err := fakeidp.Start(fakeidp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(idp.Down)
	s := settingsFrom(t, "GOOGLE_CLIENT_ID=mine", "GOOGLE_CLIENT_SECRET=hush")
	s.providers = s.faked(idp)
	web := s.web("", "")
	wantAll(t, web, "GOOGLE_CLIENT_ID=mine", "GOOGLE_CLIENT_SECRET=hush", "GITHUB_URL="+idp.GitHub(), "OIDC_ISSUER="+idp.OIDC(), "GITHUB_CLIENT_ID="+fakeidp.ClientID)
	for _, pair := range web {
		if strings.HasPrefix(pair, "GOOGLE_URL=") {
			t.Errorf("Google would be asked at %s", pair)
		}
	}
}

func settingsFrom(t *testing.T, environ ...string) settings {
	t.Helper()
	s, err := readSettings(environ)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantAll(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, pair := range want {
		if !slices.Contains(got, pair) {
			t.Errorf("%s is missing in %v", pair, got)
		}
	}
}
