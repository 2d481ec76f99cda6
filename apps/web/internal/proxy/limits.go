package proxy

import (
	"mime"
	"net/http"
	"strings"
	"time"

	"cardwall/packages/httpserver"
)

// Limits keep one body, one person or a slow api from taking all there is. A field that is zero has its default.
type Limits struct {
	// BodyLimit is how many bytes a body of JSON may have. Default 1 MiB.
	BodyLimit httpserver.Size
	// UploadLimit is how many bytes any other body may have. Default 100 MiB.
	UploadLimit httpserver.Size
	// RequestsPerPerson is how many requests a person may have in flight at once, on this replica, event
	// streams not counted. Default 64.
	RequestsPerPerson int
	// StreamsPerPerson is how many event streams a person may have open at once, on this replica. Default 64.
	StreamsPerPerson int
	// Connections is how many connections to the api there may be: each request in flight and each event
	// stream has one. The streams of all people together leave a quarter for requests. Default 4096.
	Connections int
	// AnswerTimeout is how long the api may take to begin its answer. Default 30 s.
	AnswerTimeout time.Duration
}

func (l *Limits) complete() {
	unless(&l.BodyLimit, 1<<20)
	unless(&l.UploadLimit, 100<<20)
	unless(&l.RequestsPerPerson, 64)
	unless(&l.StreamsPerPerson, 64)
	unless(&l.Connections, 4096)
	unless(&l.AnswerTimeout, 30*time.Second)
}

func unless[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// bodyLimit is how many bytes the request's body may have. Its kind tells: JSON, and what doesn't say what it is, is small;
// everything else is an upload, be it where the api takes none, which then answers 415 without reading it.
func (l *Limits) bodyLimit(r *http.Request) int64 {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind == "application/json" || strings.HasSuffix(kind, "+json") {
		return int64(l.BodyLimit)
	}
	return int64(l.UploadLimit)
}
