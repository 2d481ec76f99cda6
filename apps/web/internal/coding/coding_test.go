package coding_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"pgregory.net/rapid"

	"cardwall/apps/web/internal/coding"
)

func TestTheSmallestCodingThatIsTakenIsPreferred(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[string]string{
		"":                        coding.Plain,
		"gzip, deflate, br, zstd": coding.Brotli,
		"gzip":                    coding.Gzip,
		"BR;q=0.5, gzip":          coding.Brotli,
		"br;q=0, gzip;q=0.001":    coding.Gzip,
		"br; q=0.0, gzip;q=0":     coding.Plain,
		"gzip; q=soon":            coding.Plain,
		"xgzip, identity":         coding.Plain,
	} {
		if got := coding.Preferred(accepted); got != want {
			t.Errorf("Accept-Encoding %q: %q, want %q", accepted, got, want)
		}
	}
}

// Whatever a page says, and however many pages are written at once, what is read is what was written.
func TestWhatIsCodedIsReadAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 300), 1, 20).Draw(t, "parts")
		repeated := rapid.SliceOfN(rapid.SampledFrom(parts), 1, 900).Draw(t, "repeated")
		body := bytes.Join(repeated, []byte("<li class=\"card\">"))
		var all sync.WaitGroup
		for range 4 {
			for _, c := range []string{coding.Brotli, coding.Gzip, coding.Plain} {
				all.Go(func() {
					if read, err := io.ReadAll(reader(c, coding.In(c, bytes.NewBuffer(bytes.Clone(body))))); err != nil || !bytes.Equal(read, body) {
						t.Errorf("%q: %d of %d bytes are read, %v", c, len(read), len(body), err)
					}
				})
			}
		}
		all.Wait()
	})
}

func reader(of string, coded io.Reader) io.Reader {
	switch of {
	case coding.Brotli:
		return brotli.NewReader(coded)
	case coding.Gzip:
		plain, err := gzip.NewReader(coded)
		if err != nil {
			return io.MultiReader() // nothing is read
		}
		return plain
	}
	return coded
}
