package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

const idBytes = 32 // 256 bits

// Hash is the SHA-256 of a session's id: all of the id that the database sees.
type Hash [sha256.Size]byte

// newID makes an id for a cookie, and its hash for the row.
func newID() (string, Hash) {
	id := make([]byte, idBytes)
	rand.Read(id)
	return base64.RawURLEncoding.EncodeToString(id), sha256.Sum256(id)
}

// parseID is the hash of a cookie's id; false for what we can't have made, which needs no look-up.
func parseID(value string) (Hash, bool) {
	if len(value) != base64.RawURLEncoding.EncodedLen(idBytes) {
		return Hash{}, false
	}
	id, err := base64.RawURLEncoding.Strict().DecodeString(value)
	if err != nil {
		return Hash{}, false
	}
	return sha256.Sum256(id), true
}
