package deploy

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"testing"
)

// browser is somebody who looks at one origin.
type browser struct {
	t      *testing.T
	http   *http.Client
	origin string
}

// newBrowser makes a browser that finds the hosts where the map says, trusts the authorities, keeps its cookies, and
// shows redirects instead of following them.
func newBrowser(t *testing.T, origin string, hosts map[string]string, authorities *x509.CertPool) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var dialer net.Dialer
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: authorities},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, host string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, hosts[host])
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, http: &http.Client{Transport: transport, Jar: jar, CheckRedirect: stay}, origin: origin}
}

// signUp makes an account, and leaves the browser signed in.
func (b *browser) signUp() {
	b.t.Helper()
	b.post("/api/auth/sign-up", `{"name":"A visitor","email":"visitor@example.org","password":"a long enough phrase"}`, http.StatusCreated)
}

// makeBoard makes a board through web and api and returns the title it got.
func (b *browser) makeBoard(title string) string {
	b.t.Helper()
	var board struct {
		Title string `json:"title"`
	}
	answer := b.post("/api/v1/boards", `{"title":"`+title+`"}`, http.StatusCreated)
	if err := json.Unmarshal(answer, &board); err != nil {
		b.t.Fatal(err)
	}
	return board.Title
}

func (b *browser) post(path, body string, want int) []byte {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.origin+path, bytes.NewBufferString(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", b.origin)
	res, answer := b.do(r)
	if res.StatusCode != want {
		b.t.Fatalf("POST %s: %s: %s", path, res.Status, answer)
	}
	return answer
}

func (b *browser) do(r *http.Request) (*http.Response, []byte) {
	b.t.Helper()
	res, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res, body
}
