package card

import (
	"net/http"
	"strings"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// draft is one text of a card as somebody wrote it, and the version they wrote it over.
type draft struct {
	Field   string // titleForm or descriptionForm
	Text    string
	Version int
}

func readDraft(r *http.Request) (draft, error) {
	version := ui.Version(r)
	switch {
	case r.PostForm.Has(titleForm):
		return draft{titleForm, ui.Line(r.PostForm.Get(titleForm)), version}, nil
	case r.PostForm.Has(descriptionForm):
		return draft{descriptionForm, unixLines(r.PostForm.Get(descriptionForm)), version}, nil
	default:
		return draft{}, problem.New(problem.Invalid, "nothing_to_save", "The form held neither a title nor a description, so nothing was saved.")
	}
}

// unixLines undoes what forms do to line ends (HTML, "constructing the entry list": CRLF).
func unixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

func (d draft) patch() kanbanapi.CardPatch {
	if d.Field == titleForm {
		return kanbanapi.CardPatch{Title: &d.Text}
	}
	return kanbanapi.CardPatch{Description: &d.Text}
}

// of is the same text as the card has it.
func (d draft) of(card kanbanapi.Card) string {
	if d.Field == titleForm {
		return card.Title
	}
	return card.Description
}

func (h Handlers) edit(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	mine, err := readDraft(r)
	if err != nil {
		return err
	}
	_, err = h.API.UpdateCard(r.Context(), at.board, at.card(), mine.Version, mine.patch())
	return h.saved(w, r, at, mine, err)
}

// saved answers an edit by how it went.
func (h Handlers) saved(w http.ResponseWriter, r *http.Request, at place, mine draft, err error) error {
	if err == nil {
		return ui.Seen(w, r, at.path())
	}
	if problem.Is(err, problem.Stale) {
		return h.showConflict(w, r, at, mine)
	}
	if failed, ok := ui.Retry(r, mine.Field, err); ok {
		return h.render(w, r, at, failed)
	}
	return err
}
