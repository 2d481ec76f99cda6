package filter_test

import (
	"errors"
	"reflect"
	"testing"
	"unicode/utf8"

	"cardwall/packages/filter"
)

// FuzzParse holds any line to this: it makes sense or has an error that points into it, and what makes sense is written
// down in a form that means the same and stays as it is.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		"", "rain", `-label:"on hold" due:week`, `@me @"Ada L" -@x`, `"a ""b"""`, "„a“ “b”", "labl:x", "due:yesterday", `"`, "-", "a:", "https://x", "--x", `a"`, "\x00", "\u202e", "\xff",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, err := filter.Parse(line)
		if err != nil {
			var wrong *filter.Error
			if n := utf8.RuneCountInString(line); !errors.As(err, &wrong) || wrong.Code == "" || wrong.Detail == "" ||
				wrong.Offset < 0 || wrong.Length < 1 || wrong.Offset+wrong.Length > n {
				t.Fatalf("%q: %+v", line, err)
			}
			return
		}
		written := q.String()
		again, err := filter.Parse(written)
		if grown := utf8.RuneCountInString(written) > filter.CharactersAtMost; grown {
			return // quotation marks were put around what was as long as it may be
		}
		if err != nil || !reflect.DeepEqual(asked(again), asked(q)) || again.String() != written {
			t.Fatalf("%q was written as %q, which is %+v, %v", line, written, again, err)
		}
		for i, term := range q.Terms {
			if alone, err := filter.Parse(term.String()); err != nil || !reflect.DeepEqual(asked(alone), asked(q)[i:i+1]) {
				t.Fatalf("the chip of %+v is %q, which is %+v, %v", term, term, alone, err)
			}
		}
	})
}
