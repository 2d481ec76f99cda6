package httpserver

import "net/http"

// Limit returns TooLarge for a body that says it is over so many bytes; reading one that doesn't say
// fails at the limit with an *http.MaxBytesError, which Fail takes for the same thing.
func Limit(w http.ResponseWriter, r *http.Request, bytes int64) error {
	if r.ContentLength > bytes {
		return errTooLarge(bytes)
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = http.MaxBytesReader(w, r.Body, bytes)
	}
	return nil
}
