package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawn are small texts that often share lines and words.
var drawn = rapid.Custom(func(t *rapid.T) string {
	lines := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b c", "b d", "b c d", "c", "é\u0301 漢字 👩‍🌾"}), 0, 8).Draw(t, "lines")
	return strings.Join(lines, "\n")
})

// half is what lines say of the old text (Gone) or of the new one.
func half(lines []Line, op Op) string {
	var texts []string
	for _, line := range lines {
		var text strings.Builder
		has := line.Op == Changed
		for _, piece := range line.Pieces {
			if piece.Op == Same || piece.Op == op {
				text.WriteString(piece.Text)
				has = true
			}
		}
		if has {
			texts = append(texts, text.String())
		}
	}
	return strings.Join(texts, "\n")
}

func TestWhatIsToldIsBothTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		old, now := drawn.Draw(t, "old"), drawn.Draw(t, "now")
		lines := Lines(old, now)
		if half(lines, Gone) != old || half(lines, New) != now {
			t.Fatalf("%q and %q are told as %v", old, now, lines)
		}
		unfolded := 0
		for _, block := range Fold(lines) {
			unfolded += len(block.Lines)
			for _, line := range block.Lines {
				if block.Folded && line.Op != Same {
					t.Fatalf("a change is folded away: %v", line)
				}
			}
		}
		if unfolded != len(lines) {
			t.Fatalf("folding %d lines leaves %d", len(lines), unfolded)
		}
	})
}

// told writes pieces with what went in [-] and what came in {+}.
func told(pieces []Piece) string {
	var b strings.Builder
	for _, piece := range pieces {
		b.WriteString(map[Op]string{Same: "%s", Gone: "[%s]", New: "{%s}"}[piece.Op])
		text := fmt.Sprintf(b.String(), piece.Text)
		b.Reset()
		b.WriteString(strings.ReplaceAll(text, "%", "%%"))
	}
	return strings.ReplaceAll(b.String(), "%%", "%")
}

func TestWordsAreWhatReadersSee(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, now, want string }{
		"a_word":                     {"Buy red seeds", "Buy blue seeds", "Buy [red]{blue} seeds"},
		"a_phrase_is_one_change":     {"Buy red seeds now", "Buy blue bulbs now", "Buy [red seeds]{blue bulbs} now"},
		"a_number_whole":             {"100 m", "150 m", "[100]{150} m"},
		"a_sign_alone":               {"Sow, then water.", "Sow; then water!", "Sow[,]{;} then water[.]{!}"},
		"a_box":                      {"- [ ] Rake", "- [x] Rake", "- [[ ]{x}] Rake"},
		"writing_without_spaces":     {"買種子", "買球根子", "買[種]{球根}子"},
		"an_accent_goes_whole":       {"cafe\u0301", "cafe", "[cafe\u0301]{cafe}"},
		"a_family_is_not_torn_apart": {"👩‍🌾 digs", "👩‍🍳 digs", "[👩‍🌾]{👩‍🍳} digs"},
		"an_apostrophe":              {"Don't dig", "Do dig", "[Don't]{Do} dig"},
		"nothing":                    {"Same", "Same", "Same"},
		"all":                        {"", "New", "{New}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := told(Words(c.old, c.now)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestLinesThatResembleEachOtherStandTogether(t *testing.T) {
	t.Parallel()
	var got []string
	for _, line := range Lines("Shopping\n- red seeds for spring\n- soil\nEnd", "Shopping\nNot today!\n- blue seeds for spring\n- soil\n\nEnd") {
		got = append(got, fmt.Sprint(line.Op, " ", told(line.Pieces)))
	}
	if want := []string{"0 Shopping", "2 {Not today!}", "3 - [red]{blue} seeds for spring", "0 - soil", "2 {}", "0 End"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLongStretchesOfTheSameAreFolded(t *testing.T) {
	t.Parallel()
	text := "0\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n9"
	var got []string
	for _, block := range Fold(Lines(text, strings.Replace(text, "5", "five", 1))) {
		got = append(got, fmt.Sprint(len(block.Lines), block.Folded))
	}
	if want := []string{"4 true", "9 false"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	base := Base(text, strings.Replace(text, "1", "one", 1), text+"\n10")
	if len(base) != 3 || base[0].Folded || !base[1].Folded || base[2].Folded || len(base[1].Lines) != 5 {
		t.Errorf("the base is folded as %v", base)
	}
}

func TestTheLongestTextsTakeATimeThatIsBounded(t *testing.T) {
	t.Parallel()
	var a, b strings.Builder
	for i := range 12_500 {
		fmt.Fprintf(&a, "%d\nx\n", i%7)
		fmt.Fprintf(&b, "%d\nx\n", i%11)
	}
	words := func(text string) string { return strings.ReplaceAll(text, "\n", " ") }
	start := time.Now()
	lines := Lines(a.String(), b.String())
	pieces := Words(words(a.String()), words(b.String()))
	_, clean := MergeLines(a.String(), b.String(), words(a.String()))
	if took := time.Since(start); took > 5*time.Second || clean {
		t.Errorf("it took %s, merged %t", took, clean)
	}
	if half(lines, Gone) != a.String() || half(lines, New) != b.String() || len(pieces) < 2 {
		t.Error("the texts aren't what is told")
	}
}
