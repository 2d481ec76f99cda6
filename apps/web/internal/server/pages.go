package server

import (
	"net/http"
	"strings"

	"cardwall/apps/web/internal/account"
	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/board"
	"cardwall/apps/web/internal/card"
	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/keys"
	"cardwall/apps/web/internal/member"
	"cardwall/apps/web/internal/search"
	"cardwall/apps/web/internal/shelf"
	"cardwall/apps/web/internal/ui"
	"cardwall/apps/web/internal/welcome"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// pages is everything that a person looks at. /boards, /search, /account and what is under them, and /keys are for signed-in people, the
// sign-in pages and the farewell for guests.
func (c Config) pages() (http.Handler, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	private := http.NewServeMux()
	activity.Handlers{API: client}.Register(private)
	keys.Register(private)
	board.Handlers{API: client}.Register(private)
	card.Handlers{API: client}.Register(private)
	search.Handlers{API: client}.Register(private)
	shelf.Handlers{API: client}.Register(private)
	onBoards := member.Handlers{API: client, PublicURL: c.PublicURL, Mail: c.invitationMail(), SignUp: c.Identity.SignUpMode(), WhoMayJoin: c.Identity.WhoMayJoin()}
	onBoards.Register(private)

	own := c.account()
	own.API = client
	own.Register(private)

	public := http.NewServeMux()
	account.RegisterPublic(public)
	c.welcome().Register(public)
	onBoards.RegisterPublic(public)

	mux := http.NewServeMux()
	mux.Handle("/", found(public))
	mux.Handle("/boards", c.Guard.Require(found(private)))
	mux.Handle("/boards/", c.Guard.Require(found(private)))
	mux.Handle("/search", c.Guard.Require(found(private)))
	mux.Handle(keys.Path, c.Guard.Require(found(private)))
	mux.Handle("/account", c.Guard.Require(found(private)))
	mux.Handle("/account/", c.Guard.Require(found(private)))
	mux.Handle(identity.BoardInvitationPage, found(public))
	mux.Handle(identity.BoardInvitationPage+"/", c.Guard.Require(found(private)))
	pictures := http.NewServeMux()
	pictures.Handle("GET /avatars/{hash}", own.Picture())
	mux.Handle("/avatars/", found(pictures))
	for _, page := range []string{rest.SignInPage, rest.SignUpPage, rest.ForgottenPage, "/forgotten/sent", "/goodbye"} {
		mux.Handle(page, c.Guard.RequireGuest(found(public)))
	}
	return ui.CSP(c.Guard.Load(mux)), nil
}

func (c Config) welcome() welcome.Handlers { return welcome.Handlers{Identity: c.Identity} }

// account lacks the api, which only leaving asks.
func (c Config) account() account.Handlers {
	return account.Handlers{Identity: c.Identity, Sessions: c.Sessions, Client: c.Proxies.Client}
}

// formFailed draws the page again that a form or a button of the sign-in API is from.
func (c Config) formFailed(w http.ResponseWriter, r *http.Request, f rest.FormFailure) {
	if f.Page == rest.AccountPage {
		c.account().LinkFailed(w, r, f.Problem)
		return
	}
	c.welcome().FormFailed(w, r, f)
}

// found answers what a mux has no page for as everything else is answered: 404, or 405 where another method
// would have been right.
func found(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			httpserver.Route(w, pattern[strings.IndexByte(pattern, ' ')+1:]) // without its method
			mux.ServeHTTP(w, r)
			return
		}
		if allowed := methods(mux, r); len(allowed) > 0 {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			httpserver.Fail(w, r, problem.New(problem.MethodNotAllowed, "method_not_allowed", "This page can't be used like that. Please go back and try again."))
			return
		}
		httpserver.Fail(w, r, ui.NotFound())
	})
}

// methods lists those that the mux has a page for at the request's path.
func methods(mux *http.ServeMux, r *http.Request) []string {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := mux.Handler(probe); pattern != "" {
			allowed = append(allowed, method)
		}
	}
	return allowed
}
