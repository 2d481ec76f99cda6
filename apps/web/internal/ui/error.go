package ui

import (
	"net/http"
	"net/url"
	"strings"

	"cardwall/apps/web/internal/session"
	"cardwall/packages/httpserver"
	"cardwall/packages/problem"
)

// ErrorPage shows an error as a page: what happened, what to do, and in small print the request's id. It is
// meant for httpserver.Config.ErrorPage. It leaves to a document what a program asked for under /api, and
// whatever can't be drawn.
func ErrorPage(w http.ResponseWriter, r *http.Request, e *problem.Error) bool {
	if strings.HasPrefix(r.URL.Path, "/api/") && !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	drawn := false
	CSP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		doc := e.Document(httpserver.RequestID(r.Context()))
		drawn = Render(w, r, doc.Status, errorPage(apology{doc, typed(w, r), again(r, doc.Status), signInFor(r)})) == nil
	})).ServeHTTP(w, r)
	return drawn
}

// apology is what an error page shows.
type apology struct {
	problem.Document
	Typed  string // what the failed form held, "" for none
	Again  string // the address to try once more, "" for none
	SignIn string // the address of the sign-in page, with the way back
}

// typed is the text of a form that failed so badly that its own page can't be shown: it must not be lost, even
// when the form was refused before any handler read it. What is under /api is not ours to read.
func typed(w http.ResponseWriter, r *http.Request) string {
	if r.PostForm == nil && r.Method == http.MethodPost && !strings.HasPrefix(r.URL.Path, "/api/") {
		_ = ReadForm(w, r) // what can't be read can't be shown
	}
	for _, field := range []string{"description", "title"} {
		if text := r.PostForm.Get(field); text != "" {
			return text
		}
	}
	return ""
}

// again is the address to try once more: of a page that was only read, and may come back by itself.
func again(r *http.Request, status int) string {
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	if passing := status == http.StatusTooManyRequests || status >= http.StatusInternalServerError; read && passing {
		return r.URL.RequestURI()
	}
	return ""
}

func signInFor(r *http.Request) string {
	return "/sign-in?" + url.Values{"return_to": {session.PageOf(r)}}.Encode()
}

func headline(status int, signedIn bool) string {
	switch status {
	case http.StatusUnauthorized:
		if signedIn {
			return "That didn't work"
		}
		return "You are signed out"
	case http.StatusForbidden:
		return "Not yours to change"
	case http.StatusNotFound:
		return "Nothing here"
	case http.StatusConflict, http.StatusPreconditionFailed:
		return "It has changed meanwhile"
	case http.StatusTooManyRequests:
		return "A little slower, please"
	case http.StatusInternalServerError:
		return "That went wrong"
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return "Back in a moment"
	default:
		return "That didn't work"
	}
}

func home(signedIn bool) string {
	if signedIn {
		return "/boards"
	}
	return "/"
}

func homeName(signedIn bool) string {
	if signedIn {
		return "Go to your boards"
	}
	return "Go to the start page"
}
