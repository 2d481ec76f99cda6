package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// bodyLimit is the most that a JSON body may weigh, in bytes.
const bodyLimit = 1 << 20

// checkBody wants one JSON value (RFC 8259 §2), and not too much of it, wherever there is a body at all:
// problem.UnsupportedMedia, problem.TooLarge, or problem.Invalid ("malformed_json").
func checkBody(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength == 0 {
		return nil
	}
	if !isJSON(r.Header.Get(echo.HeaderContentType)) {
		return problem.New(problem.UnsupportedMedia, "json_only", "The api takes JSON: send Content-Type: application/json.")
	}
	// However it was written, those who look at it later find the same thing.
	r.Header.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	if err := httpserver.Limit(w, r, bodyLimit); err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return unread(err)
	}
	if len(body) > 0 && !json.Valid(body) {
		return malformed()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// isJSON compares as media types do: without regard to case, and to parameters (RFC 9110 §8.3.1).
func isJSON(contentType string) bool {
	mediaType, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(mediaType), echo.MIMEApplicationJSON)
}

// unread tells a body that is too large from one that ended before its time.
func unread(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	return malformed().Because(err)
}

func malformed() *problem.Error {
	return problem.New(problem.Invalid, "malformed_json", "The body isn't the JSON that this asks for.")
}
