package problem

import "slices"

// ContentType is the media type of a document (RFC 9457 §3).
const ContentType = "application/problem+json"

// Document is an Error on the wire (RFC 9457 §3.1), with the members that our contract adds (§3.2):
// code, errors, request_id and, for a stale write, current.
type Document struct {
	Type      string  `json:"type"`   // always "about:blank": the code tells the cases apart
	Title     string  `json:"title"`  // the status in words
	Status    int     `json:"status"` // as in the status line
	Code      string  `json:"code"`
	Detail    string  `json:"detail"`
	Errors    []Field `json:"errors,omitempty"`
	RequestID string  `json:"request_id,omitempty"`
	Current   any     `json:"current,omitempty"`
}

type row struct {
	kind   Kind
	status int
	title  string
}

// table is the one place where kinds and statuses meet, read in both directions.
var table = []row{
	{Invalid, 400, "Bad Request"},
	{Unauthenticated, 401, "Unauthorized"},
	{Forbidden, 403, "Forbidden"},
	{NotFound, 404, "Not Found"},
	{MethodNotAllowed, 405, "Method Not Allowed"},
	{Conflict, 409, "Conflict"},
	{Stale, 412, "Precondition Failed"},
	{TooLarge, 413, "Content Too Large"},
	{UnsupportedMedia, 415, "Unsupported Media Type"},
	{Misdirected, 421, "Misdirected Request"},
	{PreconditionRequired, 428, "Precondition Required"},
	{TooMany, 429, "Too Many Requests"},
	{HeaderTooLarge, 431, "Request Header Fields Too Large"},
	{Internal, 500, "Internal Server Error"},
	{BadGateway, 502, "Bad Gateway"},
	{Unavailable, 503, "Service Unavailable"},
	{Timeout, 504, "Gateway Timeout"},
}

// Status is the HTTP status number a kind travels under; an unknown kind is our fault, 500.
func (k Kind) Status() int {
	for _, r := range table {
		if r.kind == k {
			return r.status
		}
	}
	return 500
}

// KindOf is the kind that a status number stands for; of the numbers without a row, those below 500
// read as Invalid and the rest as Internal.
func KindOf(status int) Kind {
	i := slices.IndexFunc(table, func(r row) bool { return r.status == status })
	switch {
	case i >= 0:
		return table[i].kind
	case status < 500:
		return Invalid
	default:
		return Internal
	}
}

// Document is what a client may read of the error.
func (e *Error) Document(requestID string) Document {
	status := e.Kind.Status()
	i := slices.IndexFunc(table, func(r row) bool { return r.status == status })
	return Document{
		Type: "about:blank", Title: table[i].title, Status: status,
		Code: e.Code, Detail: e.Detail, Errors: e.Fields, RequestID: requestID, Current: e.Current,
	}
}

// Error reads a document back into the value it was made from, less the cause.
func (d Document) Error() *Error {
	return &Error{Kind: KindOf(d.Status), Code: d.Code, Detail: d.Detail, Fields: d.Errors, Current: d.Current}
}
