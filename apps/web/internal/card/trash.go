package card

import (
	"context"
	"net/http"
	"slices"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// deleteForm is the button that puts the card into the trash.
const deleteForm = "delete"

func (h Handlers) confirmDelete(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return h.renderDelete(w, r, at, ui.Failure{})
}

func (h Handlers) renderDelete(w http.ResponseWriter, r *http.Request, at place, failed ui.Failure) error {
	v, err := h.read(r, at)
	if err != nil {
		return err
	}
	if !v.MayEdit() {
		return ui.Seen(w, r, at.path())
	}
	v.Failed = failed
	return ui.Render(w, r, failed.Status(), deletePage(v))
}

// delete puts the card into the trash, if it still is what the person saw; else it asks again.
func (h Handlers) delete(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	seq, err := h.API.DeleteCard(r.Context(), at.board, at.card(), ui.Version(r))
	if err == nil {
		return activity.Seen(w, r, at.to("trash"), seq)
	}
	if failed, ok := ui.Retry(r, deleteForm, err); ok {
		return h.renderDelete(w, r, at, failed)
	}
	return err
}

// trash is where a card was put that can't be read any more; it can be brought back from there. While it is on the
// board, its page is the place.
func (h Handlers) trash(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	_, missing := h.API.Card(r.Context(), at.board, at.card())
	if missing == nil {
		return ui.Seen(w, r, at.path())
	}
	board, err := h.API.Board(r.Context(), at.board)
	if err != nil {
		return err
	}
	there, err := h.inTrash(r.Context(), at)
	switch {
	case err != nil:
		return err
	case !there:
		return missing // it never was, or is gone for good
	}
	v := cardView{At: at, Board: board, Line: line.Of(r), Empty: line.Empty(r), Flash: activity.Read(r, h.API, board, at.path())}
	return ui.Render(w, r, http.StatusOK, trashPage(v))
}

// inTrash looks for the card in its board's trash.
func (h Handlers) inTrash(ctx context.Context, at place) (bool, error) {
	const most = 400 // cards whose titles speak of that number come too
	found, err := h.API.AwayCards(ctx, at.board, kanbanapi.Find{State: kanbanapi.Deleted, Words: "#" + at.card(), Limit: most})
	there := slices.ContainsFunc(found.Items, func(c kanbanapi.AwayCard) bool { return c.Number == at.number })
	return there, err
}
