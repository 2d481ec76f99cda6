package ui

import (
	"bytes"
	"net/http"
	"strconv"

	"cardwall/apps/web/internal/coding"
)

// compressFrom is the size in bytes from which a page is worth compressing: below it, one packet holds it.
const compressFrom = 1400

// send writes a page in the smallest coding that the browser takes. Its length gives no secret away: on the few pages that have one, an
// invitation's or a new link's, nothing stands that a stranger could choose.
func send(w http.ResponseWriter, r *http.Request, status int, html *bytes.Buffer) {
	w.Header().Add("Vary", "Accept-Encoding")
	if c := coding.Preferred(r.Header.Get("Accept-Encoding")); c != coding.Plain && html.Len() >= compressFrom {
		html = coding.In(c, html)
		w.Header().Set("Content-Encoding", c)
	}
	w.Header().Set("Content-Length", strconv.Itoa(html.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = html.WriteTo(w) // the reader may have left
	}
}
