package deploy

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
)

const (
	newcomer  = `{"name":"A visitor","email":"visitor@example.org","password":"a long enough phrase"}`
	returning = `{"email":"visitor@example.org","password":"a long enough phrase"}`
)

// browser is somebody who looks at one origin.
type browser struct {
	t      *testing.T
	http   *http.Client
	origin string
	header http.Header // sent with every post, over what a browser sends
}

// newBrowser makes a browser that finds hosts where the map says, trusts the authorities, keeps its cookies, and
// shows redirects instead of following them.
func newBrowser(t *testing.T, origin string, hosts map[string]string, authorities *x509.CertPool) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ourAddress(t))}}
	transport := &http.Transport{
		TLSClientConfig:    &tls.Config{RootCAs: authorities},
		ForceAttemptHTTP2:  true,
		DisableCompression: true, // what comes is looked at as it comes
		DialContext: func(ctx context.Context, network, host string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, hosts[host])
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, http: &http.Client{Transport: transport, Jar: jar, CheckRedirect: stay}, origin: origin}
}

// ourAddress is where browsers are, away from the proxies at 127.0.0.1 on systems that have the whole network
// 127.0.0.0/8 by themselves.
func ourAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		return "127.0.0.1"
	}
	_ = listener.Close()
	return "127.0.0.2"
}

// reaches reports whether somebody is there over TLS.
func (b *browser) reaches() bool {
	transport := b.http.Transport.(*http.Transport)
	conn, err := transport.DialContext(b.t.Context(), "tcp", "localhost:443")
	if err != nil {
		return false
	}
	defer conn.Close()
	config := transport.TLSClientConfig.Clone()
	config.ServerName = "localhost"
	return tls.Client(conn, config).HandshakeContext(b.t.Context()) == nil
}

// signUp makes an account, and leaves the browser signed in.
func (b *browser) signUp() {
	b.t.Helper()
	b.send("/api/auth/sign-up", newcomer, http.StatusCreated)
}

// makeBoard makes a board through web and api and returns the title it got.
func (b *browser) makeBoard(title string) string {
	b.t.Helper()
	var board struct {
		Title string `json:"title"`
	}
	_, answer := b.post("/api/v1/boards", `{"title":"`+title+`"}`, http.StatusCreated)
	if err := json.Unmarshal(answer, &board); err != nil {
		b.t.Fatal(err)
	}
	return board.Title
}

// send posts, and returns the head of the answer.
func (b *browser) send(path, body string, want int) *http.Response {
	b.t.Helper()
	res, _ := b.post(path, body, want)
	return res
}

func (b *browser) post(path, body string, want int) (*http.Response, []byte) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.origin+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Origin": {b.origin}}
	for name, values := range b.header {
		r.Header[name] = values
	}
	res, answer := b.do(r)
	if res.StatusCode != want {
		b.t.Fatalf("POST %s: %s: %s", path, res.Status, answer)
	}
	return res, answer
}

// get is a request for a page, with some "Name: value" headers.
func (b *browser) get(path string, header ...string) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.origin+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, each := range header {
		name, value, _ := strings.Cut(each, ": ")
		r.Header.Set(name, value)
	}
	return r
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
