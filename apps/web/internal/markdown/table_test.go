package markdown

import (
	"strings"
	"testing"
)

// wide is a table whose rows have a cell written in each, of as many as its head has; each of its lines has something before it.
func wide(columns, rows int, before string) string {
	row := before + "|\n"
	return before + strings.Repeat("|a", columns) + "\n" + before + strings.Repeat("|-", columns) + "\n" + strings.Repeat(row, rows)
}

// A row gets all the cells that its table's head has: a short text could make more of them than anybody's memory holds.
func TestATableOfMoreCellsThanAnybodyReadsIsShownAsTyped(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"alone":                     wide(1000, 1000, ""),
		"in_a_quote":                wide(1000, 1000, "> "),
		"in_a_list":                 "- a\n" + wide(1000, 1000, "  "),
		"in_a_quote_in_a_list":      "1. a\n" + wide(1000, 1000, "   > "),
		"begun_with_a_list":         "- " + strings.ReplaceAll(wide(1000, 1000, ""), "\n", "\n  "),
		"aligned":                   strings.ReplaceAll(wide(1000, 1000, ""), "|-", "|:-:"),
		"without_strokes_outside":   strings.ReplaceAll(strings.ReplaceAll(wide(1000, 1000, ""), "\n|-", "\n-"), "|a|", "a|"),
		"with_odd_spaces_for_lines": strings.ReplaceAll(wide(1000, 1000, ""), "-\n", "-\n\u00a0\n"),
		"in_many":                   strings.Repeat(wide(100, 100, "")+"\n", 10),
	} {
		if got := Render(text, Options{}).String(); !strings.HasPrefix(got, "<pre>") {
			t.Errorf("%s: %d cells are drawn", name, strings.Count(got, "<td"))
		}
		if len(Tasks(text+"\n\n- [ ] a")) != 0 {
			t.Errorf("%s: a box of a text that is shown as typed", name)
		}
	}
	for name, text := range map[string]string{
		"a_table":      wide(20, 500, ""),
		"many":         strings.Repeat(wide(5, 50, "")+"\n", 50),
		"words_behind": wide(100, 1, "") + "\n" + strings.Repeat("words\n", 20_000),
		"rules":        strings.Repeat("---\n", 12_500),
	} {
		if got := Render(text, Options{}).String(); strings.HasPrefix(got, "<pre>") {
			t.Errorf("%s is shown as typed", name)
		}
	}
}
