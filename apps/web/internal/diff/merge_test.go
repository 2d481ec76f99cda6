package diff

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMergeLines(t *testing.T) {
	t.Parallel()
	const base = "Title\none\ntwo\nthree\nEnd"
	for name, c := range map[string]struct {
		base, mine, theirs, want string
		clean                    bool
	}{
		"lines_far_apart":            {base, "Title!\none\ntwo\nthree\nEnd", "Title\none\ntwo\nthree\nEnd.", "Title!\none\ntwo\nthree\nEnd.", true},
		"lines_that_touch":           {base, "Title\nONE\ntwo\nthree\nEnd", "Title\none\nTWO\nthree\nEnd", "Title\nONE\nTWO\nthree\nEnd", true},
		"one_adds_one_takes":         {base, "Title\none\ntwo\nthree\nfour\nEnd", "Title\ntwo\nthree\nEnd", "Title\ntwo\nthree\nfour\nEnd", true},
		"the_same_change":            {base, "Title\n1\ntwo\nthree\nEnd", "Title\n1\ntwo\nthree\nEnd", "Title\n1\ntwo\nthree\nEnd", true},
		"a_line_of_several":          {base, "Title\none by me\ntwo by me\nthree\nEnd", "Title\none\ntwo by you\nthree by you\nEnd", "Title\none by me\n▼ Written here\ntwo by me\n▼ Saved meanwhile\ntwo by you\n▲\nthree by you\nEnd", false},
		"the_same_line":              {base, "Title\n1\ntwo\nthree\nEnd", "Title\neins\ntwo\nthree\nEnd", "Title\n▼ Written here\n1\n▼ Saved meanwhile\neins\n▲\ntwo\nthree\nEnd", false},
		"both_add_at_the_end":        {"a", "a\nmine", "a\ntheirs", "a\n▼ Written here\nmine\n▼ Saved meanwhile\ntheirs\n▲", false},
		"one_takes_what_one_changes": {base, "Title\ntwo\nthree\nEnd", "Title\nuno\ntwo\nthree\nEnd", "Title\n▼ Written here\n▼ Saved meanwhile\nuno\n▲\ntwo\nthree\nEnd", false},
		"a_wide_change_over_two":     {base, "Title\nX\nEnd", "Title\n1\ntwo\n3\nEnd", "Title\n▼ Written here\nX\n▼ Saved meanwhile\n1\ntwo\n3\n▲\nEnd", false},
		"from_nothing":               {"", "mine", "theirs", "▼ Written here\nmine\n▼ Saved meanwhile\ntheirs\n▲", false},
		"one_clears_it":              {"a", "", "a", "", true},
		"an_empty_line_is_left":      {"a", "", "\na", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, clean := MergeLines(c.base, c.mine, c.theirs); got != c.want || clean != c.clean {
				t.Errorf("%q %t, want %q", got, clean, c.want)
			}
		})
	}
}

func TestMergeWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		base, mine, theirs, want string
		clean                    bool
	}{
		{"Buy seeds", "Buy red seeds", "Buy seeds today", "Buy red seeds today", true},
		{"Buy seeds", "Buy bulbs", "Buy soil", "Buy soil / bulbs", false},
	} {
		if got, clean := MergeWords(c.base, c.mine, c.theirs); got != c.want || clean != c.clean {
			t.Errorf("%q %t, want %q", got, clean, c.want)
		}
	}
}

func TestAMergeLosesNobodysLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := drawn.Draw(t, "base"), drawn.Draw(t, "mine"), drawn.Draw(t, "theirs")
		merged, _ := MergeLines(base, mine, theirs)
		count := func(text, line string) (n int) {
			for _, each := range split(text) {
				if each == line {
					n++
				}
			}
			return n
		}
		for _, text := range []string{mine, theirs} {
			for _, line := range split(text) {
				isAll := line == "" && merged == "" // an empty line alone is no text
				if added := count(text, line) - count(base, line); added > 0 && count(merged, line) == 0 && !isAll {
					t.Fatalf("%q is not in %q", line, merged)
				}
			}
		}
		if got, clean := MergeLines(base, base, theirs); got != theirs || !clean {
			t.Fatalf("without a change of mine it is %q, not %q", got, theirs)
		}
		if got, clean := MergeLines(base, mine, base); got != mine || !clean {
			t.Fatalf("without a change of theirs it is %q, not %q", got, mine)
		}
		if got, clean := MergeLines(base, mine, mine); got != mine || !clean {
			t.Fatalf("with the same change it is %q, not %q", got, mine)
		}
	})
}

func TestWithoutABaseWhatBothHaveIsIt(t *testing.T) {
	t.Parallel()
	mine, theirs := "Title\nmine\nEnd", "Title\ntheirs\nmore\nEnd"
	if got := Shared(mine, theirs); got != "Title\nEnd" {
		t.Errorf("%q", got)
	}
	if merged, _ := MergeLines(Shared(mine, theirs), mine, theirs); !strings.Contains(merged, "mine") || !strings.Contains(merged, "theirs\nmore") {
		t.Errorf("%q", merged)
	}
}
