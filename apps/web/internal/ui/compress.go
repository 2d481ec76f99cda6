package ui

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// compressFrom is the size in bytes from which a page is worth compressing: below it, one packet holds it.
const compressFrom = 1400

// A gzip writer has some 800 KB of tables, so they are used again.
var gzips = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.DefaultCompression) // the level is valid; a quarter smaller than the fastest, for a few ms
	return w
}}

// send writes a page, compressed where the browser takes gzip. What a page repeats of a request stands on no
// page with a secret (there are no tokens in our forms), so its length gives nothing away.
func send(w http.ResponseWriter, r *http.Request, status int, html *bytes.Buffer) {
	w.Header().Add("Vary", "Accept-Encoding")
	if html.Len() >= compressFrom && takesGzip(r.Header.Get("Accept-Encoding")) {
		html = zipped(html)
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Length", strconv.Itoa(html.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = html.WriteTo(w) // the reader may have left
	}
}

// takesGzip reads what the browser takes; a weight of 0 refuses (RFC 9110 §12.5.3).
func takesGzip(acceptEncoding string) bool {
	for part := range strings.SplitSeq(acceptEncoding, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && value > 0
	}
	return false
}

func zipped(html *bytes.Buffer) *bytes.Buffer {
	var out bytes.Buffer
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(&out)
	_, _ = html.WriteTo(z) // a buffer takes everything
	_ = z.Close()
	return &out
}
