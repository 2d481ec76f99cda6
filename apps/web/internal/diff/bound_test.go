package diff

import (
	"fmt"
	"strings"
	"testing"
)

// numbered are lines of a text, each its own.
func numbered(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line+"\n", i)
	}
	return b.String()
}

// However much differs, a page that tells of it in a paragraph each holds it.
func TestWhatIsToldOfLongTextsIsBounded(t *testing.T) {
	t.Parallel()
	sentence := strings.Repeat("a %[1]d ", 40)
	grouped := func(line string) string { return strings.Repeat(numbered(20, line)+"the same\n", 12) }
	for name, c := range map[string]struct{ old, now string }{
		"all_lines":                {strings.Repeat("a\n\n", 16_600), strings.Repeat("b\n\n", 16_600)},
		"new_lines":                {"", strings.Repeat("\n", 50_000)},
		"lines_all_over":           {strings.Repeat(strings.Repeat("x\n", 80)+"a\n", 300), strings.Repeat(strings.Repeat("x\n", 80)+"b\n", 300)},
		"one":                      {numbered(10_000, "%d"), strings.Replace(numbered(10_000, "%d"), "\n5000\n", "\nfive\n", 1)},
		"words_all_over":           {grouped(sentence), grouped(strings.ReplaceAll(sentence, "a", "b"))},
		"words_in_a_line":          {strings.Repeat("a b ", 12_000), strings.Repeat("a c ", 12_000)},
		"lines_of_many_words_each": {strings.Repeat(strings.Repeat("a b ", 249)+"\n", 50), strings.Repeat(strings.Repeat("a c ", 249)+"\n", 50)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			blocks := Fold(Lines(c.old, c.now))
			var lines []Line
			pieces, count := 0, 0
			for _, block := range blocks {
				lines = append(lines, block.Lines...)
				count += block.Count
			}
			for _, line := range lines {
				pieces += len(line.Pieces)
			}
			if pieces > piecesMax+3*differMax || len(lines) > 4*differMax {
				t.Errorf("it is told in %d lines and %d pieces", len(lines), pieces)
			}
			if got := half(lines, Gone); got != c.old {
				t.Errorf("the old text is %d bytes, not %d", len(got), len(c.old))
			}
			if got := half(lines, New); got != c.now {
				t.Errorf("the new text is %d bytes, not %d", len(got), len(c.now))
			}
			if most := max(strings.Count(c.old, "\n"), strings.Count(c.now, "\n")); count < most {
				t.Errorf("%d lines are counted of %d", count, most)
			}
		})
	}
}

// A text that is shown without a change is no more of it.
func TestALongTextAloneIsFewLines(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("a\n", 25_000)
	for name, blocks := range map[string][]Block{"plain": Plain(text), "base": Base(text, strings.Repeat("b\n", 25_000))} {
		lines, count := 0, 0
		for _, block := range blocks {
			lines += len(block.Lines)
			count += block.Count
		}
		if lines > 4 || count != 25_001 {
			t.Errorf("%s: %d lines of %d", name, lines, count)
		}
	}
}

// Each word of a line is compared with each line that took its place.
func TestOnlyLinesThatAreSoonReadAreCompared(t *testing.T) {
	t.Parallel()
	lines := func(length int) []string {
		return split(strings.TrimSpace(strings.Repeat(strings.Repeat("a ", length/2)+"\n", 50)))
	}
	if pairs := alike(lines(80), lines(80)); len(pairs) != 50 {
		t.Errorf("%d of 50 lines are paired", len(pairs))
	}
	if pairs := alike(lines(1000), lines(1000)); len(pairs) != 0 {
		t.Errorf("%d of 50 lines that are long are paired", len(pairs))
	}
}
