package token_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/packages/problem"
	"cardwall/packages/token"
)

// lookUp waits for the client's first good set and asks it for a key.
func lookUp(t testing.TB, keys *token.Keys, id string) error {
	t.Helper()
	waitReady(t, keys)
	_, err := keys.Key(t.Context(), id)
	return err
}

func TestKeysVerifyWhatTheServerPublishes(t *testing.T) {
	t.Parallel()
	key, mode := newKey(t), modes(t)[0]
	mode.minter.Key = &key
	mode.verifier.Keys = runKeys(t, token.KeysConfig{URL: serve(t, jwks(t, newKey(t), key)).url()})
	waitReady(t, mode.verifier.Keys.(*token.Keys))
	person, err := newVerifier(t, mode.verifier).Verify(t.Context(), mint(t, newMinter(t, mode.minter), someone()))
	must(t, err)
	if person != someone() {
		t.Errorf("got %+v", person)
	}
}

func TestKeysStartWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	key, mode := newKey(t), modes(t)[0]
	server := serve(t, jwks(t, key))
	server.do(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "later", http.StatusServiceUnavailable) })
	keys := runKeys(t, token.KeysConfig{URL: server.url()})
	mode.minter.Key, mode.verifier.Keys = &key, keys
	raw, verifier := mint(t, newMinter(t, mode.minter), someone()), newVerifier(t, mode.verifier)

	wait(t, "a second try", func() bool { return server.asked.Load() >= 2 })
	_, err := verifier.Verify(t.Context(), raw)
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.Unavailable || p.RetryAfter <= 0 || keys.Ready() {
		t.Fatalf("want to be told to come again, got %v (ready: %v)", err, keys.Ready())
	}

	server.answer(jwks(t, key))
	waitReady(t, keys)
	_, err = verifier.Verify(t.Context(), raw)
	must(t, err)
}

// Answers that leave the client without keys.
func TestKeysRefuse(t *testing.T) {
	t.Parallel()
	good := strings.TrimSuffix(strings.TrimPrefix(jwks(t, newKey(t)), `{"keys":[`), `]}`)
	but := func(old, changed string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s in %s", old, good)
		}
		return `{"keys":[` + strings.Replace(good, old, changed, 1) + `]}`
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)

	for name, c := range map[string]struct{ body, cause string }{
		"an empty set":                      {`{"keys":[]}`, "no usable key"},
		"a set without keys":                {`{}`, "no usable key"},
		"a page":                            {`<!doctype html><title>Sign in</title>`, "not a JWK Set"},
		"nothing":                           {``, "not a JWK Set"},
		"a list":                            {`[` + good + `]`, "not a JWK Set"},
		"a set cut short":                   {`{"keys":[` + good, "not a JWK Set"},
		"a symmetric key":                   {`{"keys":[{"kty":"oct","kid":"a","alg":"HS512","k":"c2VjcmV0"}]}`, "symmetric"},
		"a symmetric key that says EdDSA":   {`{"keys":[{"kty":"oct","kid":"a","alg":"EdDSA","k":"c2VjcmV0"}]}`, "symmetric"},
		"a private key":                     {but(`"kty"`, `"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","kty"`), "private"},
		"a key for another algorithm":       {rsaSet(t, rsaKey, "a", "RS256"), "not one for the configured algorithm"},
		"a key that names another":          {but(`"alg":"EdDSA"`, `"alg":"HS512"`), "not one for the configured algorithm"},
		"a key of a foreign type, unnamed":  {rsaSet(t, rsaKey, "a", ""), "not one for the configured algorithm"},
		"a key of a foreign type, misnamed": {rsaSet(t, rsaKey, "a", "EdDSA"), "not one for the configured algorithm"},
		"a key for key agreement":           {but(`"crv":"Ed25519"`, `"crv":"X25519"`), "not one for the configured algorithm"},
		"a key on an unknown curve":         {but(`"crv":"Ed25519"`, `"crv":"Ed448"`), "can't be read"},
		"a key for encryption":              {but(`"use":"sig"`, `"use":"enc"`), "isn't for signatures"},
		"a key that doesn't verify":         {but(`"use":"sig"`, `"key_ops":["encrypt"]`), "isn't for signatures"},
		"a key without an id":               {but(`"kid"`, `"x-kid"`), "id is missing"},
		"a key with an endless id":          {but(`"kid":"`, `"kid":"`+strings.Repeat("k", 65)), "over 64 bytes"},
		"a key of a wrong length":           {but(`"x":"`, `"x":"AAAA`), "can't be read"},
		"a key that is no key":              {`{"keys":[7]}`, "not a JWK"},
		"two keys under one id":             {`{"keys":[` + good + `,` + good + `]}`, "one id"},
		"an endless answer":                 {strings.Repeat(" ", 300<<10) + `{"keys":[` + good + `]}`, "over 256 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantFailure(t, serve(t, c.body), c.cause)
		})
	}
}

