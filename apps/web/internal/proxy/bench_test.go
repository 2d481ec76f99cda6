package proxy_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"cardwall/apps/web/internal/proxy"
)

// BenchmarkProxy sends answers of 2 and 64 KB through a bare ReverseProxy with the same transport
// settings, and through ours, whole (with gate, host check and access log) but with a token made before.
func BenchmarkProxy(b *testing.B) {
	for name, size := range map[string]int{"2KB": 2 << 10, "64KB": 64 << 10} {
		answer := strings.Repeat("x", size)
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }))
		b.Cleanup(api.Close)
		where, err := url.Parse(api.URL)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/direct", func(b *testing.B) { load(b, api.URL+"/v1/boards", where.Host) })
		b.Run(name+"/bare", func(b *testing.B) {
			server := httptest.NewServer(bare(where))
			b.Cleanup(server.Close)
			load(b, server.URL+"/v1/boards", where.Host)
		})
		b.Run(name+"/cardwall", func(b *testing.B) {
			w := newWeb(b, where, nil)
			load(b, w.url+"/api/v1/boards", publicHost)
		})
	}
}

func bare(api *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:    func(r *httputil.ProxyRequest) { r.SetURL(api) },
		Transport:  &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true},
		BufferPool: proxy.Buffers(), FlushInterval: -1,
	}
}

func load(b *testing.B, address, host string) {
	client := &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}
	b.Cleanup(client.CloseIdleConnections)
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, err := http.NewRequest(http.MethodGet, address, nil)
			if err != nil {
				b.Error(err)
				return
			}
			r.Host = host
			res, err := client.RoundTrip(r)
			if err != nil || res.StatusCode != http.StatusOK {
				b.Errorf("%v %v", res, err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	})
}
