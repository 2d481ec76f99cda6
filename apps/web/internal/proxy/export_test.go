package proxy

import "net/http/httputil"

// Buffers is the pool, for the bare proxy that ours is measured against.
func Buffers() httputil.BufferPool { return &buffers{} }
