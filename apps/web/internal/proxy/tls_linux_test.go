package proxy_test

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain trusts the certificate of httptest's servers the way an operator does an authority of their own: by a
// folder, read before anything is trusted. Other systems than Linux have other ways.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "cardwall-authority-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }()
		server := httptest.NewTLSServer(nil)
		authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		server.Close()
		if err := os.WriteFile(filepath.Join(dir, "authority.pem"), authority, 0o600); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		_ = os.Setenv("SSL_CERT_DIR", dir)
		return m.Run()
	}())
}

// underTLS starts an api that would speak HTTP/2 if asked.
func underTLS(server *httptest.Server) {
	server.EnableHTTP2 = true
	server.StartTLS()
}

func TestTheAPIUnderHTTPSWithABasePath(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil, underTLS)
	address := api.address(t)
	address.Path = "/base"
	w := newWeb(t, address, nil)
	if res := w.do(t, "POST", "/api/v1/b%20c?x=1;y", strings.NewReader("five5")); res.StatusCode != http.StatusOK || text(t, res) != "ok" {
		t.Fatalf("%d", res.StatusCode)
	}
	got := api.next(t)
	if got.Target != "/base/v1/b%20c?x=1;y" || got.Body != "five5" || got.Header.Get("Authorization") != "Bearer minted" || got.Host != address.Host {
		t.Errorf("got %+v", got)
	}
	if got.Proto != "HTTP/1.1" {
		t.Errorf("it was asked in %s, in which all share a connection", got.Proto)
	}
}

func TestLocationsUnderHTTPSNeverShowTheAPI(t *testing.T) {
	t.Parallel()
	api := newBackend(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://"+r.Host+"/base/v1/boards/7", http.StatusSeeOther)
	}, underTLS)
	address := api.address(t)
	address.Path = "/base"
	w := newWeb(t, address, nil)
	if got := w.do(t, "GET", "/api/v1/x", nil).Header.Get("Location"); got != "/api/v1/boards/7" {
		t.Errorf("got %q", got)
	}
}

func TestAPIWhoseCertificateIsWrongIs502(t *testing.T) {
	t.Parallel()
	api := newBackend(t, nil, underTLS)
	for name, address := range map[string]*url.URL{
		"for another name": {Scheme: "https", Host: strings.Replace(api.address(t).Host, "127.0.0.1", "localhost", 1)},
		"no TLS at all":    {Scheme: "https", Host: newBackend(t, nil).address(t).Host},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWeb(t, address, nil)
			wantProblem(t, w.do(t, "POST", "/api/v1/boards", strings.NewReader("{}")), 502, "api_away")
			api.wantNone(t)
		})
	}
}
