package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

func TestDatabaseHasOnlyTheHashOfABrowsersSession(t *testing.T) {
	t.Parallel()
	b, other := newBrowser(), newBrowser()
	id, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(b.cookie, "session="))
	if err != nil || len(id) != 32 || b.cookie == other.cookie {
		t.Fatalf("%s and %s: %v", b.cookie, other.cookie, err)
	}
	if hash := sha256.Sum256(id); !bytes.Equal(b.hash, hash[:]) {
		t.Errorf("got %x, want %x", b.hash, hash)
	}
	shown := http.Header{}
	if err := b.at(newVisitor("http://127.0.0.1")).authorize(shown); err != nil || shown.Get("Cookie") != b.cookie {
		t.Errorf("shows %v, %v", shown, err)
	}
}
