package kanban

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cardwall/packages/problem"
)

// The longest texts, in characters.
const (
	TitleLimit       = 500
	NameLimit        = 50
	DescriptionLimit = 50_000
)

// cleanTitle returns a title without the white space around it, or a Field that says what is wrong with it.
func cleanTitle(title string) (string, *problem.Field) { return cleanLine("title", title, TitleLimit) }

// cleanName does so for a name.
func cleanName(name string) (string, *problem.Field) { return cleanLine("name", name, NameLimit) }

// cleanLine is for a field that holds one line to show, of at most so many characters.
func cleanLine(field, line string, limit int) (string, *problem.Field) {
	line = strings.TrimSpace(line)
	switch n := utf8.RuneCountInString(line); {
	case !strings.ContainsFunc(line, visible):
		return "", &problem.Field{Field: field, Code: "required", Detail: fmt.Sprintf("A %s needs at least one character.", field)}
	case n > limit:
		return "", &problem.Field{Field: field, Code: "too_long", Detail: fmt.Sprintf("A %s can have up to %d characters; this one has %d.", field, limit, n)}
	case !utf8.ValidString(line) || strings.ContainsFunc(line, unshowable):
		return "", &problem.Field{Field: field, Code: "one_line", Detail: fmt.Sprintf("A %s is one line, without tabs, other control characters or marks that turn the direction of writing.", field)}
	}
	return line, nil
}

// visible tells what can be seen from spaces, from marks that need something to stand on, and from the rest.
func visible(c rune) bool {
	return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.IsMark(c)
}

// unshowable are the characters that break a line or turn the text around them.
func unshowable(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// checkDescription returns a Field that says what is wrong with a description, or nil.
func checkDescription(text string) *problem.Field {
	switch {
	case utf8.RuneCountInString(text) > DescriptionLimit:
		return &problem.Field{Field: "description", Code: "too_long", Detail: fmt.Sprintf("A description can have up to %d characters; this one has %d.", DescriptionLimit, utf8.RuneCountInString(text))}
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return &problem.Field{Field: "description", Code: "not_text", Detail: "A description is plain text; this has a byte in it that isn't."}
	}
	return nil
}

// within names the fields of an Invalid by their path, when they are parts of another.
func within(part string, err error) error {
	wrong := problem.From(err)
	for i := range wrong.Fields {
		wrong.Fields[i].Field = part + "." + wrong.Fields[i].Field
	}
	return wrong
}

// refuse gathers wrong fields into one error; nil when there are none.
func refuse(fields ...*problem.Field) error {
	var wrong []problem.Field
	for _, field := range fields {
		if field != nil {
			wrong = append(wrong, *field)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return problem.Validation(wrong...)
}
