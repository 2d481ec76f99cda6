package card

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// draft is one field of a card as somebody wrote it, and the version they wrote it over.
type draft struct {
	Field   string // titleForm, descriptionForm or dueForm
	Text    string
	Version int
	Was     string // the print of the text that it was written over, "" when the form doesn't know it
}

func readDraft(r *http.Request) (draft, error) {
	version, was := ui.Version(r), r.PostForm.Get("was")
	switch {
	case r.PostForm.Has(titleForm):
		return draft{titleForm, ui.Line(r.PostForm.Get(titleForm)), version, was}, nil
	case r.PostForm.Has(descriptionForm):
		return draft{descriptionForm, unixLines(r.PostForm.Get(descriptionForm)), version, was}, nil
	case r.PostForm.Get("clear") != "":
		return draft{dueForm, "", version, was}, nil
	case r.PostForm.Has(dueForm):
		return draft{dueForm, r.PostForm.Get(dueForm), version, was}, nil
	default:
		return draft{}, problem.New(problem.Invalid, "nothing_to_save", "The form held neither a title nor a description nor a date, so nothing was saved.")
	}
}

// unixLines undoes what forms do to line ends (HTML, "constructing the entry list": CRLF).
func unixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

func (d draft) patch() (kanbanapi.CardPatch, error) {
	switch d.Field {
	case titleForm:
		return kanbanapi.CardPatch{Title: &d.Text}, nil
	case dueForm:
		due, err := readDue(d.Text)
		return kanbanapi.CardPatch{DueOn: due}, err
	default:
		return kanbanapi.CardPatch{Description: &d.Text}, nil
	}
}

// of is the same field as the card has it.
func (d draft) of(card kanbanapi.Card) string {
	switch d.Field {
	case titleForm:
		return card.Title
	case dueForm:
		return dueOf(card)
	default:
		return card.Description
	}
}

// in reports whether the same field is among some texts of a card.
func (d draft) in(texts kanbanapi.CardTexts) bool {
	switch d.Field {
	case titleForm:
		return texts.Title != nil
	case dueForm:
		return texts.DueOn.IsSpecified()
	default:
		return texts.Description != nil
	}
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
	seq, err := h.save(r, at, mine)
	return h.saved(w, r, at, mine.Field, mine, seq, err)
}

// save stores a draft; the seq is 0 when the card says that already.
func (h Handlers) save(r *http.Request, at place, mine draft) (seq int64, err error) {
	patch, err := mine.patch()
	if err == nil {
		seq, err = h.update(r, at, mine.Version, patch)
	}
	if problem.Is(err, problem.Stale) && mine.Was != "" {
		return h.saveBeside(r, at, mine, patch, err)
	}
	return seq, err
}

func (h Handlers) update(r *http.Request, at place, from int, patch kanbanapi.CardPatch) (seq int64, err error) {
	card, err := h.API.UpdateCard(r.Context(), at.board, at.card(), from, patch)
	if card.Version == from {
		return 0, err
	}
	return card.Seq, err
}

// saveBeside saves what is stale only because another field was saved since, as when somebody edits title and
// description at once: this one is still the text that they wrote over. If it isn't, the error stays what it was.
func (h Handlers) saveBeside(r *http.Request, at place, mine draft, patch kanbanapi.CardPatch, stale error) (seq int64, err error) {
	now, err := h.API.Card(r.Context(), at.board, at.card())
	if err != nil {
		return 0, err
	}
	if fingerprint(mine.of(now)) != mine.Was {
		return 0, stale
	}
	return h.update(r, at, now.Version, patch)
}

// fingerprint tells whether a text is the same, in little room.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}

// saved answers an edit, made by a form, by how it went.
func (h Handlers) saved(w http.ResponseWriter, r *http.Request, at place, form string, mine draft, seq int64, err error) error {
	if err == nil {
		return activity.Seen(w, r, at.path(), seq)
	}
	if problem.Is(err, problem.Stale) {
		return h.showConflict(w, r, at, mine)
	}
	return h.again(w, r, at, form, err)
}

// again shows the page with a form that was refused, if it can show that.
func (h Handlers) again(w http.ResponseWriter, r *http.Request, at place, form string, err error) error {
	if failed, ok := ui.Retry(r, form, err); ok {
		return h.render(w, r, at, failed)
	}
	return err
}
