package card

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// The names of the page's forms, which are also the names of their fields.
const (
	titleForm       = "title"
	descriptionForm = "description"
)

// cardView is what a card's page shows.
type cardView struct {
	At     place
	Board  kanbanapi.Board
	Card   kanbanapi.Card
	Failed ui.Failure
}

// Editable reports whether the reader may change the card; what is archived is restored first.
func (v cardView) Editable() bool { return v.MayEdit() && !v.Archived() }

// MayEdit reports whether the reader's role allows changes.
func (v cardView) MayEdit() bool { return v.Board.Role != kanbanapi.Viewer }

// Archived reports whether the card is out of sight.
func (v cardView) Archived() bool { return !v.Card.ArchivedAt.IsNull() }

// DraftKey names the half-typed text of a form in the tab's storage (js/drafts.js).
func (v cardView) DraftKey(form string) string { return form + ":" + v.Card.Id.String() }

// Column is the title of the card's column.
func (v cardView) Column() string {
	for _, c := range v.Board.Columns {
		if c.Id == v.Card.ColumnId {
			return c.Title
		}
	}
	return ""
}

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return h.render(w, r, at, ui.Failure{})
}

func (h Handlers) render(w http.ResponseWriter, r *http.Request, at place, failed ui.Failure) error {
	v, err := h.read(r, at)
	if err != nil {
		return err
	}
	v.Failed = failed
	return ui.Render(w, r, failed.Status(), cardPage(v))
}

func (h Handlers) read(r *http.Request, at place) (cardView, error) {
	card, err := h.API.Card(r.Context(), at.board, at.card())
	if err != nil {
		return cardView{}, err
	}
	board, err := h.API.Board(r.Context(), at.board)
	return cardView{At: at, Board: board, Card: card}, err
}

func (h Handlers) archive(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	if _, err := h.API.ArchiveCard(r.Context(), at.board, at.card()); err != nil {
		return err
	}
	return ui.Seen(w, r, at.archivedFrom())
}

func (h Handlers) restore(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	if _, err := h.API.RestoreCard(r.Context(), at.board, at.card()); err != nil {
		return err
	}
	if r.PostForm.Get("stay") != "" {
		return ui.Seen(w, r, at.path())
	}
	return ui.Seen(w, r, at.onBoard())
}
