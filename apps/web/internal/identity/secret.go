package identity

import (
	"crypto/rand"
	"encoding/base64"
)

// NewSecret makes 256 random bits that go into a URL or a cookie.
func NewSecret() string {
	secret := make([]byte, 32)
	rand.Read(secret)
	return base64.RawURLEncoding.EncodeToString(secret)
}
