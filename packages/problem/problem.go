// Package problem says what went wrong, as a value.
//
// An [Error] has a [Kind], a stable code and a sentence for the person who reads it. The domain makes
// it where the fact is known, the servers write it as an RFC 9457 document, and the client of the api
// reads that document back into an Error of the same kind. The one table between kinds and HTTP status
// numbers stands in document.go. This package imports neither HTTP nor a database, so anything may use it.
package problem

import (
	"errors"
	"fmt"
	"time"
)

// Kind groups errors by what the caller can do about them.
type Kind string

// The kinds, each with the status number it travels under (see document.go).
const (
	Invalid              Kind = "invalid"               // 400: the request says something that can't be meant
	Unauthenticated      Kind = "unauthenticated"       // 401: who is asking is not known
	Forbidden            Kind = "forbidden"             // 403: known, visible, but not allowed
	NotFound             Kind = "not_found"             // 404: not there, or not for the asker to see
	MethodNotAllowed     Kind = "method_not_allowed"    // 405
	Conflict             Kind = "conflict"              // 409: makes no sense in the present state
	Stale                Kind = "stale"                 // 412: made from a version that is no longer current
	TooLarge             Kind = "too_large"             // 413
	UnsupportedMedia     Kind = "unsupported_media"     // 415
	Misdirected          Kind = "misdirected"           // 421: asked under another host's name
	PreconditionRequired Kind = "precondition_required" // 428: must name the version it was made from
	TooMany              Kind = "too_many"              // 429: wait RetryAfter
	HeaderTooLarge       Kind = "header_too_large"      // 431
	Internal             Kind = "internal"              // 500: our fault
	BadGateway           Kind = "bad_gateway"           // 502: the api can't be reached
	Unavailable          Kind = "unavailable"           // 503: passing; wait RetryAfter
	Timeout              Kind = "timeout"               // 504: the api took too long
)

// Error is a failure with a kind. Detail is written for the person who made the request and holds
// nothing of the inside; the cause, for the operator's log, is what Unwrap returns.
type Error struct {
	Kind       Kind
	Code       string        // stable, snake_case, part of the contract: "email_taken"
	Detail     string        // one or two sentences: what happened and what to do
	Fields     []Field       // which parts of the request were wrong, for Invalid
	RetryAfter time.Duration // for TooMany and Unavailable
	Current    any           // for Stale: the present state, as the contract shows it
	cause      error
}

// Field is one wrong part of a request.
type Field struct {
	Field  string `json:"field"`        // its name, or a path such as "columns.0.title"
	Code   string `json:"code"`         // "required", "too_long", …
	Detail string `json:"detail"`       // a sentence
	At     *Span  `json:"at,omitempty"` // the part of its value that it is about, if it is about a part
}

// Span is a part of a text, in characters (Unicode code points).
type Span struct {
	Offset int `json:"offset"`
	Length int `json:"length"`
}

// New makes an error of a kind with its stable code and a sentence for the reader.
func New(kind Kind, code, detail string) *Error {
	return &Error{Kind: kind, Code: code, Detail: detail}
}

// Validation makes the Invalid error for wrong fields, under the code "validation_failed".
func Validation(fields ...Field) *Error {
	detail := "Some of what was sent can't be accepted."
	if len(fields) == 1 {
		detail = fields[0].Detail
	}
	return &Error{Kind: Invalid, Code: "validation_failed", Detail: detail, Fields: fields}
}

// Because keeps the cause for the log and returns a copy of the error that unwraps to it.
func (e *Error) Because(cause error) *Error {
	with := *e
	with.cause = cause
	return &with
}

// After returns a copy that asks the caller to wait so long before trying again.
func (e *Error) After(wait time.Duration) *Error {
	with := *e
	with.RetryAfter = wait
	return &with
}

// Error is the operator's view: code, sentence and cause.
func (e *Error) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("%s: %s", e.Code, e.Detail)
	}
	return fmt.Sprintf("%s: %s: %v", e.Code, e.Detail, e.cause)
}

// Unwrap returns the cause, which is never shown to a client.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether err is an Error of the kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// From finds the Error in err's chain, or wraps err as Internal: what nobody foresaw is our fault.
func From(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return New(Internal, "internal", "Something went wrong on our side. Please try again; if it stays, tell whoever runs this Cardwall.").Because(err)
}
