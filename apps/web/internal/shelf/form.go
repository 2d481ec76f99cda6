package shelf

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

func (h Handlers) restoreCard(w http.ResponseWriter, r *http.Request, s Shelf) error {
	board, card, err := ui.ReadFormOf(w, r, "card")
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreCard(r.Context(), board, card.String())
	return h.answer(w, r, s, board, restored.Seq, err)
}

func (h Handlers) restoreColumn(w http.ResponseWriter, r *http.Request, s Shelf) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreColumn(r.Context(), board, column)
	return h.answer(w, r, s, board, restored.Seq, err)
}

func (h Handlers) purgeCard(w http.ResponseWriter, r *http.Request) error {
	board, card, err := ui.ReadFormOf(w, r, "card")
	if err != nil {
		return err
	}
	seq, err := h.API.PurgeCard(r.Context(), board, card.String())
	return h.answer(w, r, Trash, board, seq, err)
}

// deleteColumn puts a column and its cards from the archive into the trash, if it still is what the person saw.
func (h Handlers) deleteColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	seq, err := h.API.DeleteColumn(r.Context(), board, column, ui.Version(r))
	return h.answer(w, r, Archive, board, seq, err)
}

// purgeColumn deletes a column for good, and its cards.
func (h Handlers) purgeColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	seq, err := h.API.PurgeColumn(r.Context(), board, column)
	return h.answer(w, r, Trash, board, seq, err)
}

// answer answers a form of the Shelf with the page, which tells what was done, or why it wasn't.
func (h Handlers) answer(w http.ResponseWriter, r *http.Request, s Shelf, board uuid.UUID, seq int64, err error) error {
	words := ui.Line(r.PostForm.Get("q"))
	if err == nil {
		return activity.Seen(w, r, s.searched(board, words), seq)
	}
	refusal := refused(err)
	if refusal == nil {
		return err
	}
	v := view{Shelf: s, Words: words, Refused: refusal.Detail}
	if err := h.read(r.Context(), board, "", &v); err != nil {
		return err
	}
	return ui.Render(w, r, refusal.Kind.Status(), page(v))
}

// refused is what the page can say of a form that failed; nil for what takes the page away too.
func refused(err error) *problem.Error {
	var refusal *problem.Error
	if !errors.As(err, &refusal) {
		return nil
	}
	switch refusal.Code {
	case "column_archived":
		return problem.New(refusal.Kind, refusal.Code, "Its column is in the archive too. Restore the column first, then the card goes there.")
	case "column_deleted":
		return problem.New(refusal.Kind, refusal.Code, "Its column is in the trash too. Restore the column first, then the card goes there.")
	case "stale_version":
		return problem.New(refusal.Kind, refusal.Code, "Somebody has brought it back and changed it meanwhile. It wasn't deleted.")
	case "not_in_trash":
		return problem.New(refusal.Kind, refusal.Code, "It isn't in the trash any more: somebody has brought it back. Nothing was deleted.")
	case "card_not_found", "column_not_found":
		return problem.New(refusal.Kind, refusal.Code, "It isn't here any more: somebody has deleted it for good.")
	}
	return nil
}
