package token

import (
	"cmp"
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/MicahParks/jwkset"
)

// keySet holds keys by their id. It is a KeySource, and never changes.
type keySet map[string]crypto.PublicKey

// Key finds the key of that id, or answers ErrUnknownKey.
func (s keySet) Key(_ context.Context, id string) (crypto.PublicKey, error) {
	if key, known := s[id]; known {
		return key, nil
	}
	return nil, ErrUnknownKey
}

var (
	errEmptySet    = errors.New("the set has no usable key")
	errSameID      = errors.New("two keys of the set have one id")
	errSymmetric   = errors.New("a symmetric key, which is no secret once published")
	errPrivate     = errors.New("a private key, which is no secret once published")
	errNotSigning  = errors.New("a key that isn't for signatures")
	errPublishedID = errors.New("a key whose id is missing or over 64 bytes")
)

// readSet reads a JWK Set (RFC 7517 §5). A key that can't be used is passed over, as the standard asks;
// a set without any other is refused, and so is one in which an id is ambiguous.
func readSet(body []byte, algorithm string) (keySet, error) {
	var doc struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("the answer is not a JWK Set: %w", err)
	}
	set, refusal := make(keySet, len(doc.Keys)), error(nil)
	for _, raw := range doc.Keys {
		id, key, err := readKey(raw, algorithm)
		if err != nil {
			refusal = cmp.Or(refusal, err)
			continue
		}
		if _, twice := set[id]; twice {
			return nil, errSameID
		}
		set[id] = key
	}
	switch {
	case len(set) > 0:
		return set, nil
	case refusal != nil:
		return nil, fmt.Errorf("%w; the first one: %w", errEmptySet, refusal)
	default:
		return nil, errEmptySet
	}
}

// readKey reads a public key for signatures by the algorithm (RFC 7517 §4).
func readKey(raw []byte, algorithm string) (string, crypto.PublicKey, error) {
	var in jwkset.JWKMarshal
	if err := json.Unmarshal(raw, &in); err != nil {
		return "", nil, errors.New("a key that is not a JWK")
	}
	if err := checkUse(in, algorithm); err != nil {
		return "", nil, err
	}
	// Only what makes the public key goes on: jwkset would believe certificates, too.
	bare := jwkset.JWKMarshal{KTY: in.KTY, CRV: in.CRV, X: in.X, N: in.N, E: in.E}
	jwk, err := jwkset.NewJWKFromMarshal(bare, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return "", nil, fmt.Errorf("a key that can't be read: %w", err)
	}
	return in.KID, jwk.Key(), fits(algorithm, jwk.Key())
}

func checkUse(in jwkset.JWKMarshal, algorithm string) error {
	switch {
	case in.KTY == jwkset.KtyOct || in.K != "":
		return errSymmetric
	case in.D != "" || in.P != "" || in.Q != "":
		return errPrivate
	case in.KID == "" || len(in.KID) > maxKeyIDBytes:
		return errPublishedID
	case in.ALG != "" && in.ALG.String() != algorithm:
		return errForeignKey
	case in.USE != "" && in.USE != jwkset.UseSig,
		len(in.KEYOPS) > 0 && !slices.Contains(in.KEYOPS, jwkset.KeyOpsVerify):
		return errNotSigning
	default:
		return nil
	}
}

// sameKey compares two public keys; those of the standard library can all do that.
func sameKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
}
