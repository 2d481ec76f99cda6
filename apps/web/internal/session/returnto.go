package session

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const returnToMax = 2048 // bytes

// ReturnTo is where a return_to may lead after sign-in: the path and query given, when they name a page of this very
// site, else "/". Whatever a browser might read as another host, a step upwards or a script is refused, plain or
// encoded, and so are the sign-in pages themselves and the api, which is no page. The page that a link for verifying an
// e-mail opens is one: it needs somebody who is signed in.
func ReturnTo(raw string) string {
	if len(raw) > returnToMax || !plainPath(raw) {
		return "/"
	}
	u, err := url.Parse(raw)
	if err != nil || u.IsAbs() || u.Host != "" || u.Opaque != "" || u.Fragment != "" {
		return "/"
	}
	if encodesSlash(u) || !plainPath(u.Path) || !straight(u.Path) || notAPage(u.Path) {
		return "/"
	}
	return raw
}

// plainPath reports whether s begins at this site's root and holds nothing that browsers rewrite: they take \ for /,
// and drop tabs and line ends.
func plainPath(s string) bool {
	return strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(c rune) bool { return c == '\\' || unicode.IsControl(c) })
}

// encodesSlash reports whether the path hides a slash, or a percent sign that would hide one from a second decoding.
func encodesSlash(u *url.URL) bool {
	escaped := strings.ToLower(u.EscapedPath())
	return strings.Contains(escaped, "%2f") || strings.Contains(escaped, "%25")
}

// straight reports whether a path has no empty, "." or ".." segments.
func straight(p string) bool {
	return p == "/" || path.Clean(p) == strings.TrimSuffix(p, "/")
}

func notAPage(p string) bool {
	first, _, _ := strings.Cut(strings.ToLower(p[1:]), "/")
	switch first {
	case "sign-in", "sign-up", "forgotten", "reset", "api":
		return true
	}
	return false
}
