// Package coding sends less over the wire: it chooses a content coding that the client takes, and writes bodies in it.
package coding

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// A coding as Content-Encoding names it (RFC 9110 §8.4.1, RFC 7932). Plain is none.
const (
	Brotli = "br"
	Gzip   = "gzip"
	Plain  = ""
)

// Preferred is the smallest coding that a client's Accept-Encoding takes (RFC 9110 §12.5.3).
func Preferred(acceptEncoding string) string {
	taken := map[string]bool{}
	for part := range strings.SplitSeq(acceptEncoding, ",") {
		name, weight, _ := strings.Cut(part, ";")
		taken[strings.ToLower(strings.TrimSpace(name))] = !refused(weight)
	}
	for _, coding := range []string{Brotli, Gzip} {
		if taken[coding] {
			return coding
		}
	}
	return Plain
}

// refused reports whether a weight is "q=0" in any of its spellings.
func refused(weight string) bool {
	q, found := strings.CutPrefix(strings.TrimSpace(weight), "q=")
	if !found {
		return false
	}
	value, err := strconv.ParseFloat(q, 64)
	return err != nil || value == 0
}

// A compressor writes one body after the other: its tables, of some hundred kilobytes, are used again.
type compressor interface {
	io.WriteCloser
	Reset(to io.Writer)
}

// Brotli's third level makes a large board's page a fifth smaller than gzip does, in less than half its time.
var compressors = map[string]*sync.Pool{
	Brotli: {New: func() any { return brotli.NewWriterV2(nil, 3) }},
	Gzip:   {New: func() any { return gzip.NewWriter(nil) }},
}

// In returns what a body is in a coding. The body is read to its end, unless it is sent plain.
func In(coding string, body *bytes.Buffer) *bytes.Buffer {
	pool, found := compressors[coding]
	if !found {
		return body
	}
	z := pool.Get().(compressor)
	defer pool.Put(z)
	var out bytes.Buffer
	z.Reset(&out)
	_, _ = body.WriteTo(z) // a buffer takes everything
	_ = z.Close()
	return &out
}
