package proxy_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// FuzzGate sends a request line as it is through the whole chain. Whatever reaches the api has the bytes
// that were sent, agrees with its decoded form on the first segment, which isn't auth, and has no dot
// segment, empty segment or new slash however often it is decoded.
func FuzzGate(f *testing.F) {
	for _, path := range []string{
		"v1/boards", "auth/session", "auth%2fsession", "v1/../auth", "%61uth/x", "v1/%252e%252e/auth", "AUTH/x?y", "v1//x", `v1\x`, "v1/b%20c?a=%zz;b", "v1/%c2%85", "/", "v1/x#y", "v1/.", "\u00fc", "v1/%2525252f",
	} {
		f.Add(path)
	}
	api := newBackend(f, nil)
	w := newWeb(f, api.address(f), nil)
	f.Fuzz(func(t *testing.T, path string) {
		if strings.ContainsAny(path, " \r\n") || len(path) > 4<<10 {
			return // it would end the request line
		}
		status := ask(t, w.addr, "/api/"+path)
		if status != http.StatusOK {
			api.wantNone(t)
			return
		}
		if strings.HasPrefix(path, "auth/") {
			api.wantNone(t) // web's own
			return
		}
		sent, _, _ := strings.Cut("/"+path, "?")
		if arrived, want := api.next(t).Line, "GET /"+path+" HTTP/1.1"; arrived != want {
			t.Fatalf("sent %q, arrived %q", want, arrived)
		}
		wantOneReading(t, sent)
	})
}

func wantOneReading(t *testing.T, sent string) {
	t.Helper()
	first := strings.Split(sent, "/")[1]
	if decoded, err := url.PathUnescape(sent); err != nil || strings.Split(decoded, "/")[1] != first || strings.EqualFold(first, "auth") {
		t.Errorf("%q decodes to %q, %v", sent, decoded, err)
	}
	slashes := strings.Count(sent, "/")
	for range 5 {
		for i, segment := range strings.Split(sent, "/") {
			if segment == "." || segment == ".." || segment == "" && i > 0 && i < slashes {
				t.Errorf("a segment %q in %q", segment, sent)
			}
		}
		if strings.Count(sent, "/") != slashes || strings.ContainsAny(sent, "\\\x00\r\n") {
			t.Errorf("reads as %q", sent)
		}
		decoded, err := url.PathUnescape(sent)
		if err != nil {
			return
		}
		sent = decoded
	}
}

// ask sends one request on a connection of its own.
func ask(t *testing.T, addr, target string) int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patience))
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", target, publicHost)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%q: %v", target, err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}
