package ui

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// formMax is the most bytes a form may have: the longest description, each character percent-encoded.
const formMax = 1 << 20

// ReadForm reads a posted form into r.PostForm. A form beyond 1 MiB is problem.TooLarge, one that can't be
// read problem.Invalid.
func ReadForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, formMax)
	err := r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return problem.New(problem.TooLarge, "form_too_large", "That is more text than a card can hold. Shorten it and send it again.").Because(err)
	default:
		return problem.New(problem.Invalid, "form_unreadable", "The form did not arrive in one piece. Please go back and send it again.").Because(err)
	}
}

// canonicalID is the length of an id as addresses have it; uuid.Parse takes longer and shorter spellings too, and
// one thing has one address.
const canonicalID = 36

// PathID reads an id out of the path; what is no id names nothing, so the error is problem.NotFound.
func PathID(r *http.Request, name string) (uuid.UUID, error) {
	raw := r.PathValue(name)
	id, err := uuid.Parse(raw)
	if err != nil {
		return uuid.Nil, NotFound().Because(err)
	}
	if len(raw) != canonicalID {
		return uuid.Nil, NotFound()
	}
	return id, nil
}

// ReadBoardForm reads a form and the board that its address names.
func ReadBoardForm(w http.ResponseWriter, r *http.Request) (board uuid.UUID, err error) {
	if err := ReadForm(w, r); err != nil {
		return uuid.Nil, err
	}
	return PathID(r, "board")
}

// ReadFormOf is ReadBoardForm for a form about a thing on the board, which the address names too.
func ReadFormOf(w http.ResponseWriter, r *http.Request, thing string) (board, id uuid.UUID, err error) {
	if board, err = ReadBoardForm(w, r); err != nil {
		return
	}
	id, err = PathID(r, thing)
	return
}

// Version is the one that a form was made from; a missing one is 0, which nothing has: as stale as can be.
func Version(r *http.Request) int {
	v, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return 0
	}
	return v
}

// NewID is the value of a form's hidden "id": what the form makes gets it, so that sending the form twice makes
// one thing.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// FormID is the id that a form brought for what it makes; nil for none, so that the api chooses one.
func FormID(typed string) *uuid.UUID {
	id, err := uuid.Parse(typed)
	if err != nil {
		return nil
	}
	return &id
}

// NotFound is the answer for a path that leads nowhere.
func NotFound() *problem.Error {
	return problem.New(problem.NotFound, "page_not_found", "This page isn't there, or isn't yours to see.")
}

// Failure is a form that was not accepted: it is shown again with what was typed and the reason.
type Failure struct {
	Form   string // the name its page knows the form by
	Typed  url.Values
	Reason *problem.Error
}

// Retry makes the Failure of a form that its page can show again. It is false for errors that take the page
// away (not found, api down) or the form on it (not allowed any more, archived meanwhile): they belong on the
// error page, which keeps what was typed.
func Retry(r *http.Request, form string, err error) (Failure, bool) {
	p := problem.From(err)
	switch p.Code {
	case "archived", "column_archived", "board_archived":
		return Failure{}, false
	}
	switch p.Kind {
	case problem.Invalid, problem.Conflict, problem.Stale, problem.PreconditionRequired, problem.TooLarge, problem.TooMany:
		return Failure{Form: form, Typed: r.PostForm, Reason: p}, true
	}
	return Failure{}, false
}

// Is reports whether it was that form.
func (f Failure) Is(form string) bool { return f.Reason != nil && f.Form == form }

// Value is what a field of that form shows: what was typed into it when it failed, else the stored text.
func (f Failure) Value(form, field, stored string) string {
	if f.Is(form) {
		return f.Typed.Get(field)
	}
	return stored
}

// Sentence is the reason, or "" when it wasn't that form.
func (f Failure) Sentence(form string) string {
	if f.Is(form) {
		return f.Reason.Detail
	}
	return ""
}

// Fault is what is wrong with one field of that form, or "".
func (f Failure) Fault(form, field string) string {
	if !f.Is(form) {
		return ""
	}
	for _, wrong := range f.Reason.Fields {
		if wrong.Field == field {
			return wrong.Detail
		}
	}
	return ""
}

// Alert is the reason, or "" when one of the form's fields says it already.
func (f Failure) Alert(form string, fields ...string) string {
	for _, field := range fields {
		if f.Fault(form, field) != "" {
			return ""
		}
	}
	return f.Sentence(form)
}

// Invalid is the value of aria-invalid for that form's field.
func (f Failure) Invalid(form string) string {
	if f.Is(form) {
		return "true"
	}
	return "false"
}

// Status is the status of the page that shows the failure: 200 when there is none.
func (f Failure) Status() int {
	if f.Reason == nil {
		return http.StatusOK
	}
	return f.Reason.Kind.Status()
}
