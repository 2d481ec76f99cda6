package board

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const sampleTitle = "Welcome to Cardwall"

// welcome leads somebody who never had a board to one that teaches by being used. The api makes it once, however often
// it is asked: the page is reached by GET, at once in two tabs too. When it can't now, the page offers it.
func (h Handlers) welcome(w http.ResponseWriter, r *http.Request, v boardsView) error {
	made, err := h.sample(r)
	switch {
	case err == nil:
		return ui.Seen(w, r, path(made.Id))
	case problem.From(err).Code == "not_first_board": // another tab was quicker
		return h.renderBoards(w, r, ui.Failure{})
	}
	httpserver.Note(w, r, err)
	return ui.Render(w, r, http.StatusOK, boardsPage(v))
}

// createSample is for whoever asks for it by its button.
func (h Handlers) createSample(w http.ResponseWriter, r *http.Request) error {
	made, err := h.sample(r)
	switch {
	case err == nil:
		return ui.Seen(w, r, path(made.Id))
	case problem.From(err).Code == "not_first_board":
		return ui.Seen(w, r, "/boards")
	}
	return err
}

func (h Handlers) sample(r *http.Request) (kanbanapi.BoardSummary, error) {
	template := kanbanapi.Sample
	return h.API.CreateBoard(r.Context(), kanbanapi.NewBoard{Title: sampleTitle, Template: &template})
}
