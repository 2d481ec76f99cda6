package assets

import (
	"net/http"
	"strconv"
	"strings"
)

// Written out rather than asked of the machine: what package mime knows differs between systems.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// ServeHTTP answers GET and HEAD for the built files, 404 for any other path.
func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	one, ok := f.byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Assets can only be read.", http.StatusMethodNotAllowed)
		return
	}
	coding := preferred(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Content-Type", one.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(one.coded[coding])))
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	if r.Method == http.MethodGet {
		_, _ = w.Write(one.coded[coding])
	}
}

// preferred is the smallest coding that the client takes (RFC 9110 §12.5.3): br, gzip, or "" for plain.
func preferred(acceptEncoding string) string {
	taken := map[string]bool{}
	for part := range strings.SplitSeq(acceptEncoding, ",") {
		name, weight, _ := strings.Cut(part, ";")
		taken[strings.ToLower(strings.TrimSpace(name))] = !refused(weight)
	}
	for _, coding := range []string{"br", "gzip"} {
		if taken[coding] {
			return coding
		}
	}
	return ""
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
