package token

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
)

// The algorithms that a configuration may name (RFC 7518 §3.1, RFC 8037 §3.1).
const (
	EdDSA = "EdDSA" // Ed25519: what web signs with
	HS512 = "HS512" // the shared secret
	RS256 = "RS256" // other issuers' keys
)

const (
	minSecretBytes = 64   // as long as the hash's output (RFC 7518 §3.2)
	minRSABits     = 2048 // RFC 7518 §3.3
	maxRSABits     = 8192 // a larger one only costs time
)

var (
	errShortSecret     = errors.New("the shared secret is shorter than 64 bytes")
	errForeignKey      = errors.New("the key is not one for the configured algorithm")
	errUnknownPublic   = errors.New("the algorithm is not one that published keys can have: EdDSA or RS256")
	errUnknownSecret   = errors.New("the algorithm of a shared secret is HS512")
	errBothModes       = errors.New("published keys and a shared secret exclude each other")
	errNeitherMode     = errors.New("neither a key nor a shared secret is given")
	errNoIssuer        = errors.New("the issuer is empty")
	errNoAudience      = errors.New("the audience is empty")
	errEmptySigningKey = errors.New("the signing key is empty: generate or parse one")
)

// publicAlgorithm is the algorithm of published keys that a name stands for; no name means EdDSA.
func publicAlgorithm(name string) (string, error) {
	switch name {
	case "", EdDSA:
		return EdDSA, nil
	case RS256:
		return RS256, nil
	default:
		return "", errUnknownPublic
	}
}

// fits says whether the key is one for the algorithm, and a strong enough one.
func fits(algorithm string, key crypto.PublicKey) error {
	switch key := key.(type) {
	case ed25519.PublicKey:
		if algorithm == EdDSA && len(key) == ed25519.PublicKeySize {
			return nil
		}
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); algorithm == RS256 && bits >= minRSABits && bits <= maxRSABits {
			return nil
		}
	}
	return errForeignKey
}

// checkSecret refuses a secret too short to stand against guessing.
func checkSecret(secret []byte) error {
	if len(secret) < minSecretBytes {
		return errShortSecret
	}
	return nil
}
