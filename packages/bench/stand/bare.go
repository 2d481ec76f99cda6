package stand

import (
	"context"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"
)

// Bare carries every request to an api with nothing around httputil.ReverseProxy. Its transport and its
// flushing are web's (package proxy), and so is its pool of buffers, whose size in bytes is the caller's choice.
func Bare(ctx context.Context, addr string, api *url.URL, buffer int) error {
	return serve(ctx, addr, &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(api) },
		Transport: &http.Transport{
			DialContext:            (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
			ResponseHeaderTimeout:  30 * time.Second,
			MaxConnsPerHost:        4096,
			MaxIdleConnsPerHost:    256,
			IdleConnTimeout:        time.Minute,
			DisableCompression:     true,
			MaxResponseHeaderBytes: 64 << 10,
		},
		FlushInterval: 10 * time.Millisecond,
		BufferPool:    &buffers{size: buffer},
	})
}

type buffers struct {
	size int
	pool sync.Pool
}

func (b *buffers) Get() []byte {
	if buffer, ok := b.pool.Get().(*[]byte); ok {
		return *buffer
	}
	return make([]byte, b.size)
}

func (b *buffers) Put(buffer []byte) { b.pool.Put(&buffer) }
