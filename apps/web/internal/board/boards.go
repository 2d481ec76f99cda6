package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// newBoardForm is the name of the form that puts up a board.
const newBoardForm = "new-board"

// boardsView is what the page of boards shows.
type boardsView struct {
	Boards []kanbanapi.BoardSummary
	Next   string // the cursor of the next page, or ""
	First  bool   // the first page
	Failed ui.Failure
}

func (h Handlers) list(w http.ResponseWriter, r *http.Request) error {
	return h.renderBoards(w, r, ui.Failure{})
}

func (h Handlers) create(w http.ResponseWriter, r *http.Request) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	board := kanbanapi.NewBoard{Id: ui.FormID(r.PostForm.Get("id")), Title: ui.Line(r.PostForm.Get("title"))}
	made, err := h.API.CreateBoard(r.Context(), board)
	if err == nil {
		return ui.Seen(w, r, path(made.Id))
	}
	if failed, ok := ui.Retry(r, newBoardForm, madeAlready(err)); ok {
		return h.renderBoards(w, r, failed)
	}
	return err
}

func (h Handlers) renderBoards(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	cursor := r.URL.Query().Get("cursor")
	page, err := h.API.Boards(r.Context(), cursor, 0)
	if err != nil {
		return err
	}
	next, _ := page.NextCursor.Get()
	return ui.Render(w, r, failed.Status(), boardsPage(boardsView{Boards: page.Items, Next: next, First: cursor == "", Failed: failed}))
}

// sizes are the heights of a board's columns, for its drawing.
func sizes(b kanbanapi.BoardSummary) []int {
	counts := make([]int, len(b.Columns))
	for i, column := range b.Columns {
		counts[i] = column.CardCount
	}
	return counts
}

// content says in a few words what a board holds.
func content(b kanbanapi.BoardSummary) string {
	if len(b.Columns) == 0 {
		return "Empty"
	}
	return ui.Plural(total(b), "card", "cards")
}

func total(b kanbanapi.BoardSummary) int {
	sum := 0
	for _, column := range b.Columns {
		sum += column.CardCount
	}
	return sum
}
