package kanban

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

// patterns turns words that somebody looks for into regular expressions, each of which must be found in a text: a word
// begins a word of it, whatever its case. They are so made that neither Postgres' locale nor what a character means in
// patterns has a say.
func patterns(words string) ([]string, *problem.Field) {
	if !utf8.ValidString(words) || strings.ContainsRune(words, 0) {
		return nil, &problem.Field{Field: "q", Code: "not_text", Detail: "What is looked for is plain text; this has a byte in it that isn't."}
	}
	made := []string{}
	for _, word := range strings.Fields(norm.NFC.String(words)) {
		made = append(made, pattern(word))
	}
	return made, nil
}

// numbered is a card's number as people write it.
var numbered = regexp.MustCompile(`^#[0-9]+$`)

func pattern(word string) string {
	if numbered.MatchString(word) {
		return word + "([^0-9]|$)" // #1 isn't #12
	}
	var out strings.Builder
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(first) || unicode.IsDigit(first) {
		out.WriteString("(^|[^[:alnum:]])")
	}
	for _, c := range word {
		out.WriteString(anyCase(c))
	}
	return out.String()
}

// anyCase matches a character and all that differ from it in case alone.
func anyCase(c rune) string {
	same := string(c)
	for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
		same += string(other)
	}
	if same == string(c) {
		return regexp.QuoteMeta(same)
	}
	return "[" + same + "]"
}
