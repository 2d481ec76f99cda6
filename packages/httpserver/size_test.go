package httpserver_test

import (
	"testing"

	"cardwall/packages/httpserver"
)

func TestSizesAreReadAndWrittenInWords(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"1": "1 bytes", "65536": "64 KiB", "64KiB": "64 KiB", "1MiB": "1 MiB", "100MiB": "100 MiB", "2GiB": "2 GiB", "1025": "1025 bytes", "1536MiB": "1536 MiB",
	} {
		var size httpserver.Size
		if err := size.UnmarshalText([]byte(given)); err != nil || size.String() != want {
			t.Errorf("%s is %s, %v, want %s", given, size, err, want)
		}
	}
	for _, given := range []string{"", "0", "-1", "MiB", "1MB", "1 MiB", "1.5MiB", "9223372036854775807KiB", "99999999999999999999", "one"} {
		var size httpserver.Size
		if err := size.UnmarshalText([]byte(given)); err == nil || size != 0 {
			t.Errorf("%q was taken for %s", given, size)
		}
	}
}
