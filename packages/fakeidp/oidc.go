package fakeidp

import (
	"encoding/json"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
)

// discovery tells where everything is (OpenID Connect Discovery §4).
func (s *Server) discovery(w http.ResponseWriter, _ *http.Request) {
	document, err := json.Marshal(oidc.ProviderConfig{
		IssuerURL:   s.OIDC(),
		AuthURL:     s.URL() + string(OIDCAuthorize),
		TokenURL:    s.URL() + string(OIDCToken),
		UserInfoURL: s.URL() + string(OIDCUserInfo),
		JWKSURL:     s.URL() + string(OIDCKeys),
		Algorithms:  []string{oidc.RS256},
	})
	answer := map[string]any{}
	if err == nil {
		err = json.Unmarshal(document, &answer)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	delete(answer, "device_authorization_endpoint")
	answer["code_challenge_methods_supported"] = []string{"S256"}
	answerJSON(w, http.StatusOK, s.changed(OIDCDiscovery, answer))
}

// userInfo tells of the access token's person (OpenID Connect Core §5.3).
func (s *Server) userInfo(at shape, e Endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		person, ok := s.bearer(at, r)
		if !ok {
			answerJSON(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
			return
		}
		answerJSON(w, http.StatusOK, s.changed(e, person.claims()))
	}
}
