package proxy

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// transport is the way to the api. It doesn't look at HTTP_PROXY, doesn't touch compression, and keeps
// enough connections for a busy server; net/http's default keeps two.
func transport(answer time.Duration) *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout:    5 * time.Second,
		ResponseHeaderTimeout:  answer,
		MaxIdleConnsPerHost:    256,
		IdleConnTimeout:        time.Minute, // shorter than the api's, see httpserver
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

const bufferSize = 32 << 10

// buffers lends ReverseProxy what it copies bodies with.
type buffers struct{ pool sync.Pool }

// Get is httputil.BufferPool's.
func (b *buffers) Get() []byte {
	if buffer, ok := b.pool.Get().(*[bufferSize]byte); ok {
		return buffer[:]
	}
	return make([]byte, bufferSize)
}

// Put is httputil.BufferPool's.
func (b *buffers) Put(buffer []byte) { b.pool.Put((*[bufferSize]byte)(buffer)) }
