package activity_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/board"
	"cardwall/apps/web/internal/card"
	"cardwall/apps/web/internal/member"
	"cardwall/apps/web/internal/shelf"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

const (
	boardID  = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	columnID = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a02"
	otherID  = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a03"
	cardID   = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a04"
	labelID  = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a06"
)

// forms is something to send to each route that changes a board or a card.
var forms = map[string][]string{
	"/boards/{board}":                                  {"title=New&version=3"},
	"/boards/{board}/archive":                          {""},
	"/boards/{board}/restore":                          {""},
	"/boards/{board}/delete":                           {"version=3", "version=3&from=archive"},
	"/boards/{board}/cards":                            {"title=a&column_id=" + columnID, "title=a%0Ab&each=line&column_id=" + columnID, "title=a&then=open&column_id=" + columnID},
	"/boards/{board}/selection":                        {"archive=yes&card=" + cardID, "card=" + cardID + "&to=" + otherID, "card=" + cardID + "&label=" + labelID},
	"/boards/{board}/columns":                          {"title=New", "title=New&back=settings"},
	"/boards/{board}/columns/starter":                  {""},
	"/boards/{board}/columns/{column}":                 {"title=New&was_title=Old&version=2", "title=New&was_title=Old&version=2&back=settings"},
	"/boards/{board}/columns/{column}/move":            {"after=" + otherID, "back=settings&after=" + otherID},
	"/boards/{board}/columns/{column}/archive":         {"", "back=settings"},
	"/boards/{board}/columns/{column}/restore":         {""},
	"/boards/{board}/columns/{column}/delete":          {"version=2"},
	"/boards/{board}/columns/{column}/empty":           {"to=" + otherID},
	"/boards/{board}/settings/name":                    {"title=New&version=3"},
	"/boards/{board}/settings/labels":                  {"name=New&hue=red"},
	"/boards/{board}/settings/labels/{label}":          {"name=New&version=2"},
	"/boards/{board}/settings/labels/{label}/delete":   {"version=2"},
	"/boards/{board}/archive/cards/{card}/restore":     {"", "q=a"},
	"/boards/{board}/archive/columns/{column}/restore": {""},
	"/boards/{board}/archive/columns/{column}/delete":  {"version=2"},
	"/boards/{board}/trash/columns/{column}/restore":   {""},
	"/boards/{board}/trash/columns/{column}/purge":     {""},
	"/boards/{board}/trash/cards/{card}/restore":       {""},
	"/boards/{board}/trash/cards/{card}/purge":         {""},
	"/boards/{board}/undo":                             {"", "seq=12"},
	"/boards/{board}/redo":                             {""},
	"/boards/{board}/cards/{card}":                     {"title=New&version=4", "description=New&version=4", "due_on=2026-12-04&version=4"},
	"/boards/{board}/cards/{card}/move":                {"place=end&column_id=" + otherID, "place=end&stay=yes&column_id=" + otherID},
	"/boards/{board}/cards/{card}/archive":             {""},
	"/boards/{board}/cards/{card}/restore":             {"", "stay=yes"},
	"/boards/{board}/cards/{card}/tasks":               {"tick=0+on+Rake&version=4"},
	"/boards/{board}/cards/{card}/labels":              {"listed=" + otherID + "&label=" + otherID, "listed=" + labelID + "&was=" + labelID},
	"/boards/{board}/cards/{card}/labels/new":          {"name=Rain&hue=blue"},
	"/boards/{board}/cards/{card}/assignees":           {"listed=" + otherID + "&assignee=" + otherID, "listed=" + labelID + "&was=" + labelID},
	"/boards/{board}/members/{person}/role":            {"role=viewer"},
	"/boards/{board}/members/{person}/remove":          {""},
	"/boards/{board}/cards/{card}/delete":              {"version=4"},
	"/boards/{board}/cards/{card}/history":             {"restore=1&version=4"},
}

// silent are the routes whose answer names nothing that was done, and why.
var silent = map[string]string{
	"/boards":                                                   "a board that was just put up is what the next page shows; its settings delete it",
	"/boards/sample":                                            "so is the sample board",
	"/boards/{board}/purge":                                     "nothing is left to bring back, and the page says so",
	"/boards/{board}/star":                                      "a star is the reader's alone; the same button takes it off",
	"/boards/{board}/unstar":                                    "so is having none",
	"/boards/{board}/columns/{column}/collapse":                 "how the wall looks is the reader's alone; the same button opens the column",
	"/boards/{board}/columns/{column}/expand":                   "so is an open column",
	"/boards/{board}/cards/{card}/preview":                      "it saves nothing",
	"/boards/{board}/members/{person}/hand-over":                "who owns the board no more can't take it back",
	"/boards/{board}/members/leave":                             "nor can who sees it no more",
	"/boards/{board}/members/invite":                            "an invitation is taken back by the button in its row, as its mail is out",
	"/boards/{board}/members/invitations/{invitation}/again":    "so is one that is sent again",
	"/boards/{board}/members/invitations/{invitation}/link":     "a link is shown once, on the page itself",
	"/boards/{board}/members/invitations/{invitation}/withdraw": "its link is dead; who is wanted after all is invited anew",
	"/invitation/join":                                          "who came by an invitation leaves by the page of members",
	"/invitation/decline":                                       "whoever sent it can send another",
}

// routes takes the patterns of an area's routes.
type routes []string

func (r *routes) Handle(pattern string, _ http.Handler) { *r = append(*r, pattern) }

