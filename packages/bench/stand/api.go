package stand

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// API answers in the api's place, at once and without looking at who asks:
//
//	GET  /v1/answers/{bytes}   so many bytes, said in advance, as JSON is
//	GET  /v1/downloads/{bytes} so many bytes, chunked
//	POST /v1/uploads           {"read": n}, when the whole body has come
//	GET  /v1/events            an event stream on which nothing happens but a greeting
//	GET  /v1/me, /readyz       {}
func API(ctx context.Context, addr string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/answers/{bytes}", answer)
	mux.HandleFunc("GET /v1/downloads/{bytes}", download)
	mux.HandleFunc("POST /v1/uploads", upload)
	mux.HandleFunc("GET /v1/events", events)
	for _, path := range []string{"GET /v1/me", "GET /readyz"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
	}
	return serve(ctx, addr, mux)
}

var block = bytes.Repeat([]byte("cardwall"), 64<<10/8)

// size is the number of bytes that a path names; 0 for what is none.
func size(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.PathValue("bytes"), 10, 64)
	return n
}

func answer(w http.ResponseWriter, r *http.Request) {
	n := min(size(r), int64(len(block)))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
	_, _ = w.Write(block[:n])
}

func download(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/octet-stream")
	for left := size(r); left > 0; {
		n := min(left, int64(len(block)))
		if _, err := w.Write(block[:n]); err != nil {
			return
		}
		left -= n
	}
}

func upload(w http.ResponseWriter, r *http.Request) {
	n, err := io.Copy(io.Discard, r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_, _ = fmt.Fprintf(w, `{"read": %d}`, n)
}

func events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, ": here\n\n")
	if err := http.NewResponseController(w).Flush(); err != nil {
		return
	}
	<-r.Context().Done()
}
