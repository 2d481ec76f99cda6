package token

import (
	"encoding/base64"
	"encoding/json"
	"errors"
)

// JWKSContentType is the media type of a JWKS document (RFC 7517 §8.5.2).
const JWKSContentType = "application/jwk-set+json"

// document is a JWK Set (RFC 7517 §5). A member that isn't here can't be published, a private one least.
type document struct {
	Keys []published `json:"keys"`
}

type published struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	ID        string `json:"kid"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
}

// JWKS is the document that publishes the keys, in the order given; without keys, an empty set, which
// the api refuses. It fails only on a PublicKey that nobody made.
func JWKS(keys ...PublicKey) ([]byte, error) {
	doc := document{Keys: make([]published, 0, len(keys))}
	for _, key := range keys {
		if key.id == "" {
			return nil, errors.New("publishing an empty key")
		}
		x := base64.RawURLEncoding.EncodeToString(key.key)
		doc.Keys = append(doc.Keys, published{Type: "OKP", Curve: "Ed25519", X: x, ID: key.id, Algorithm: EdDSA, Use: "sig"})
	}
	return json.Marshal(doc)
}
