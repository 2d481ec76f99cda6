package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// newBoardForm is the name of the form that puts up a board.
const newBoardForm = "new-board"

// offer is a template as the page offers it.
type offer struct {
	Template kanbanapi.NewBoardTemplate
	Name     string
	About    string
	Wall     []ui.WallColumn // a drawing of how such a board looks after a while
}

var offers = []offer{
	{kanbanapi.Blank, "Blank wall", "Three empty columns", []ui.WallColumn{{}, {}, {}}},
	{kanbanapi.Release, "Release", "Next up to Shipped, with WIP limits", []ui.WallColumn{{Cards: 4, Hue: "hue-blue"}, {Cards: 2, Hue: "hue-yellow"}, {Cards: 2, Hue: "hue-violet"}, {Cards: 1, Hue: "hue-teal"}, {Cards: 3, Hue: "hue-green"}}},
	{kanbanapi.Support, "Support triage", "New, Waiting, In hand, Solved", []ui.WallColumn{{Cards: 5, Hue: "hue-orange"}, {Cards: 3, Hue: "hue-yellow"}, {Cards: 3, Hue: "hue-blue"}, {Cards: 2, Hue: "hue-green"}}},
	{kanbanapi.Editorial, "Editorial", "Ideas, Drafting, Edit, Published", []ui.WallColumn{{Cards: 3, Hue: "hue-pink"}, {Cards: 3, Hue: "hue-yellow"}, {Cards: 2, Hue: "hue-violet"}, {Cards: 1, Hue: "hue-green"}}},
}

func (h Handlers) create(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	board := kanbanapi.NewBoard{Id: ui.FormID(r.PostForm.Get("id")), Title: ui.Line(r.PostForm.Get("title"))}
	if template := kanbanapi.NewBoardTemplate(r.PostForm.Get("template")); template != "" {
		board.Template = &template
	}
	made, err := h.API.CreateBoard(r.Context(), board)
	if err == nil {
		return ui.Seen(w, r, path(made.Id))
	}
	if failed, ok := ui.Retry(r, newBoardForm, madeAlready(err)); ok {
		return h.renderBoards(w, r, failed)
	}
	return err
}
