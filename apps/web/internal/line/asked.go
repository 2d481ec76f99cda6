package line

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"cardwall/packages/filter"
)

// Asked is what a line asks for.
type Asked struct {
	Line  string // as it was typed, "" without one
	Fault *Fault // why it makes no sense; nil when it does
	Query filter.Query
}

// Of is the line of a page's address, or of a form on such a page.
func Of(r *http.Request) string {
	line := r.URL.Query().Get("q")
	if r.PostForm.Has("q") {
		line = r.PostForm.Get("q")
	}
	return strings.TrimSpace(line)
}

// Read says what a line asks for, or what is wrong with it.
func Read(line string) Asked {
	query, err := filter.Parse(line)
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		return Asked{Line: line, Fault: faultAt(line, wrong.Detail, wrong.Span)}
	}
	return Asked{Line: line, Query: query}
}

// On reports whether the line asks for something that makes sense.
func (a Asked) On() bool { return a.Line != "" && a.Fault == nil }

// Archived reports whether the cards are those of the archive.
func (a Asked) Archived() bool { return a.On() && a.Query.Asks(filter.Is, filter.Archived) }

// Status is that of the page: a line that makes no sense is the client's fault.
func (a Asked) Status() int {
	if a.Fault != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// With is the line with one more term.
func (a Asked) With(kind filter.Kind, value string) string {
	terms := append(append([]filter.Term{}, a.Query.Terms...), filter.Term{Kind: kind, Value: value})
	return filter.Query{Terms: terms}.String()
}

// faultID is what a field that holds a wrong line names as its description.
const faultID = "filter-fault"

// Marks are what a field that holds the line has when that makes no sense; js/line.js selects the word.
func (a Asked) Marks() templ.Attributes {
	if a.Fault == nil {
		return nil
	}
	return templ.Attributes{
		"autofocus": true, "aria-invalid": "true", "aria-describedby": faultID,
		"data-at": strconv.Itoa(a.Fault.Offset), "data-length": strconv.Itoa(a.Fault.Length),
	}
}

// Address adds a line to an address.
func Address(address, line string) string {
	if line == "" {
		return address
	}
	return with(address, "q", line)
}

// What stands beside the line in the address of a wall of many columns, so that those in which nothing matches are in sight.
const (
	EmptyColumns = "empty"
	EmptyShown   = "shown"
)

// Empty reports whether a page's address asks for those.
func Empty(r *http.Request) bool { return r.URL.Query().Get(EmptyColumns) == EmptyShown }

// WithEmpty has an address ask for them.
func WithEmpty(address string, shown bool) string {
	if !shown {
		return address
	}
	return with(address, EmptyColumns, EmptyShown)
}

func with(address, name, value string) string {
	page, anchor, anchored := strings.Cut(address, "#")
	join := "?"
	if strings.Contains(page, "?") {
		join = "&"
	}
	page += join + url.Values{name: {value}}.Encode()
	if anchored {
		page += "#" + anchor
	}
	return page
}
