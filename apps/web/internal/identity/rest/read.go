package rest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"cardwall/apps/web/internal/session"
	"cardwall/packages/problem"
)

const bodyMax = 64 << 10 // bytes

// sender is who sent the body: a form of a page, or a program.
type sender struct {
	isForm   bool
	returnTo string // of the form; "" if it has none
}

// destination is where a form leads when all is well.
func (s sender) destination() string {
	if s.returnTo == "" {
		return session.Home
	}
	return s.returnTo
}

type body interface{ fill(form url.Values) }

// read takes a body in, as JSON or as a form. It returns problem.Invalid "malformed",
// problem.UnsupportedMedia, or the http.MaxBytesError of a body over 64 KiB.
func read(w http.ResponseWriter, r *http.Request, into body) (sender, error) {
	r.Body = http.MaxBytesReader(w, r.Body, bodyMax)
	switch media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); {
	case media == "application/json" && err == nil:
		return sender{}, readJSON(r.Body, into)
	case media == "application/x-www-form-urlencoded" && err == nil:
		return readForm(r, into)
	case r.Header.Get("Content-Type") == "" && r.ContentLength == 0:
		return sender{}, nil
	default:
		return sender{}, problem.New(problem.UnsupportedMedia, "unsupported_media", "Send JSON (application/json) or a form.")
	}
}

func readForm(r *http.Request, into body) (sender, error) {
	from := sender{isForm: true}
	if err := r.ParseForm(); err != nil {
		return from, malformed(err)
	}
	into.fill(r.PostForm)
	if to := r.PostForm.Get("return_to"); to != "" {
		from.returnTo = session.ReturnTo(to)
	}
	return from, nil
}

func readJSON(from io.Reader, into body) error {
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	switch err := decoder.Decode(into); {
	case errors.Is(err, io.EOF): // an empty body has no fields
		return nil
	case err != nil:
		return malformed(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return malformed(errors.New("more than one value"))
	}
	return nil
}

func malformed(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) || problem.Is(err, problem.Invalid) { // the server knows better what's wrong with it
		return err
	}
	return problem.New(problem.Invalid, "malformed", "The request's body can't be read: it must be one JSON object with the documented fields, or a form.").Because(err)
}
