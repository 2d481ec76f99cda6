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
	DescriptionLimit = 50_000
)

// cleanTitle returns a title without the white space around it, or a Field that says what is wrong with it.
func cleanTitle(title string) (string, *problem.Field) {
	title = strings.TrimSpace(title)
	switch {
	case title == "":
		return "", &problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."}
	case utf8.RuneCountInString(title) > TitleLimit:
		return "", &problem.Field{Field: "title", Code: "too_long", Detail: fmt.Sprintf("A title can have up to %d characters; this one has %d.", TitleLimit, utf8.RuneCountInString(title))}
	case !utf8.ValidString(title) || strings.ContainsFunc(title, unicode.IsControl):
		return "", &problem.Field{Field: "title", Code: "one_line", Detail: "A title is one line, without tabs or other control characters."}
	}
	return title, nil
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
