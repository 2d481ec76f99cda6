package proxy

import "net/http"

// interim is the writer under ReverseProxy. It keeps interim answers (1xx) to the rules of final ones,
// and what was in the header before them: ReverseProxy sends that along and then forgets it.
type interim struct {
	http.ResponseWriter
	body *clientBody // the request's; nil without one
	ours http.Header // what stood in the header when the proxy began
	sent bool        // an interim answer went out
}

func (w *interim) WriteHeader(status int) {
	h := w.Header()
	switch {
	case status == http.StatusContinue: // is between two hops: net/http says it to the client when we read
		return
	case status < 200:
		w.sent = true
		strip(h)
		for name := range w.ours {
			delete(h, name)
		}
	case w.sent:
		for name, values := range w.ours {
			if _, ok := h[name]; !ok {
				h[name] = values
			}
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController flush.
func (w *interim) Unwrap() http.ResponseWriter { return w.ResponseWriter }
