package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cardwall/packages/filter"
	"cardwall/packages/problem"
)

// Fault is what is wrong with a line, and where.
type Fault struct {
	Sentence            string
	Before, Word, After string // the line around the word, shortened and without what can't be seen
	filter.Span
}

const (
	wordMost   = 60 // characters of a wrong word that are shown
	aroundMost = 40 // and on each side of it
)

// FaultOf is what the api has against a line that the grammar has nothing against.
func FaultOf(line string, err error) *Fault {
	p := problem.From(err)
	for _, wrong := range p.Fields {
		if wrong.Field == "q" && wrong.At != nil {
			return faultAt(line, wrong.Detail, filter.Span(*wrong.At))
		}
	}
	return &Fault{Sentence: p.Detail}
}

func faultAt(line, sentence string, at filter.Span) *Fault {
	letters := []rune(line)
	from := min(at.Offset, len(letters))
	to := min(from+at.Length, len(letters))
	f := &Fault{Sentence: sentence, Span: at, Before: shown(letters[max(0, from-aroundMost):from]), Word: shown(letters[from:min(to, from+wordMost)]), After: shown(letters[to:min(len(letters), to+aroundMost)])}
	if from > aroundMost {
		f.Before = "…" + f.Before
	}
	if to > from+wordMost {
		f.Word += "…"
	}
	if len(letters) > to+aroundMost {
		f.After += "…"
	}
	return f
}

// shown writes a box for each character that has no form, or turns the direction of writing.
func shown(letters []rune) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == utf8.RuneError {
			return '□'
		}
		return c
	}, string(letters))
}
