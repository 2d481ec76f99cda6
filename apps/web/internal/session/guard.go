package session

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// Home is where a signed-in person arrives.
const Home = "/boards"

const signInPage = "/sign-in"

// Guard is the middleware that knows who is asking. Load or Peek comes first, then Require or RequireGuest.
type Guard struct {
	sessions *Sessions
	log      *slog.Logger
}

// NewGuard makes the guard of those sessions.
func NewGuard(sessions *Sessions, log *slog.Logger) *Guard {
	return &Guard{sessions: sessions, log: log}
}

// Load attaches the browser's session, if it has a live one, and counts the request as a use of it. A guest goes on
// as a guest; when the database is away the answer is 503 and the cookie stays, for nobody was signed out.
func (g *Guard) Load(next http.Handler) http.Handler { return g.attach(next, true) }

// Peek is Load for requests that don't prolong the session, such as a page's polling.
func (g *Guard) Peek(next http.Handler) http.Handler { return g.attach(next, false) }

// Require turns a guest away: on /api with a 401 problem "signed_out"; on pages with a redirect to the sign-in page,
// which leads back here, or, when a form was sent, with the 401 as a page that keeps what was typed.
func (g *Guard) Require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch _, ok := From(r.Context()); {
		case ok:
			next.ServeHTTP(w, r)
		case onAPI(r):
			httpserver.Problem(w, r, SignedOut())
		case !reads(r):
			httpserver.Fail(w, r, SignedOut())
		default:
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, signInPage+"?return_to="+url.QueryEscape(PageOf(r)), http.StatusSeeOther)
		}
	})
}

// RequireGuest sends a signed-in person to their boards: for the sign-in and sign-up pages.
func (g *Guard) RequireGuest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := From(r.Context()); !ok {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, Home, http.StatusSeeOther)
	})
}

func (g *Guard) attach(next http.Handler, use bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hash, ok := g.sessions.cookie.read(r)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		found, err := g.sessions.find(r.Context(), hash)
		switch {
		case problem.Is(err, problem.NotFound):
			next.ServeHTTP(w, r)
		case err != nil:
			httpserver.Fail(w, r, err)
		default:
			if use && found.TouchDue {
				g.touch(r, hash)
			}
			next.ServeHTTP(w, r.WithContext(Into(r.Context(), found)))
		}
	})
}

// touch may fail without harm: the next request tries again.
func (g *Guard) touch(r *http.Request, hash Hash) {
	if err := g.sessions.touch(r.Context(), hash); err != nil {
		g.log.WarnContext(r.Context(), "session not touched", "err", err)
	}
}

func onAPI(r *http.Request) bool {
	return r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/")
}

func reads(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// PageOf is the page a request belongs to: itself when it reads one, else the page whose form it sends.
func PageOf(r *http.Request) string {
	if reads(r) {
		return ReturnTo(r.URL.RequestURI())
	}
	if form, err := url.Parse(r.Referer()); err == nil && form.Host == r.Host {
		return ReturnTo(form.RequestURI())
	}
	return Home
}
