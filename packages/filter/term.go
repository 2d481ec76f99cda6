package filter

import (
	"strings"
	"unicode"
)

// String writes the term in its canonical form: what its chip shows.
func (t Term) String() string {
	text := t.prefix() + t.value()
	if t.Not {
		return "-" + text
	}
	return text
}

func (t Term) prefix() string {
	switch t.Kind {
	case Text:
		return ""
	case Person:
		return "@"
	default:
		return string(t.Kind) + ":"
	}
}

// value puts quotation marks around what would be read as something else without.
func (t Term) value() string {
	if !strings.ContainsFunc(t.Value, breaks) && (t.Kind != Text || plain(t.Value)) {
		return t.Value
	}
	return `"` + strings.ReplaceAll(t.Value, `"`, `""`) + `"`
}

// breaks tells the characters that end a word without quotation marks, or have no place in one.
func breaks(c rune) bool { return unicode.IsSpace(c) || isMark(c) }

// plain reports whether a word is read as a word.
func plain(word string) bool {
	return word != "" && word[0] != '-' && word[0] != '@' && keyOf(word) == ""
}

// keyOf is `label` of `label:bug`, and "" of what has no key. An address such as `https://example.org` is a word, and so
// is `10:30`.
func keyOf(word string) string {
	key, value, found := strings.Cut(word, ":")
	if !found || strings.ContainsFunc(key, notLetter) || strings.HasPrefix(value, "//") {
		return ""
	}
	return key
}

func notLetter(c rune) bool { return !unicode.IsLetter(c) }

// isMark tells quotation marks, also those that a telephone writes by itself.
func isMark(c rune) bool { return c == '"' || isCurly(c) }

func isCurly(c rune) bool { return c == '“' || c == '”' || c == '„' || c == '‟' }
