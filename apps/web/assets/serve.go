package assets

import (
	"net/http"
	"strconv"

	"cardwall/apps/web/internal/coding"
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
	chosen := coding.Preferred(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Content-Type", one.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Length", strconv.Itoa(len(one.coded[chosen])))
	if chosen != coding.Plain {
		h.Set("Content-Encoding", chosen)
	}
	if r.Method == http.MethodGet {
		_, _ = w.Write(one.coded[chosen])
	}
}
