package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/proxy"
	"cardwall/packages/process"
	"cardwall/packages/token"
)

// key is a KEY_ENCRYPTION_KEY: 32 zero bytes would be none, so the last one isn't.
var key = strings.Repeat("A", 42) + "E="

// right is a configuration that starts.
func right() map[string]string {
	return map[string]string{
		"DATABASE_URL":       "postgres://web@db.internal/auth",
		"PUBLIC_URL":         "https://cardwall.example.org",
		"API_URL":            "http://api.internal:8080",
		"KEY_ENCRYPTION_KEY": key,
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
	for name, c := range map[string]struct {
		environ map[string]string
		named   string
	}{
		"an_unknown_environment":     {with("APP_ENV=staging"), "APP_ENV"},
		"no_database":                {with("DATABASE_URL="), "DATABASE_URL"},
		"an_unknown_log_level":       {with("LOG_LEVEL=loud"), "LOG_LEVEL"},
		"an_unknown_log_format":      {with("LOG_FORMAT=xml"), "LOG_FORMAT"},
		"no_address_for_metrics":     {with("METRICS_ADDR=localhost"), "METRICS_ADDR"},
		"a_collector_without_scheme": {with("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318"), "OTEL_EXPORTER_OTLP_ENDPOINT"},
		"no_pairs_for_a_collector":   {with("OTEL_EXPORTER_OTLP_HEADERS=key"), "OTEL_EXPORTER_OTLP_HEADERS"},
		"more_than_all_traces":       {with("OTEL_TRACES_SAMPLER_ARG=2"), "OTEL_TRACES_SAMPLER_ARG"},
		"an_origin_without_a_scheme": {with("PUBLIC_URL=cardwall.example.org"), "PUBLIC_URL"},
		"an_origin_with_a_path":      {with("PUBLIC_URL=https://example.org/cardwall"), "PUBLIC_URL"},
		"an_origin_with_a_query":     {with("PUBLIC_URL=https://example.org?x=1"), "PUBLIC_URL"},
		"an_origin_with_a_fragment":  {with("PUBLIC_URL=https://example.org/#x"), "PUBLIC_URL"},
		"an_origin_with_a_person":    {with("PUBLIC_URL=https://me@example.org"), "PUBLIC_URL"},
		"an_origin_that_is_none":     {with("PUBLIC_URL=https://[example"), "PUBLIC_URL"},
		"an_api_without_a_scheme":    {with("API_URL=api:8080"), "API_URL"},
		"an_origin_in_the_clear":     {with("PUBLIC_URL=http://cardwall.example.org"), "PUBLIC_URL"},
		"an_api_with_a_person":       {with("API_URL=http://me@api:8080"), "API_URL"},
		"an_address_without_a_port":  {with("WEB_ADDR=localhost"), "WEB_ADDR"},
		"a_header_that_never_passes": {with("PROXY_REQUEST_HEADERS=X-Tenant,cookie"), "PROXY_REQUEST_HEADERS"},
		"a_leave_taken_for_others":   {with("PROXY_REQUEST_HEADERS=x-confirm"), "PROXY_REQUEST_HEADERS must not name x-confirm"},
		"a_body_of_nothing":          {with("BODY_LIMIT=0"), "BODY_LIMIT must be a size such as"},
		"an_upload_in_other_units":   {with("UPLOAD_LIMIT=100MB"), "UPLOAD_LIMIT must be a size such as"},
		"no_request_of_anybody":      {with("REQUESTS_PER_PERSON=0"), "REQUESTS_PER_PERSON must be 1 or more"},
		"no_stream_of_anybody":       {with("STREAMS_PER_PERSON=-1"), "STREAMS_PER_PERSON must be 1 or more"},
		"no_connection_to_the_api":   {with("API_CONNECTIONS=3"), "API_CONNECTIONS must be 4 or more"},
		"no_time_for_the_api":        {with("API_TIMEOUT=10ms"), "API_TIMEOUT must be 1s or more"},
		"an_api_of_another_kind":     {with("API_URL=unix:///run/api"), "API_URL"},
		"proxies_by_name":            {with("TRUSTED_PROXIES=caddy"), "TRUSTED_PROXIES"},
		"a_short_key":                {with("KEY_ENCRYPTION_KEY=c2hvcnQ="), "KEY_ENCRYPTION_KEY"},
		"no_key":                     {with("KEY_ENCRYPTION_KEY="), "KEY_ENCRYPTION_KEY"},
		"a_key_of_zeros":             {with("KEY_ENCRYPTION_KEY=" + strings.Repeat("A", 43) + "="), "KEY_ENCRYPTION_KEY"},
		"mail_without_a_scheme":      {with("SMTP_URL=mail.example.org", "MAIL_FROM=a@b.example"), "SMTP_URL"},
		"a_password_in_the_clear":    {with("SMTP_URL=smtp://me:hush@mail?starttls=no", "MAIL_FROM=a@b.example"), "SMTP_URL"},
		"mail_from_nobody":           {with("SMTP_URL=smtps://mail.example.org"), "MAIL_FROM"},
		"mail_from_no_address":       {with("SMTP_URL=smtps://mail.example.org", "MAIL_FROM=Cardwall"), "MAIL_FROM"},
		"a_short_secret":             {with("KEY_ENCRYPTION_KEY=", "TOKEN_SECRET="+strings.Repeat("s", 63)), "TOKEN_SECRET"},
		"an_unknown_sign_up":         {with("SIGN_UP=sometimes"), "SIGN_UP must be"},
		"a_domain_with_a_person":     {with("SIGN_UP_DOMAINS=example.org,ines@example.net"), "SIGN_UP_DOMAINS"},
		"an_empty_domain":            {with("SIGN_UP_DOMAINS=example.org,"), "SIGN_UP_DOMAINS"},
		"a_key_that_signs_too_early": {with("KEY_PUBLISH_BEFORE=7m59s"), "KEY_PUBLISH_BEFORE must be 8m0s or more"},
		"a_key_that_goes_too_early":  {with("KEY_KEEP_AFTER=3m59s"), "KEY_KEEP_AFTER must be 4m0s or more"},
		"keys_that_trip_over_others": {with("KEY_ROTATE_EVERY=14m59s"), "KEY_ROTATE_EVERY must be 0, or not shorter than KEY_PUBLISH_BEFORE and KEY_KEEP_AFTER together"},
		"a_key_for_less_than_never":  {with("KEY_ROTATE_EVERY=-1h"), "KEY_ROTATE_EVERY"},
		"a_time_that_is_none":        {with("KEY_KEEP_AFTER=5"), "KEY_KEEP_AFTER must be a duration such as 30s"},
		"a_key_and_a_secret":         {with("TOKEN_SECRET=" + strings.Repeat("s", 64)), "exactly one of"},

		"google_without_a_secret":     {with("GOOGLE_CLIENT_ID=id"), "GOOGLE_CLIENT_SECRET must be set too, because GOOGLE_CLIENT_ID is"},
		"google_without_an_id":        {with("GOOGLE_CLIENT_SECRET=hush"), "GOOGLE_CLIENT_ID must be set too"},
		"github_without_a_secret":     {with("GITHUB_CLIENT_ID=id"), "GITHUB_CLIENT_SECRET must be set too"},
		"github_without_an_id":        {with("GITHUB_CLIENT_SECRET=hush"), "GITHUB_CLIENT_ID must be set too"},
		"an_issuer_without_a_client":  {with("OIDC_ISSUER=https://id.example.org"), "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set too"},
		"a_client_without_an_issuer":  {with("OIDC_CLIENT_ID=id", "OIDC_CLIENT_SECRET=hush"), "OIDC_ISSUER must be set too"},
		"an_issuer_in_the_clear":      {with("OIDC_ISSUER=http://id.example.org"), "OIDC_ISSUER must be an https address"},
		"an_issuer_that_is_none":      {with("OIDC_ISSUER=id.example.org"), "OIDC_ISSUER must be an https address"},
		"an_issuer_with_a_query":      {with("OIDC_ISSUER=https://id.example.org?x=1"), "OIDC_ISSUER must be an https address"},
		"a_long_name":                 {with("OIDC_NAME=" + strings.Repeat("n", 41)), "OIDC_NAME"},
		"an_unknown_prompt":           {with("GOOGLE_PROMPT=consent please"), "GOOGLE_PROMPT"},
		"a_prompt_against_the_others": {with("GOOGLE_PROMPT=none consent"), "GOOGLE_PROMPT"},
		"an_unknown_access_type":      {with("GOOGLE_ACCESS_TYPE=on"), "GOOGLE_ACCESS_TYPE"},
		"another_google_elsewhere":    {with("GOOGLE_URL=https://google.example"), "GOOGLE_URL"},
		"another_github_elsewhere":    {with("GITHUB_URL=https://github.example"), "GITHUB_URL"},
		"another_google_of_what":      {with("GOOGLE_URL=localhost:9000"), "GOOGLE_URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := process.ReadConfig[Config](c.environ)
			if err == nil || !strings.Contains(err.Error(), c.named) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestEveryWrongVariableIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := process.ReadConfig[Config](map[string]string{"APP_ENV": "staging", "TRUSTED_PROXIES": "caddy", "API_URL": "api"})
	if err == nil {
		t.Fatal("it was taken")
	}
	for _, variable := range []string{"APP_ENV", "DATABASE_URL", "TRUSTED_PROXIES", "API_URL", "KEY_ENCRYPTION_KEY"} {
		if !strings.Contains(err.Error(), variable) {
			t.Errorf("%s isn't named in:\n%v", variable, err)
		}
	}
}

func TestNoSecretIsEchoed(t *testing.T) {
	t.Parallel()
	for _, environ := range []map[string]string{
		with("KEY_ENCRYPTION_KEY=hush"),
		with("KEY_ENCRYPTION_KEY=", "TOKEN_SECRET=hush"),
		with("APP_ENV=staging", "DATABASE_URL=postgres://web:hush@db.internal/auth"),
		with("PUBLIC_URL=https://me:hush@cardwall.example.org"),
		with("API_URL=ftp://me:hush@api.internal"),
		with("SMTP_URL=smtp://me:hush@mail?starttls=no"),
		with("DATABASE_URL=postgres://web:hush@db.internal:port/auth"),
		with("DATABASE_URL=postgres://web:hush%zz@db.internal/auth"),
		with("DATABASE_DIRECT_URL=host=db.internal password=hush port=port"),
		with("GOOGLE_CLIENT_SECRET=hush"),
		with("GITHUB_CLIENT_SECRET=hush"),
		with("OIDC_CLIENT_SECRET=hush", "OIDC_ISSUER=https://me:hush@id.example.org"),
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

func TestUnsetVariablesHaveTheirDefaults(t *testing.T) {
	t.Parallel()
	config, err := process.ReadConfig[Config](map[string]string{"DATABASE_URL": "postgres:///auth", "KEY_ENCRYPTION_KEY": key})
	if err != nil {
		t.Fatal(err)
	}
	if config.Env != "production" || config.DatabaseDirectURL != config.DatabaseURL || len(config.TrustedProxies) > 0 {
		t.Errorf("got %+v", config)
	}
	if config.Addr != defaultAddr {
		t.Errorf("it listens at %q, and the health command asks %q", config.Addr, defaultAddr)
	}
	if config.origin() != "http://localhost:3000" || config.secure() {
		t.Errorf("the origin is %q, secure: %v", config.origin(), config.secure())
	}
}

func TestTheProxysLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		environ map[string]string
		want    proxy.Limits
	}{
		"by_default": {right(), proxy.Limits{
			BodyLimit: 1 << 20, UploadLimit: 100 << 20, RequestsPerPerson: 64, StreamsPerPerson: 64, Connections: 4096, AnswerTimeout: 30 * time.Second,
		}},
		"as_told": {
			with("BODY_LIMIT=64KiB", "UPLOAD_LIMIT=1GiB", "REQUESTS_PER_PERSON=1", "STREAMS_PER_PERSON=2", "API_CONNECTIONS=4", "API_TIMEOUT=5s"),
			proxy.Limits{BodyLimit: 64 << 10, UploadLimit: 1 << 30, RequestsPerPerson: 1, StreamsPerPerson: 2, Connections: 4, AnswerTimeout: 5 * time.Second},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := process.ReadConfig[Config](c.environ)
			if err != nil || config.proxyLimits() != c.want {
				t.Errorf("got %+v, %v", config.proxyLimits(), err)
			}
		})
	}
}

func TestTheOriginIsThePublicURLAsBrowsersWriteIt(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"https://cardwall.example.org/":    "https://cardwall.example.org",
		"https://Cardwall.Example.org:443": "https://cardwall.example.org",
		"HTTPS://cardwall.example.org":     "https://cardwall.example.org",
		"https://cardwall.example.org:80":  "https://cardwall.example.org:80",
		"http://LocalHost:80":              "http://localhost",
		"http://localhost:3000":            "http://localhost:3000",
	} {
		config, err := process.ReadConfig[Config](with("PUBLIC_URL=" + given))
		if err != nil || config.origin() != want || config.PublicURL.String() != want || config.secure() != strings.HasPrefix(want, "https:") {
			t.Errorf("%s: %q, %q, secure: %v, %v", given, config.origin(), config.PublicURL.String(), config.secure(), err)
		}
	}
}

func TestSignUpDomainsAreWrittenAsEmailsHaveThem(t *testing.T) {
	t.Parallel()
	config, err := process.ReadConfig[Config](with("SIGN_UP=invite", "SIGN_UP_DOMAINS=Example.org, Bücher.example"))
	if err != nil || config.SignUp != identity.SignUpInvite || !slices.Equal(config.SignUpDomains, []string{"example.org", "xn--bcher-kva.example"}) {
		t.Errorf("%q %q %v", config.SignUp, config.SignUpDomains, err)
	}
}

func TestASharedSecretTakesThePlaceOfTheKey(t *testing.T) {
	t.Parallel()
	if _, err := process.ReadConfig[Config](with("KEY_ENCRYPTION_KEY=", "TOKEN_SECRET="+strings.Repeat("s", 64))); err != nil {
		t.Error(err)
	}
}

func TestTheTimetableOfTheKeys(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		environ map[string]string
		want    token.Rotation
	}{
		"by_default":                {right(), token.Rotation{Every: 30 * day, Ahead: 10 * time.Minute, Keep: 5 * time.Minute}},
		"by_hand_alone":             {with("KEY_ROTATE_EVERY=0"), token.Rotation{Ahead: 10 * time.Minute, Keep: 5 * time.Minute}},
		"as_hasty_as_can_be":        {with("KEY_ROTATE_EVERY=12m", "KEY_PUBLISH_BEFORE=8m", "KEY_KEEP_AFTER=4m"), token.Rotation{Every: 12 * time.Minute, Ahead: token.LeastAhead, Keep: token.LeastKeep}},
		"to_watch_it_in_no_time":    {with("APP_ENV=development", "KEY_PUBLISH_BEFORE=3s", "KEY_KEEP_AFTER=2s"), token.Rotation{Every: 30 * day, Ahead: 3 * time.Second, Keep: 2 * time.Second}},
		"with_a_secret_and_no_keys": {with("KEY_ENCRYPTION_KEY=", "TOKEN_SECRET="+strings.Repeat("s", 64)), token.Rotation{Every: 30 * day, Ahead: 10 * time.Minute, Keep: 5 * time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := process.ReadConfig[Config](c.environ)
			if err != nil || config.rotation() != c.want {
				t.Errorf("got %+v, %v", config.rotation(), err)
			}
		})
	}
}

func TestTheExampleListsEveryVariableWithItsDefault(t *testing.T) {
	t.Parallel()
	told := readExample(t, "Both apps", "web")
	read, err := process.Variables(&Config{})
	if err != nil {
		t.Fatal(err)
	}
	if names := slices.Sorted(maps.Keys(told)); !slices.Equal(names, read) {
		t.Errorf(".env.example tells of %q, web reads %q", names, read)
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

func TestMailGoesToTheServerElseInDevelopmentIntoAFolderElseNowhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		environ map[string]string
		kind    string
	}{
		"a_server":                    {with("SMTP_URL=smtps://mail.example.org", "MAIL_FROM=Cardwall <cardwall@example.org>"), "*mail.SMTP"},
		"a_server_in_development":     {with("APP_ENV=development", "SMTP_URL=smtp://mail:1025?starttls=no"), "*mail.SMTP"},
		"development":                 {with("APP_ENV=development"), "*mail.Folder"},
		"production_without_a_server": {with(), "<nil>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := process.ReadConfig[Config](c.environ)
			if err != nil {
				t.Fatal(err)
			}
			post, err := config.post(io.Discard)
			if got := fmt.Sprintf("%T", post); err != nil || got != c.kind {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}
