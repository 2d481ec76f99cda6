package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

const secretBytes = 32 // 256 bits

// NewSecret makes 256 random bits that go into a URL or a cookie.
func NewSecret() string {
	secret := make([]byte, secretBytes)
	rand.Read(secret)
	return base64.RawURLEncoding.EncodeToString(secret)
}

// ParseSecret is the hash of a link's secret. It returns problem.NotFound "link_over" for what we can't have made.
func ParseSecret(secret string) (TokenHash, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(raw) != secretBytes {
		return TokenHash{}, LinkOver()
	}
	return hashSecret(secret), nil
}

func hashSecret(secret string) TokenHash { return sha256.Sum256([]byte(secret)) }
