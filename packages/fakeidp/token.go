package fakeidp

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const life = time.Hour // of an id_token

// token exchanges a code for an access token and, but for GitHub, an id_token.
func (s *Server) token(at shape, e Endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || !isClient(r) {
			refuse(w, r, at, http.StatusUnauthorized, "invalid_client", "this client is unknown, or its secret is wrong")
			return
		}
		g, err := s.redeem(at, r.PostForm)
		if err != nil {
			refuse(w, r, at, http.StatusBadRequest, "invalid_grant", err.Error())
			return
		}
		answer := map[string]any{"access_token": s.bear(g), "token_type": "Bearer", "scope": "openid email profile"}
		if at != github {
			answer["expires_in"] = int(life.Seconds())
			answer["refresh_token"] = random()
			if answer["id_token"], err = s.idToken(g, answer["access_token"].(string)); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		answerToken(w, r, at, http.StatusOK, s.changed(e, answer))
	}
}

// idToken says who came (OpenID Connect Core §2).
func (s *Server) idToken(g grant, accessToken string) (string, error) {
	now := time.Now()
	claims := g.person.claims()
	claims["iss"], claims["aud"], claims["azp"] = s.URL()+g.at.path, ClientID, ClientID
	claims["iat"], claims["exp"] = now.Unix(), now.Add(life).Unix()
	hash := sha256.Sum256([]byte(accessToken))
	claims["at_hash"] = base64.RawURLEncoding.EncodeToString(hash[:len(hash)/2])
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	if !g.signedIn.IsZero() {
		claims["auth_time"] = g.signedIn.Unix()
	}
	s.mu.Lock()
	change := s.claims
	s.mu.Unlock()
	if change != nil {
		change(claims)
	}
	return s.sign(claims)
}

// refuse answers with an error (RFC 6749 §5.2). GitHub calls it 200 and has names of its own.
func refuse(w http.ResponseWriter, r *http.Request, at shape, status int, code, why string) {
	if at == github {
		status = http.StatusOK
		code = map[string]string{"invalid_client": "incorrect_client_credentials", "invalid_grant": "bad_verification_code"}[code]
	}
	answerToken(w, r, at, status, map[string]any{"error": code, "error_description": why})
}

// answerToken writes JSON, or a form to those who don't ask GitHub for JSON.
func answerToken(w http.ResponseWriter, r *http.Request, at shape, status int, answer map[string]any) {
	if at != github || strings.Contains(r.Header.Get("Accept"), "application/json") {
		answerJSON(w, status, answer)
		return
	}
	form := url.Values{}
	for name, value := range answer {
		if text, ok := value.(string); ok {
			form.Set(name, text)
		}
	}
	w.Header().Set("Content-Type", "application/x-www-form-urlencoded")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(form.Encode()))
}

func answerJSON(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}
