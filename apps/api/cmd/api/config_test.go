package main

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cardwall/packages/process"
)

// right is a configuration that starts.
func right() map[string]string {
	return map[string]string{
		"DATABASE_URL":   "postgres://api@db.internal/kanban",
		"TOKEN_ISSUER":   "https://cardwall.example.org",
		"TOKEN_JWKS_URL": "https://cardwall.example.org/api/auth/jwks",
	}
}

// with is the right configuration with some variables set otherwise; "" takes one away.
func with(variables ...string) map[string]string {
	environ := right()
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		environ[name] = value
	}
	return environ
}

func TestEachWrongVariableIsNamed(t *testing.T) {
	t.Parallel()
	for variable, environ := range map[string]map[string]string{
		"APP_ENV":                         with("APP_ENV=staging"),
		"DATABASE_URL":                    with("DATABASE_URL="),
		"LOG_LEVEL":                       with("LOG_LEVEL=loud"),
		"LOG_FORMAT":                      with("LOG_FORMAT=xml"),
		"METRICS_ADDR":                    with("METRICS_ADDR=localhost"),
		"OTEL_EXPORTER_OTLP_ENDPOINT":     with("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318"),
		"OTEL_EXPORTER_OTLP_HEADERS":      with("OTEL_EXPORTER_OTLP_HEADERS=key"),
		"OTEL_TRACES_SAMPLER_ARG":         with("OTEL_TRACES_SAMPLER_ARG=2"),
		"TOKEN_ISSUER":                    with("TOKEN_ISSUER="),
		"RATE_LIMIT":                      with("RATE_LIMIT=-1"),
		"RATE_LIMIT must be a whole":      with("RATE_LIMIT=many"),
		"TOKEN_JWKS_URL":                  with("TOKEN_JWKS_URL="),
		"TOKEN_PROFILE":                   with("TOKEN_PROFILE=lenient"),
		"TOKEN_SECRET":                    with("TOKEN_JWKS_URL=", "TOKEN_SECRET="+strings.Repeat("s", 63)),
		"API_ADDR":                        with("API_ADDR=localhost"),
		"TOKEN_ALGORITHM":                 with("TOKEN_ALGORITHM=HS512"),
		"TOKEN_JWKS_URL must be an http":  with("TOKEN_JWKS_URL=web/keys"),
		"TOKEN_JWKS_REFRESH must be from": with("TOKEN_JWKS_REFRESH=5m1s"),
		"TOKEN_JWKS_REFRESH":              with("TOKEN_JWKS_REFRESH=999ms"),
		"without a slash":                 with("TOKEN_ISSUER=https://cardwall.example.org/"),
		"exactly one of":                  with("TOKEN_SECRET=" + strings.Repeat("s", 64)),
	} {
		t.Run(variable, func(t *testing.T) {
			t.Parallel()
			_, err := process.ReadConfig[Config](environ)
			if err == nil || !strings.Contains(err.Error(), variable) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOriginsAreAsBrowsersWriteThem(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{
		"*", "null", "app.example.org", "https://*.example.org", "https://app.example.org/", "https://app.example.org/app", "https://app.example.org?x",
		"https://APP.example.org", "https://app.example.org:443", "http://localhost:80", "https://me@app.example.org", "ftp://app.example.org",
		"https://", "https://app.example.org:", "https://bücher.example", "https://a.example, *", "https://a.example,",
	} {
		_, err := process.ReadConfig[Config](with("CORS_ORIGINS=" + wrong))
		if err == nil || !strings.Contains(err.Error(), "CORS_ORIGINS must be") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	config, err := process.ReadConfig[Config](with("CORS_ORIGINS=https://app.example.org, http://localhost:5173,http://[::1]:8080"))
	if err != nil || !slices.Equal(config.CORSOrigins, []string{"https://app.example.org", "http://localhost:5173", "http://[::1]:8080"}) {
		t.Errorf("%v, %q", err, config.CORSOrigins)
	}
	if config.RateLimit != 100 {
		t.Errorf("the default rate limit is %d", config.RateLimit)
	}
}

func TestEveryWrongVariableIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := process.ReadConfig[Config](map[string]string{"APP_ENV": "staging", "LOG_LEVEL": "loud"})
	if err == nil {
		t.Fatal("it was taken")
	}
	for _, variable := range []string{"APP_ENV", "LOG_LEVEL", "DATABASE_URL", "TOKEN_ISSUER", "TOKEN_JWKS_URL"} {
		if !strings.Contains(err.Error(), variable) {
			t.Errorf("%s isn't named in:\n%v", variable, err)
		}
	}
}

func TestNoSecretIsEchoed(t *testing.T) {
	t.Parallel()
	for _, environ := range []map[string]string{
		with("APP_ENV=staging", "TOKEN_SECRET=hush", "DATABASE_URL=postgres://api:hush@db.internal/kanban"),
		with("DATABASE_URL=postgres://api:hush@db.internal:port/kanban"),
		with("DATABASE_URL=postgres://api:hush%zz@db.internal/kanban"),
		with("DATABASE_DIRECT_URL=host=db.internal password=hush port=port"),
	} {
		var out strings.Builder
		err := migrateOnly(t.Context(), environ, &out)
		if err == nil {
			t.Errorf("%v was taken", environ)
			continue
		}
		if strings.Contains(err.Error()+out.String(), "hush") {
			t.Errorf("a secret is shown: %v\n%s", err, out.String())
		}
	}
}

func TestProductionHasNoDevelopmentDefaults(t *testing.T) {
	t.Parallel()
	config, err := process.ReadConfig[Config](with("TOKEN_ISSUER="))
	if err == nil || config.Env != "production" || config.TokenIssuer != "" {
		t.Errorf("got %+v, %v", config, err)
	}
}

func TestDevelopmentNeedsADatabaseOnly(t *testing.T) {
	t.Parallel()
	config, err := process.ReadConfig[Config](map[string]string{"APP_ENV": "development", "DATABASE_URL": "postgres:///kanban"})
	if err != nil {
		t.Fatal(err)
	}
	if config.TokenIssuer != "http://localhost:3000" || config.TokenJWKSURL != "http://localhost:3000/api/auth/jwks" {
		t.Errorf("it trusts %q with the keys at %q", config.TokenIssuer, config.TokenJWKSURL)
	}
	if config.DatabaseDirectURL != config.DatabaseURL {
		t.Errorf("locks go to %q", config.DatabaseDirectURL)
	}
	if config.Addr != defaultAddr {
		t.Errorf("it listens at %q, and the health command asks %q", config.Addr, defaultAddr)
	}
}

func TestASharedSecretTakesThePlaceOfPublishedKeys(t *testing.T) {
	t.Parallel()
	secret := "TOKEN_SECRET=" + strings.Repeat("s", 64)
	for _, environ := range []map[string]string{
		with("TOKEN_JWKS_URL=", secret),
		with("TOKEN_JWKS_URL=", secret, "APP_ENV=development"),
	} {
		config, err := process.ReadConfig[Config](environ)
		if err != nil || config.TokenJWKSURL != "" {
			t.Errorf("got %q, %v", config.TokenJWKSURL, err)
		}
	}
}

func TestTheExampleListsEveryVariableWithItsDefault(t *testing.T) {
	t.Parallel()
	told := readExample(t, "Both apps", "api")
	read, err := process.Variables(&Config{})
	if err != nil {
		t.Fatal(err)
	}
	if names := slices.Sorted(maps.Keys(told)); !slices.Equal(names, read) {
		t.Errorf(".env.example tells of %q, the api reads %q", names, read)
	}
	for field := range reflect.TypeFor[Config]().Fields() {
		name, want := field.Tag.Get("env"), field.Tag.Get("envDefault")
		if told[name] != want {
			t.Errorf("%s is %q when unset, .env.example tells %q", name, want, told[name])
		}
	}
}

// readExample reads .env.example, whose sections are only those for the api, for web and for both.
func readExample(t *testing.T, sections ...string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{}
	section := ""
	variable := regexp.MustCompile(`^#([A-Z_]+)=(.*)$`)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
			if !slices.Contains([]string{"Both apps", "api", "web"}, section) {
				t.Errorf("nothing reads the section %q", section)
			}
		}
		if found := variable.FindStringSubmatch(line); found != nil && slices.Contains(sections, section) {
			variables[found[1]] = found[2]
		}
	}
	return variables
}