func register(client *kanbanapi.Client, mux ui.Mux) {
	board.Handlers{API: client}.Register(mux)
	shelf.Handlers{API: client}.Register(mux)
	card.Handlers{API: client}.Register(mux)
	member.Handlers{API: client, PublicURL: &url.URL{Scheme: "https", Host: "cardwall.example.org"}}.Register(mux)
	activity.Handlers{API: client}.Register(mux)
}

// Whatever a form changes is named in the address that it leads to, so that the next page offers to take it back. A route
// that comes without fails this.
func TestEveryFormNamesWhatItDidOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	ask := apitest.Serve(t, agreeing(), func(client *kanbanapi.Client, mux *http.ServeMux) { register(client, mux) })
	var all routes
	register(nil, &all)
	known := 0
	for _, pattern := range all {
		path, posted := strings.CutPrefix(pattern, "POST ")
		if !posted {
			continue
		}
		known++
		if (forms[path] == nil) == (silent[path] == "") {
			t.Errorf("%s: neither, or both, something to send it and why it names nothing", path)
		}
		at := strings.NewReplacer("{board}", boardID, "{column}", columnID, "{label}", labelID, "{person}", otherID, "{invitation}", otherID, "/cards/{card}", cardsPart(path)).Replace(path)
		for _, form := range forms[path] {
			res, _ := ask("POST", at, form)
			if to := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || !strings.Contains(to, "did=20") {
				t.Errorf("%s %q: %d to %s", path, form, res.StatusCode, to)
			}
		}
		if silent[path] != "" {
			if res, _ := ask("POST", at, ""); strings.Contains(res.Header.Get("Location"), "did=") {
				t.Errorf("%s names what it did", path)
			}
		}
	}
	if want := len(forms) + len(silent); known != want {
		t.Errorf("%d routes, and %d are known here", known, want)
	}
}

// cardsPart is how a path names the card: on a shelf by its id, elsewhere by its number.
func cardsPart(path string) string {
	if strings.Contains(path, "/archive/") || strings.Contains(path, "/trash/") {
		return "/cards/" + cardID
	}
	return "/cards/7"
}

// agreeing is an api that does whatever it is asked to, as the board's 20th activity.
func agreeing() *apitest.API {
	const at = "/v1/boards/" + boardID
	const column, label, numbered, away = at + "/columns/" + columnID, at + "/labels/" + labelID, at + "/cards/7", at + "/cards/" + cardID
	theBoard := kanbanapi.BoardSummary{Id: uuid.MustParse(boardID), Version: 9, Seq: 20}
	theColumn, theLabel := kanbanapi.Column{Version: 9, Seq: 20}, kanbanapi.Label{Id: uuid.MustParse(otherID), Version: 9, Seq: 20}
	theCard := kanbanapi.Card{Number: 7, Version: 9, Seq: 20, Description: "- [ ] Rake\n"}
	undone := kanbanapi.Undone{Seq: 20, Activities: []kanbanapi.Activity{{Seq: 20}}}
	return apitest.New(
		"GET "+at, kanbanapi.Board{Id: theBoard.Id}, "PATCH "+at, theBoard, "POST "+at+"/archive", theBoard, "POST "+at+"/restore", theBoard, "DELETE "+at, apitest.Seq(20),
		"POST /v1/boards", theBoard, "POST "+at+"/purge", nil, "PUT "+at+"/star", nil, "DELETE "+at+"/star", nil,
		"POST "+at+"/columns", theColumn, "PATCH "+column, theColumn, "POST "+column+"/move", theColumn, "POST "+column+"/archive", theColumn, "POST "+column+"/restore", theColumn,
		"DELETE "+column, apitest.Seq(20), "POST "+column+"/purge", apitest.Seq(20),
		"POST "+column+"/cards/move", kanbanapi.CardsMoved{Moved: 2, Seq: 20}, "PUT "+column+"/collapsed", nil, "DELETE "+column+"/collapsed", nil,
		"POST "+at+"/labels", theLabel, "PATCH "+label, theLabel, "DELETE "+label, apitest.Seq(20),
		"POST "+at+"/cards", theCard, "POST "+at+"/cards/list", kanbanapi.CardsMade{Cards: []kanbanapi.Card{theCard}, Seq: 20}, "POST "+at+"/columns/list", kanbanapi.ColumnsMade{Columns: []kanbanapi.Column{theColumn}, Seq: 20},
		"POST "+at+"/cards/batch", kanbanapi.CardBatchResult{Seq: 20}, "GET "+away, theCard,
		"POST "+away+"/restore", theCard, "POST "+away+"/purge", apitest.Seq(20), "POST "+at+"/undo", undone, "POST "+at+"/redo", undone,
		"GET "+numbered, theCard, "PATCH "+numbered, theCard, "DELETE "+numbered, apitest.Seq(20), "GET "+numbered+"/versions/1", kanbanapi.CardVersion{},
		"POST "+numbered+"/move", theCard, "POST "+numbered+"/archive", theCard, "POST "+numbered+"/restore", theCard,
		"PUT "+numbered+"/labels/"+otherID, theCard, "DELETE "+numbered+"/labels/"+labelID, theCard,
		"PATCH "+at+"/members/"+otherID, kanbanapi.Member{Seq: 20}, "DELETE "+at+"/members/"+otherID, apitest.Seq(20),
		"PUT "+numbered+"/assignees/"+otherID, theCard, "DELETE "+numbered+"/assignees/"+labelID, theCard,
	)
}
