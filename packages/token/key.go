package token

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// SigningKey is an Ed25519 key pair that signs tokens (RFC 8037). Keep it where the seed can't be read:
// web seals the seed before it stores it. Printing or logging a key shows its id only.
type SigningKey struct {
	// Behind a pointer: fmt follows none inside a struct, so no print of whatever holds a key shows it.
	// And always the same slice: crypto/ed25519 keeps, by its address, what it computed for it.
	private *ed25519.PrivateKey
	public  PublicKey
}

// PublicKey is the half of a SigningKey that everybody may know.
type PublicKey struct {
	id  string
	key ed25519.PublicKey
}

// GenerateSigningKey makes a new key from the system's source of randomness.
func GenerateSigningKey() (SigningKey, error) {
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return SigningKey{}, fmt.Errorf("generating a signing key: %w", err)
	}
	return signingKey(private), nil
}

// ParseSigningKey makes the key again from its seed of 32 bytes (RFC 8032 §5.1.5).
func ParseSigningKey(seed []byte) (SigningKey, error) {
	if len(seed) != ed25519.SeedSize {
		return SigningKey{}, errors.New("a signing key's seed has 32 bytes")
	}
	return signingKey(ed25519.NewKeyFromSeed(seed)), nil
}

func signingKey(private ed25519.PrivateKey) SigningKey {
	public := private.Public().(ed25519.PublicKey)
	return SigningKey{private: &private, public: PublicKey{id: thumbprint(public), key: public}}
}

// ID is the key's RFC 7638 thumbprint: the kid of the tokens it signs.
func (k SigningKey) ID() string { return k.public.id }

// Seed is the secret that the whole key follows from, 32 bytes; see ParseSigningKey.
func (k SigningKey) Seed() []byte { return k.private.Seed() }

// Public is the half to publish.
func (k SigningKey) Public() PublicKey { return k.public }

// Format shows the id under every verb, so that no log can hold the secret.
func (k SigningKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "signing key "+k.public.id) }

// ID is the same as that of the SigningKey it belongs to.
func (k PublicKey) ID() string { return k.id }

// Bytes is the key itself, 32 bytes (RFC 8032 §5.1.5).
func (k PublicKey) Bytes() []byte { return append([]byte(nil), k.key...) }

// thumbprint is the SHA-256 over the key's required members in their canonical order (RFC 7638 §3,
// with the members of RFC 8037 §2).
func thumbprint(public ed25519.PublicKey) string {
	x := base64.RawURLEncoding.EncodeToString(public)
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
