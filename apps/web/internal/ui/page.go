package ui

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"cardwall/apps/web/internal/session"
)

// Page is what the frame needs to know of the page inside it.
type Page struct {
	Title   string          // in the tab, before "· Cardwall"
	Class   string          // of the body: which layout the page has
	Scripts []string        // the page's own, beside app.js
	Bar     templ.Component // what stands beside the mark; nil for the name and the way to the boards
	Board   string          // the board whose page it is: the bar leads to what happened there; "" for none
	Bare    bool            // without the bar: the sign-in pages
	// Searches says that the page has the search's field itself, so that the bar needs none.
	Searches bool
}

func (p Page) fullTitle() string {
	if p.Title == "" {
		return "Cardwall"
	}
	return p.Title + " · Cardwall"
}

// Wall is the layout of a page that fills the window with columns; it has a stylesheet less than others, and its script brings app.js along.
const Wall = "board-page"

// enough is the id of what a page must have before the browser draws it, or things would move as the rest arrives (HTML
// §4.6.7.5, rel=expect): of a wall what is above its columns, since these and cards come one behind the other, of others all.
const enough = "enough"

func (p Page) styles() []string {
	if p.Class == Wall {
		return []string{"app.css"}
	}
	return []string{"app.css", "apart.css"}
}

func (p Page) scripts() []string {
	if p.Class == Wall {
		return p.Scripts
	}
	return append([]string{"app.js"}, p.Scripts...)
}

// personID is whose page it is, so that a script keeps what it keeps apart for each person; "" for a guest.
func personID(ctx context.Context) string {
	if who, signedIn := session.From(ctx); signedIn {
		return who.Person.ID.String()
	}
	return ""
}

// Render writes a page. It is rendered whole before the first byte leaves, so that a failure can still
// become an error page. No cache keeps it: every page shows who is signed in.
func Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var html bytes.Buffer
	if err := page.Render(r.Context(), &html); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	send(w, r, status, &html)
	return nil
}

// Seen answers a form that did its work: the browser goes on to a page that can be reloaded
// (303, RFC 9110 §15.4.4). When that is the page on which the form stood, or the board from which that was opened, it is
// still filtered as it was.
func Seen(w http.ResponseWriter, r *http.Request, path string) error {
	w.Header().Set("Cache-Control", "private, no-store")
	http.Redirect(w, r, asFiltered(r, path), http.StatusSeeOther)
	return nil
}

// asFiltered puts the line of the page that a form stood on (?q=), and what stands beside it (?empty=), into the address of that same
// page, or of one that it is beneath.
func asFiltered(r *http.Request, path string) string {
	from, err := url.Parse(r.Referer())
	to, toErr := url.Parse(path)
	if r.Method != http.MethodPost || err != nil || toErr != nil || from.Host != r.Host || !isBeneath(from.Path, to.Path) {
		return path
	}
	query, added := to.Query(), false
	for _, name := range []string{"q", "empty"} {
		if from.Query().Has(name) && !query.Has(name) {
			query.Set(name, from.Query().Get(name))
			added = true
		}
	}
	if !added {
		return path
	}
	to.RawQuery = query.Encode()
	return to.String()
}

// isBeneath reports whether a page is the other, or one that was opened from it: that of a card or a column, or of a form that was
// refused.
func isBeneath(page, other string) bool {
	rest, beneath := strings.CutPrefix(page, other)
	isOpened := strings.HasPrefix(rest, "/") && (strings.Contains(page, "/cards/") || strings.Contains(page, "/columns/") || slices.Contains([]string{"/cards", "/columns", "/selection"}, rest))
	return beneath && (rest == "" || isOpened)
}
