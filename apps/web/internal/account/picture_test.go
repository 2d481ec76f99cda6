package account_test

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/outbound"
	"cardwall/apps/web/internal/waittest"
)

func TestPictureIsServedFromOurOwnPathToSignedInPeopleOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	me.wantDone(me.upload(picture(t)), "avatar")
	path := query[string](t, b, `SELECT picture FROM people`)
	if !identity.IsAvatarPath(path) || !strings.Contains(me.get("/account").body, `src="`+path+`"`) || !strings.Contains(me.get("/api/auth/session").body, path) {
		t.Errorf("the picture is %q", path)
	}
	got := me.get(path)
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=31536000, immutable",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
	} {
		if got.StatusCode != http.StatusOK || got.Header.Get(name) != want {
			t.Errorf("%d, %s: %q", got.StatusCode, name, got.Header.Get(name))
		}
	}
	if guest := b.browser(t).get(path); guest.StatusCode != http.StatusUnauthorized {
		t.Errorf("a guest gets %d", guest.StatusCode)
	}
	for _, other := range []string{"/avatars/", "/avatars/me.png", "/avatars/" + strings.Repeat("0", 64)} {
		if got := me.get(other); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", other, got.StatusCode)
		}
	}
	me.wantDone(me.form("/account/avatar-remove"), "avatar-remove")
	if got := me.get(path); got.StatusCode != http.StatusNotFound || query[string](t, b, `SELECT picture FROM people`) != "" {
		t.Errorf("removed, it answers %d", got.StatusCode)
	}
}

func TestWhatIsNoPictureIsRefusedOnThePage(t *testing.T) {
	t.Parallel()
	me := setup(t).person(t)
	for name, c := range map[string]struct {
		file   []byte
		status int
	}{
		"nothing": {nil, http.StatusBadRequest}, "svg": {[]byte("<svg/>"), http.StatusBadRequest},
		"over_5_MB": {make([]byte, identity.AvatarFileMax+1), http.StatusRequestEntityTooLarge},
	} {
		if got := me.upload(c.file); got.StatusCode != c.status || !strings.Contains(got.body, "Your account") {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.body)
		}
	}
	if got := me.form("/account/avatar", "picture", "x"); got.StatusCode != http.StatusBadRequest {
		t.Errorf("no file: %d", got.StatusCode)
	}
}

func TestProvidersPictureIsFetchedOnceAndServedByUs(t *testing.T) {
	t.Parallel()
	var fetched atomic.Int64
	source := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		_, _ = w.Write(picture(t))
	}))
	t.Cleanup(source.Close)
	roots := x509.NewCertPool()
	roots.AddCert(source.Certificate())
	b := setup(t, func(c *identity.Config) {
		c.Pictures = outbound.New(outbound.Config{Roots: roots, Public: func(netip.AddrPort) bool { return true }})
	})
	me := b.person(t)
	b.exec(t, `UPDATE accounts SET picture = $1`, source.URL+"/me.png")
	b.runPictures(t)
	has := func() bool { return identity.IsAvatarPath(query[string](t, b, `SELECT picture FROM people`)) }
	waittest.Within(t, 10*time.Second, "the picture is ours", has)
	me.wantDone(me.form("/account/avatar-remove"), "avatar-remove")
	b.exec(t, `UPDATE accounts SET picture = $1`, source.URL+"/newer.png")
	b.runPictures(t)
	b.settled(t)
	if has() || fetched.Load() != 1 {
		t.Errorf("fetched %d times; shown again: %v", fetched.Load(), has())
	}
}

func TestProvidersPictureWaitsForASourceThatIsAway(t *testing.T) {
	t.Parallel()
	var fetched, status atomic.Int64
	source := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		w.WriteHeader(int(status.Load()))
		_, _ = w.Write(picture(t))
	}))
	t.Cleanup(source.Close)
	roots := x509.NewCertPool()
	roots.AddCert(source.Certificate())
	b := setup(t, func(c *identity.Config) {
		c.Pictures = outbound.New(outbound.Config{Roots: roots, Public: func(netip.AddrPort) bool { return true }})
	})
	b.person(t)
	waits := func() bool {
		return query[bool](t, b, `SELECT picture_claimed_at IS NULL FROM accounts`)
	}
	look := func(answers int64, age string) {
		t.Helper()
		status.Store(answers)
		before := fetched.Load()
		b.exec(t, `UPDATE accounts SET picture = $1, picture_claimed_at = NULL, used_at = now() - $2::interval`, source.URL, age)
		b.lookOnce(t)
		if fetched.Load() != before+1 {
			t.Errorf("%d: asked for %d times", answers, fetched.Load()-before)
		}
	}
	if look(http.StatusNotFound, "0"); waits() {
		t.Error("what isn't there is asked for again")
	}
	if look(http.StatusServiceUnavailable, "2 days"); waits() {
		t.Error("it is asked for without end")
	}
	if look(http.StatusServiceUnavailable, "0"); !waits() {
		t.Error("a source that was away is never asked again")
	}
	status.Store(http.StatusOK)
	if b.lookOnce(t); !identity.IsAvatarPath(query[string](t, b, `SELECT picture FROM people`)) {
		t.Error("the picture is not ours")
	}
}

func TestProvidersPictureThatLeadsInwardsIsNotFetched(t *testing.T) {
	t.Parallel()
	var asked atomic.Bool
	inner := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Store(true) }))
	t.Cleanup(inner.Close)
	roots := x509.NewCertPool()
	roots.AddCert(inner.Certificate())
	b := setup(t, func(c *identity.Config) { c.Pictures = outbound.New(outbound.Config{Roots: roots}) })
	b.person(t)
	b.exec(t, `UPDATE accounts SET picture = $1`, inner.URL)
	b.runPictures(t)
	b.settled(t)
	if asked.Load() || query[string](t, b, `SELECT picture FROM people`) != "" {
		t.Error("it was fetched")
	}
}

// runPictures looks for pictures until the test ends.
func (b *bundle) runPictures(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); b.people.RunPictures(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
}

// lookOnce looks for pictures until there is none, and ends.
func (b *bundle) lookOnce(t *testing.T) {
	t.Helper()
	b.people.FetchPictures(t.Context())
}

// settled waits until a picture that was named after all others has been handed out, and was refused.
func (b *bundle) settled(t *testing.T) {
	t.Helper()
	waittest.Within(t, 10*time.Second, "no picture waits", func() bool {
		return query[int](t, b, `SELECT count(*) FROM accounts WHERE picture <> '' AND picture_claimed_at IS NULL`) == 0
	})
}
