package proxy

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// transport is the way to the api. It doesn't look at HTTP_PROXY, doesn't touch compression, and keeps
// enough connections for a busy server; net/http's default keeps two.
//
// It speaks HTTP/1.1 under https too: each request has a connection of its own, so that a large download or a lost
// packet of one person holds up nobody else, and leaving closes it. Whom it trusts under https is the system's
// choice, which an operator extends with SSL_CERT_DIR.
func transport(limits Limits) *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              &protocols,
		DialContext:            (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSHandshakeTimeout:    5 * time.Second,
		ResponseHeaderTimeout:  limits.AnswerTimeout,
		MaxConnsPerHost:        limits.Connections,
		MaxIdleConnsPerHost:    256,
		IdleConnTimeout:        time.Minute, // shorter than the api's, see httpserver
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// How long a part of an answer whose length is known may wait for more of it, so that a small one leaves in one piece;
// ReverseProxy sends one of unknown length on at once, an event stream among them. The answer to a change doesn't wait:
// if it breaks off before its first byte is out, a browser may take the connection for stale and send the change again.
const (
	flushWithin = 10 * time.Millisecond
	flushAtOnce = -1
)

const (
	bufferSize      = 32 << 10
	smallBufferSize = 4 << 10
)

// smallBuffers are for event streams: many are open at once, for minutes, and little goes through each.
type smallBuffers struct{}

// Get is httputil.BufferPool's.
func (smallBuffers) Get() []byte { return make([]byte, smallBufferSize) }

// Put is httputil.BufferPool's.
func (smallBuffers) Put([]byte) {}

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