func TestKeysRefuseAWeakRSAKey(t *testing.T) {
	t.Parallel()
	// The modulus of a key too short to be generated any more.
	weak := `{"keys":[{"kty":"RSA","kid":"a","e":"AQAB","n":"` + strings.Repeat("z", 171) + `"}]}`
	wantFailure(t, serve(t, weak), "not one for the configured algorithm", func(c *token.KeysConfig) { c.Algorithm = token.RS256 })
}

// Ways in which a server may fail that have nothing to do with its keys.
func TestKeysBearAServerThat(t *testing.T) {
	t.Parallel()
	good := jwks(t, newKey(t))
	elsewhere := serve(t, good)
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		cause string
	}{
		"fails":     {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, good, http.StatusInternalServerError) }, "status is 500"},
		"redirects": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.url(), http.StatusFound) }, "status is 302"},
		"hangs up":  {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
		"stops half-way": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte(good))
		}, "EOF"},
		"sends a bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			_, _ = packed.Write(bytes.Repeat([]byte(" "), 10<<20))
			_ = packed.Close()
		}, "over 256 KiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, "")
			server.do(c.serve)
			wantFailure(t, server, c.cause)
		})
	}
	t.Cleanup(func() {
		if n := elsewhere.asked.Load(); n != 0 {
			t.Errorf("the redirect was followed %d times", n)
		}
	})
}

func TestKeysPassOverWhatTheyCantUse(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	body := strings.Replace(jwks(t, key), `[`,
		`[{"kty":"oct","kid":"a","k":"c2VjcmV0"},{"kty":"RSA","kid":"b","n":"AQAB","e":"AQAB"},{"kty":"new","kid":"c"},7,null,`, 1)
	keys := runKeys(t, token.KeysConfig{URL: serve(t, body).url()})
	must(t, lookUp(t, keys, key.ID()))
	for _, id := range []string{"a", "b", "c", ""} {
		if _, err := keys.Key(t.Context(), id); !errors.Is(err, token.ErrUnknownKey) {
			t.Errorf("%q is %v", id, err)
		}
	}
}

func TestKeysStopAtOnceWhileTheServerStalls(t *testing.T) {
	t.Parallel()
	server, stalled := serve(t, ""), make(chan struct{})
	server.do(func(_ http.ResponseWriter, r *http.Request) {
		close(stalled)
		<-r.Context().Done()
	})
	keys, err := token.NewKeys(token.KeysConfig{URL: server.url(), HTTP: server.http.Client()})
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		keys.Run(ctx)
	}()
	<-stalled
	cancel()
	<-done // and TestMain sees to it that nothing is left
}

func TestKeysUseTheClientTheyAreGiven(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(jwks(t, key)))
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	must(t, lookUp(t, runKeys(t, token.KeysConfig{URL: server.URL, HTTP: server.Client()}), key.ID()))
	wantFailure(t, &jwksServer{http: server}, "certificate")
}

// wantFailure runs a client until it has logged why it has no keys.
func wantFailure(t *testing.T, server *jwksServer, cause string, changes ...func(*token.KeysConfig)) {
	t.Helper()
	out := &logged{}
	config := token.KeysConfig{URL: server.url(), Log: slog.New(slog.NewJSONHandler(out, nil))}
	for _, change := range changes {
		change(&config)
	}
	keys := runKeys(t, config)
	wait(t, "a line in the log", func() bool { return out.String() != "" })
	var line struct{ Level, Msg, Error string }
	must(t, json.Unmarshal([]byte(strings.SplitN(out.String(), "\n", 2)[0]), &line))
	if line.Level != "WARN" || !strings.Contains(line.Error, cause) {
		t.Errorf("want %q, got %+v", cause, line)
	}
	if keys.Ready() {
		t.Error("it took the keys")
	}
}

// logged is a log to read while it is written.
type logged struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
}

// Go's own clock stops while a machine sleeps, and a clock on the wall may be set back: neither may keep the client from
// asking for a key that is there.
func TestAnUnknownKeyIsAskedForAfterASleepAndAfterTheClockWasSetBack(t *testing.T) {
	t.Parallel()
	key, later := newKey(t), newKey(t)
	server := serve(t, jwks(t, key))
	var back atomic.Int64
	keys := runKeys(t, token.KeysConfig{URL: server.url(), Now: func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }})
	if err := lookUp(t, keys, later.ID()); !errors.Is(err, token.ErrUnknownKey) {
		t.Fatalf("got %v", err)
	}
	if at := keys.AskedAt(); strings.Contains(at.String(), "m=") {
		t.Errorf("asked at %s: that is a reading of Go's own clock", at)
	}
	server.answer(jwks(t, key, later))
	back.Store(int64(time.Hour))
	if err := lookUp(t, keys, later.ID()); err != nil {
		t.Errorf("an hour back: %v", err)
	}
}
