package fakeidp

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// grant is what a code stands for.
type grant struct {
	at                         shape
	person                     Person
	redirect, challenge, nonce string
	signedIn                   time.Time // zero: not to be told
}

// bearer is whom an access token tells of.
type bearer struct {
	at     shape
	person Person
}

// grant makes a code for a person who consented, and signed in at that time.
func (s *Server) grant(at shape, person Person, query url.Values, signedIn time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := random()
	if at != oidcShape || !query.Has("max_age") { // Google and GitHub never tell
		signedIn = time.Time{}
	}
	s.grants[code] = grant{
		at: at, person: person,
		redirect: query.Get("redirect_uri"), challenge: query.Get("code_challenge"), nonce: query.Get("nonce"),
		signedIn: signedIn,
	}
	return code
}

// redeem takes a code out of the world, whether or not the rest is right (RFC 6749 §4.1.3, RFC 7636 §4.6).
func (s *Server) redeem(at shape, form url.Values) (grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grants[form.Get("code")]
	delete(s.grants, form.Get("code"))
	hash := sha256.Sum256([]byte(form.Get("code_verifier")))
	challenge := base64.RawURLEncoding.EncodeToString(hash[:])
	switch {
	case form.Get("grant_type") != "authorization_code":
		return grant{}, errors.New("grant_type must be authorization_code")
	case !ok || g.at != at:
		return grant{}, errors.New("the code is unknown, or was used before")
	case form.Get("redirect_uri") != g.redirect:
		return grant{}, errors.New("redirect_uri isn't the one that the code was asked for with")
	case subtle.ConstantTimeCompare([]byte(challenge), []byte(g.challenge)) != 1:
		return grant{}, errors.New("code_verifier doesn't fit code_challenge")
	}
	return g, nil
}

// isClient reports whether the client proves itself, in the header or in the form (RFC 6749 §2.3.1).
func isClient(r *http.Request) bool {
	id, secret, ok := r.BasicAuth()
	if ok {
		id, _ = url.QueryUnescape(id)
		secret, _ = url.QueryUnescape(secret)
	} else {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	return id == ClientID && secret == ClientSecret
}

// bear makes an access token.
func (s *Server) bear(g grant) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := random()
	s.bearers[token] = bearer{at: g.at, person: g.person}
	return token
}

// bearer finds whom a request's access token tells of.
func (s *Server) bearer(at shape, r *http.Request) (Person, bool) {
	const scheme = "Bearer "
	header := r.Header.Get("Authorization")
	if len(header) < len(scheme) {
		return Person{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.bearers[header[len(scheme):]]
	return b.person, ok && b.at == at
}
