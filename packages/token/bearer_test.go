package token_test

import (
	"testing"

	"cardwall/packages/token"
)

func TestFromHeader(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ header, raw, cause string }{
		"a token":                   {"Bearer abc.DEF-_~+/0==", "abc.DEF-_~+/0==", ""},
		"the scheme in lower case":  {"bearer abc", "abc", ""},
		"the scheme in upper case":  {"BEARER abc", "abc", ""},
		"several spaces":            {"Bearer   abc", "abc", ""},
		"no header":                 {"", "", "no Authorization header"},
		"another scheme":            {"Basic YTpi", "", "not Bearer"},
		"a longer scheme":           {"Bearerx abc", "", "not Bearer"},
		"a token alone":             {"abc", "", "not Bearer"},
		"a space before the scheme": {" Bearer abc", "", "not Bearer"},
		"a tab between":             {"Bearer\tabc", "", "not Bearer"},
		"the scheme alone":          {"Bearer", "", "exactly one token"},
		"the scheme and a space":    {"Bearer ", "", "exactly one token"},
		"a token of padding":        {"Bearer ==", "", "exactly one token"},
		"padding inside":            {"Bearer a=b", "", "exactly one token"},
		"two tokens":                {"Bearer abc def", "", "exactly one token"},
		"a list":                    {"Bearer abc, Bearer def", "", "exactly one token"},
		"a space behind":            {"Bearer abc ", "", "exactly one token"},
		"a parameter":               {`Bearer token="abc"`, "", "exactly one token"},
		"a line break":              {"Bearer abc\r\n", "", "exactly one token"},
		"a letter beyond ASCII":     {"Bearer äbc", "", "exactly one token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := token.FromHeader(c.header)
			if c.cause != "" {
				wantRefused(t, err, c.header, c.cause)
			} else {
				must(t, err)
			}
			if raw != c.raw {
				t.Errorf("got %q", raw)
			}
		})
	}
}
