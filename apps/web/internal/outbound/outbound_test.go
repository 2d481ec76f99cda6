package outbound_test

import (
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"cardwall/apps/web/internal/outbound"
	"cardwall/packages/problem"
)

func TestOnlyPublicAddressesAreDialled(t *testing.T) {
	t.Parallel()
	for _, inward := range []string{
		"127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "fe80::1", "fd00:ec2::254", "100.64.0.1", "0.0.0.0", "::",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "224.0.0.1", "ff02::1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "2001:db8::1",
	} {
		if outbound.Public(netip.MustParseAddr(inward)) {
			t.Errorf("%s passes", inward)
		}
	}
	for _, public := range []string{"142.250.74.110", "140.82.121.4", "2606:50c0:8000::154", "2a00:1450:4005:80a::200e"} {
		if !outbound.Public(netip.MustParseAddr(public)) {
			t.Errorf("%s is refused", public)
		}
	}
	if outbound.Public(netip.Addr{}) {
		t.Error("no address at all passes")
	}
}

// server is an https server that a client may be told to take for a public one.
func server(t *testing.T, handler http.HandlerFunc) (*httptest.Server, netip.AddrPort) {
	t.Helper()
	s := httptest.NewTLSServer(handler)
	t.Cleanup(s.Close)
	return s, netip.MustParseAddrPort(s.Listener.Addr().String())
}

func trusting(s *httptest.Server, public ...netip.AddrPort) *outbound.Client {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return outbound.New(outbound.Config{Roots: roots, Public: func(a netip.AddrPort) bool {
		for _, one := range public {
			if a == one {
				return true
			}
		}
		return false
	}})
}

func TestNamesThatLeadInwardsAreRefusedWhenDialled(t *testing.T) {
	t.Parallel()
	asked := false
	inner, at := server(t, func(http.ResponseWriter, *http.Request) { asked = true })
	_, port, _ := net.SplitHostPort(at.String())
	roots := x509.NewCertPool()
	roots.AddCert(inner.Certificate())
	client := outbound.New(outbound.Config{Roots: roots})
	for _, address := range []string{inner.URL, "https://localhost:" + port, "https://[::ffff:127.0.0.1]:" + port, "https://2130706433:" + port} {
		if _, err := client.Fetch(t.Context(), address, 100); err == nil || asked {
			t.Errorf("%s: %v, asked: %v", address, err, asked)
		}
	}
	if _, err := client.Fetch(t.Context(), inner.URL, 100); !errors.Is(err, outbound.ErrPrivate) {
		t.Errorf("refused because of %v", err)
	}
}

func TestRedirectsThatLeadInwardsAreRefused(t *testing.T) {
	t.Parallel()
	asked := false
	inner, _ := server(t, func(http.ResponseWriter, *http.Request) { asked = true })
	outer, public := server(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner.URL, http.StatusFound) })
	if _, err := trusting(outer, public).Fetch(t.Context(), outer.URL, 100); !errors.Is(err, outbound.ErrPrivate) || asked {
		t.Errorf("%v, asked: %v", err, asked)
	}
}

func TestServerThatIsAwayIsToldFromOneThatRefuses(t *testing.T) {
	t.Parallel()
	outer, public := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/broken":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/busy":
			w.WriteHeader(http.StatusTooManyRequests)
		case "/cut":
			w.Header().Set("Content-Length", "10")
		case "/gone":
			w.WriteHeader(http.StatusNotFound)
		case "/inwards":
			http.Redirect(w, r, "https://127.0.0.1:1", http.StatusFound)
		case "/large":
			_, _ = w.Write(make([]byte, 200))
		}
	})
	closed, unheard := server(t, nil)
	closed.Close()
	client := trusting(outer, public, unheard)
	for address, away := range map[string]bool{
		outer.URL + "/broken": true, outer.URL + "/busy": true, outer.URL + "/cut": true, closed.URL: true,
		outer.URL + "/gone": false, outer.URL + "/inwards": false, outer.URL + "/large": false,
	} {
		if _, err := client.Fetch(t.Context(), address, 100); err == nil || problem.Is(err, problem.Unavailable) != away {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	outer, public := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/picture":
			_, _ = w.Write([]byte("0123456789"))
		case "/moved":
			http.Redirect(w, r, "/picture", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/down":
			http.Redirect(w, r, strings.Replace("http://"+r.Host, "https", "http", 1)+"/picture", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	})
	client := trusting(outer, public)
	for path, want := range map[string]bool{"/picture": true, "/moved": true, "/round": false, "/down": false, "/none": false} {
		body, err := client.Fetch(t.Context(), outer.URL+path, 10)
		if (err == nil) != want || want && string(body) != "0123456789" {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	if _, err := client.Fetch(t.Context(), outer.URL+"/picture", 9); err == nil {
		t.Error("what is too long was read")
	}
	for _, address := range []string{"http://" + public.String() + "/picture", "file:///etc/passwd", "data:,x", "//x", "", "https://me@" + public.String() + "/picture"} {
		if _, err := client.Fetch(t.Context(), address, 100); err == nil {
			t.Errorf("%s was fetched", address)
		}
	}
}
