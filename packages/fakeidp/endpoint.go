package fakeidp

import (
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Endpoint is one of the addresses that a provider answers at: its path.
type Endpoint string

// The endpoints. Google's and GitHub's are under their own paths what they are in the world.
const (
	OIDCDiscovery Endpoint = "/oidc/.well-known/openid-configuration"
	OIDCAuthorize Endpoint = "/oidc/authorize"
	OIDCToken     Endpoint = "/oidc/token"
	OIDCUserInfo  Endpoint = "/oidc/userinfo"
	OIDCKeys      Endpoint = "/oidc/keys"

	GoogleAuthorize Endpoint = "/google/o/oauth2/auth"
	GoogleToken     Endpoint = "/google/token"
	GoogleUserInfo  Endpoint = "/google/oauth2/v2/userinfo"
	GoogleKeys      Endpoint = "/google/oauth2/v3/certs"

	GitHubAuthorize Endpoint = "/github/login/oauth/authorize"
	GitHubToken     Endpoint = "/github/login/oauth/access_token"
	GitHubUser      Endpoint = "/github/user"
	GitHubEmails    Endpoint = "/github/user/emails"
)

// shape is one of the providers that the server looks like.
type shape struct {
	name string // for the page
	path string
}

var (
	oidcShape = shape{name: "OpenID Connect", path: "/oidc"}
	google    = shape{name: "Google", path: "/google"}
	github    = shape{name: "GitHub", path: "/github"}
)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	at := func(e Endpoint, h http.HandlerFunc) { mux.HandleFunc(string(e), s.recorded(e, h)) }
	at(OIDCDiscovery, s.discovery)
	at(OIDCAuthorize, s.authorize(oidcShape))
	at(OIDCToken, s.token(oidcShape, OIDCToken))
	at(OIDCUserInfo, s.userInfo(oidcShape, OIDCUserInfo))
	at(OIDCKeys, s.keys)
	at(GoogleAuthorize, s.authorize(google))
	at(GoogleToken, s.token(google, GoogleToken))
	at(GoogleUserInfo, s.userInfo(google, GoogleUserInfo))
	at(GoogleKeys, s.keys)
	at(GitHubAuthorize, s.authorize(github))
	at(GitHubToken, s.token(github, GitHubToken))
	at(GitHubUser, s.gitHubUser)
	at(GitHubEmails, s.gitHubEmails)
	return mux
}

// Asked is a request that reached an endpoint.
type Asked struct {
	Query  url.Values
	Form   url.Values // of the body
	Header http.Header
}

// recorded notes the request, and answers it, or fails as it was told to.
func (s *Server) recorded(e Endpoint, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // what can't be read is missing
		s.mu.Lock()
		s.asked[e] = append(s.asked[e], Asked{Query: r.URL.Query(), Form: r.PostForm, Header: r.Header.Clone()})
		failure, delay := s.failures[e], s.delays[e]
		s.mu.Unlock()
		if delay > 0 {
			<-time.After(delay)
		}
		if failure != nil {
			failure(w, r)
			return
		}
		h(w, r)
	}
}

// Asked is what an endpoint was asked so far, oldest first.
func (s *Server) Asked(e Endpoint) []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked[e])
}
