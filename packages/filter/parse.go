package filter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a line. What it can't make sense of is an *Error, the first one in the line; an empty line is a Query
// without terms.
func Parse(line string) (Query, error) {
	if err := check(line); err != nil {
		return Query{}, err
	}
	var q Query
	for r := (reader{line: []rune(line)}); r.more(); {
		if len(q.Terms) == TermsAtMost {
			return Query{}, wrong("too_many_terms", Span{r.at, len(r.line) - r.at}, "", fmt.Sprintf("A filter can ask for up to %d things at once.", TermsAtMost))
		}
		term, err := r.term()
		if err != nil {
			return Query{}, err
		}
		q.Terms = append(q.Terms, term)
	}
	return q, nil
}

// check looks at the line as a whole.
func check(line string) error {
	// What is far too long isn't looked at any further: a character has four bytes at most.
	if len(line) > CharactersAtMost*utf8.UTFMax || utf8.RuneCountInString(line) > CharactersAtMost {
		return wrong("too_long", Span{CharactersAtMost, utf8.RuneCountInString(line) - CharactersAtMost}, "", fmt.Sprintf("A filter can have up to %d characters.", CharactersAtMost))
	}
	at := 0
	for i, c := range line {
		_, size := utf8.DecodeRuneInString(line[i:])
		if (c == utf8.RuneError && size == 1) || hidden(c) {
			return wrong("not_text", Span{at, 1}, "", "There is a character here that can't be seen. Take it out.")
		}
		at++
	}
	return nil
}

// hidden tells control characters, and marks that turn the direction of writing: no title has one either.
func hidden(c rune) bool {
	return unicode.IsControl(c) && !unicode.IsSpace(c) || unicode.Is(unicode.Bidi_Control, c)
}

// reader goes through a line term by term.
type reader struct {
	line []rune
	at   int
}

// more skips white space and reports whether something comes after it.
func (r *reader) more() bool {
	for r.at < len(r.line) && unicode.IsSpace(r.line[r.at]) {
		r.at++
	}
	return r.at < len(r.line)
}

func (r *reader) term() (Term, error) {
	began := r.at
	term := Term{Kind: Text, Not: r.skip('-')}
	from := r.at
	if r.skip('@') {
		term.Kind = Person
	} else if key := r.key(); key != "" {
		if term.Kind = Kind(strings.ToLower(key)); !slices.Contains(keys, string(term.Kind)) {
			return Term{}, unknown(key, r.since(from))
		}
	}
	value, err := r.value(began)
	term.Value, term.Span = value, r.since(began)
	switch {
	case err != nil:
		return Term{}, err
	case value == "":
		return Term{}, empty(term)
	}
	return checked(term)
}

// skip steps over a character if it is the next one.
func (r *reader) skip(c rune) bool {
	if r.at < len(r.line) && r.line[r.at] == c {
		r.at++
		return true
	}
	return false
}

// key reads what stands before a colon, and the colon; "" when the next word has none.
func (r *reader) key() string {
	end := r.at
	for end < len(r.line) && !breaks(r.line[end]) && r.line[end] != ':' {
		end++
	}
	rest := r.line[r.at:min(len(r.line), end+len("://"))]
	key := keyOf(string(rest))
	if key != "" {
		r.at = end + 1
	}
	return key
}

// value reads a word, or what stands between quotation marks, of a term that began there.
func (r *reader) value(began int) (string, error) {
	if r.at < len(r.line) && isMark(r.line[r.at]) {
		return r.quoted(began)
	}
	from := r.at
	for r.at < len(r.line) && !unicode.IsSpace(r.line[r.at]) {
		if isMark(r.line[r.at]) {
			return "", wrong("unbalanced", Span{r.at, 1}, "", `A quotation mark opens at the beginning of a word. To look for one, write "" between quotation marks.`)
		}
		r.at++
	}
	return string(r.line[from:r.at]), nil
}

// quoted reads up to the mark that closes; two straight ones in a row are one that is meant. All white space is one space.
func (r *reader) quoted(began int) (string, error) {
	opened, value := r.line[r.at], strings.Builder{}
	for r.at++; r.at < len(r.line); r.at++ {
		c := r.line[r.at]
		switch {
		case c == '"' && opened == '"' && r.at+1 < len(r.line) && r.line[r.at+1] == '"':
			r.at++
		case c == opened, isCurly(c) && isCurly(opened):
			r.at++
			if r.at < len(r.line) && !unicode.IsSpace(r.line[r.at]) {
				return "", wrong("unbalanced", Span{r.at, 1}, "", "Put a space after a quotation mark that closes.")
			}
			return strings.Join(strings.Fields(value.String()), " "), nil
		}
		value.WriteRune(c)
	}
	return "", wrong("unbalanced", r.since(began), "", "A quotation mark opens here and none closes.")
}

func (r *reader) since(began int) Span { return Span{began, r.at - began} }
