package session_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"

	"cardwall/apps/web/internal/session"
)

func TestReturnToIsASameOriginPathOrRoot(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{
		"/", "/boards", "/boards/", "/boards/0198/cards/12?tab=history", "/boards?q=col:%22In%20review%22+-done&x=%2F%2Fevil.example",
		"/account?next=https://evil.example", "/boards/caf%C3%A9", "/sign-ins", "/verify?token=x",
	} {
		if got := session.ReturnTo(kept); got != kept {
			t.Errorf("%q became %q", kept, got)
		}
	}
	for _, refused := range []string{
		"", "boards", "//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, `/boards\..\..`, "/\t/evil.example", "/\n/evil.example",
		"/boards\r\nSet-Cookie: a=b", "https://evil.example/boards", "HTTPS://evil.example", "javascript:alert(1)", "data:text/html,x", " /boards",
		"/%2fevil.example", "/%2F%2Fevil.example", "/%5cevil.example", "/boards%2f..%2f..", "/%252fevil.example", "/%09/evil.example", "/%00",
		"/..//evil.example", "/.//evil.example", "/boards/../sign-in", "/boards/%2e%2e/x", "/a//b", "/boards#fragment", "/%zz", "/caf\xe9",
		"/sign-in", "/sign-in?return_to=/sign-in", "/SIGN-IN", "/sign%2din", "/sign-in/", "/sign-up", "/forgotten", "/api/auth/session", "/API/v1/boards",
		"/" + strings.Repeat("a", 2048), "\u2028/boards",
	} {
		if got := session.ReturnTo(refused); got != "/" {
			t.Errorf("%q was kept as %q", refused, got)
		}
	}
}

func FuzzReturnTo(f *testing.F) {
	for _, seed := range []string{"/boards?x=1", "//evil.example", `/\evil.example`, "/%2f/evil.example", "/boards/../sign-in", "javascript:x", "/\t/x", "/a/./b"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://cardwall.example/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := session.ReturnTo(raw)
		if again := session.ReturnTo(got); again != got {
			t.Fatalf("%q became %q, and that %q", raw, got, again)
		}
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsRune(got, '\\') || strings.ContainsFunc(got, unicode.IsControl) {
			t.Fatalf("%q became %q", raw, got)
		}
		reference, err := url.Parse(got)
		if err != nil {
			t.Fatalf("%q became %q, which is no URL: %v", raw, got, err)
		}
		to := base.ResolveReference(reference)
		if to.Scheme != base.Scheme || to.Host != base.Host || to.User != nil || strings.HasPrefix(strings.ToLower(to.Path), "/sign-in/") || to.Path == "/sign-in" {
			t.Fatalf("%q leads to %s", raw, to)
		}
	})
}
