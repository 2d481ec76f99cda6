package proxy

import (
	"net/http"
	"net/http/httputil"
	"time"
)

// Buffers is the pool, for the bare proxy that ours is measured against.
func Buffers() httputil.BufferPool { return &buffers{} }

// StreamLife is how long an event stream through the handler may last.
func StreamLife(handler http.Handler) time.Duration { return handler.(*proxy).StreamLife }
