package fakeidp

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// Signature is a way to sign an id_token.
type Signature int

// The ways. Only the first is honest.
const (
	Rightly          Signature = iota
	WithAnotherKey             // under the right key's name
	WithoutAny                 // alg none
	WithTheSecret              // HS256 with the client's secret
	WithThePublicKey           // HS256 with the published key as the secret
)

type signingKey struct {
	private *rsa.PrivateKey
	id      string
}

func newSigningKey(id string) (signingKey, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	return signingKey{private: private, id: id}, err
}

// firstKey is what every provider of the process begins with: making one takes longer than most tests.
var firstKey = sync.OnceValues(func() (signingKey, error) { return newSigningKey("first") })

// RotateKey signs and publishes with a new key from now on.
func (s *Server) RotateKey() error {
	key, err := newSigningKey(random())
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
	return nil
}

// keys answers with the published keys.
func (s *Server) keys(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	key := s.key
	s.mu.Unlock()
	answerJSON(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: key.private.Public(), KeyID: key.id, Algorithm: string(jose.RS256), Use: "sig"},
	}})
}

// sign makes a token of claims, in the way that SignWith chose.
func (s *Server) sign(claims map[string]any) (string, error) {
	s.mu.Lock()
	key, how := s.key, s.signing
	s.mu.Unlock()
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	with := jose.SigningKey{Algorithm: jose.RS256, Key: key.private}
	switch how {
	case Rightly:
	case WithAnotherKey:
		other, err := newSigningKey(key.id)
		if err != nil {
			return "", err
		}
		with.Key = other.private
	case WithoutAny:
		return unsigned(payload), nil
	case WithTheSecret:
		with = jose.SigningKey{Algorithm: jose.HS256, Key: []byte(ClientSecret)}
	case WithThePublicKey:
		with = jose.SigningKey{Algorithm: jose.HS256, Key: x509.MarshalPKCS1PublicKey(&key.private.PublicKey)}
	}
	signer, err := jose.NewSigner(with, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", key.id))
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

func unsigned(payload []byte) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + encode(payload) + "."
}

// random is a text that nobody guesses.
func random() string { return rand.Text() }
