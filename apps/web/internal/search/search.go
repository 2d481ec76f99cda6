package search

import (
	"net/http"
	"net/url"
	"time"

	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// path is the page's address.
const path = "/search"

// atOnce is how many hits a page shows.
const atOnce = 20

// Handlers are the search's page.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session
}

// Register adds the page, for signed-in people only.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET "+path, ui.Handle(h.show))
}

// searchView is what the page shows.
type searchView struct {
	Asked line.Asked
	Hits  []kanbanapi.SearchHit
	Next  string // the cursor of the next page, or ""
	Later bool   // it isn't the first page
	Today time.Time
}

// show is the hits of the line in the address, a page at a time; without a line, what can be searched for.
func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	v := searchView{Asked: line.Read(line.Of(r)), Today: ui.Today(r)}
	cursor := r.URL.Query().Get("cursor")
	if v.Asked.On() {
		page, err := h.API.Search(r.Context(), v.Asked.Line, v.Today, cursor, atOnce)
		switch {
		case problem.Is(err, problem.Invalid) && cursor != "": // it is of another search, or none
			return ui.Seen(w, r, line.Address(path, v.Asked.Line))
		case problem.Is(err, problem.Invalid):
			v.Asked.Fault = line.FaultOf(v.Asked.Line, err)
		case err != nil:
			return err
		}
		v.Hits, v.Later = page.Items, cursor != ""
		v.Next, _ = page.NextCursor.Get()
	}
	return ui.Render(w, r, v.Asked.Status(), searchPage(v))
}

// more is the address of the hits from a cursor on.
func (v searchView) more() string {
	return path + "?" + url.Values{"cursor": {v.Next}, "q": {v.Asked.Line}}.Encode()
}

// isNothing reports whether nothing at all was found. A page may be empty before another one: the api looks through so much at once.
func (v searchView) isNothing() bool { return len(v.Hits) == 0 && v.Next == "" && !v.Later }

// title is that of the browser's tab.
func (v searchView) title() string {
	if v.Asked.On() {
		return v.Asked.Query.String() + " · Search"
	}
	return "Search"
}

// Counted says how many were found. Nobody counts what the next pages have; js/search.js says the same of what came since.
func (v searchView) Counted() string {
	switch cards := ui.Plural(len(v.Hits), "card", "cards"); {
	case len(v.Hits) == 0 && v.Next != "":
		return "No card was found so far. There is more to look through."
	case len(v.Hits) == 0 && v.Later:
		return "No more cards were found."
	case v.Later:
		return "The next " + cards
	case v.Next != "":
		return "The best " + cards
	case len(v.Hits) == 0:
		return "No card was found."
	default:
		return cards
	}
}
