package filter

import (
	"fmt"
	"slices"
	"strings"
)

// Error says what a line can't mean, and where.
type Error struct {
	Code    string // stable: unbalanced, unknown_filter, not_offered, required, too_long, too_many_terms, not_text
	Detail  string // a sentence, to show to a person
	Nearest string // what was perhaps meant in the place of Span; "" for who knows
	Span           // what it is about
}

// Error is the sentence.
func (e *Error) Error() string { return e.Detail }

func wrong(code string, at Span, nearest, detail string) *Error {
	return &Error{Code: code, Detail: detail, Nearest: nearest, Span: at}
}

// keys are what can stand before a colon, in the order in which they are offered.
var keys = []string{string(Label), string(Column), string(Due), string(Is)}

func unknown(key string, at Span) error {
	nearest := nearestOf(strings.ToLower(key), keys)
	offer := fmt.Sprintf(", only by %s:, %s:, %s: and %s:.", Label, Column, Due, Is)
	if nearest != "" {
		nearest += ":"
		offer = fmt.Sprintf(". Did you mean %s?", nearest)
	}
	return wrong("unknown_filter", at, nearest, fmt.Sprintf("Cards can't be filtered by %s:%s To look for the words, put them in quotation marks.", key, offer))
}

func empty(term Term) error {
	detail := "There is nothing between the quotation marks."
	switch text := term.prefix(); {
	case term.Length == 1 && term.Not:
		detail = "Say after the minus what the cards are not to be."
	case text != "":
		detail = fmt.Sprintf("Say after %s what you are looking for.", text)
	}
	return wrong("required", term.Span, "", detail)
}

// checked holds a term against the values that its kind has.
func checked(term Term) (Term, error) {
	offered := map[Kind][]string{Due: Dues, Is: States}[term.Kind]
	if offered == nil {
		return term, nil
	}
	small := strings.ToLower(term.Value)
	if slices.Contains(offered, small) {
		term.Value = small
		return term, nil
	}
	nearest := nearestOf(small, offered)
	detail := fmt.Sprintf("After %s comes %s.", term.prefix(), alternatives(offered))
	if nearest == "" {
		return term, wrong("not_offered", term.Span, "", detail)
	}
	if len(offered) > 1 {
		detail += " Did you mean " + nearest + "?"
	}
	meant := Term{Kind: term.Kind, Value: nearest, Not: term.Not}
	return term, wrong("not_offered", term.Span, meant.String(), detail)
}

// alternatives writes "a, b or c".
func alternatives(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
