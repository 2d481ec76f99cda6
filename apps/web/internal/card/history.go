package card

import (
	"net/http"
	"net/url"
	"strconv"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/diff"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// historyForm is the button that brings a version back.
const historyForm = "history"

// versionsPerPage is how many versions a page shows at most.
const versionsPerPage = 20

// historyView is what a card's history shows.
type historyView struct {
	cardView
	Versions []versionView // newest first
	Older    string        // the cursor of the next page, "" on the last
	Later    bool          // not the first page
}

// versionView is one version, with what it changed.
type versionView struct {
	kanbanapi.CardVersionEdit
	Present bool
}

// IsFirst reports whether it is the card as it was made, which changed nothing.
func (v versionView) IsFirst() bool { return v.Version == 1 }

// Title is how the title changed; nil if it didn't.
func (v versionView) Title() []diff.Piece {
	if v.After.Title == nil {
		return nil
	}
	if v.IsFirst() {
		return []diff.Piece{{Op: diff.Same, Text: *v.After.Title}}
	}
	return diff.Words(textOf(v.Before.Title), *v.After.Title)
}

// Description is how the description changed; nil if it didn't.
func (v versionView) Description() []diff.Block {
	if v.After.Description == nil {
		return nil
	}
	if v.IsFirst() {
		return diff.Plain(*v.After.Description)
	}
	return diff.Fold(diff.Lines(textOf(v.Before.Description), *v.After.Description))
}

// Due is how the due date changed; nil if it didn't.
func (v versionView) Due() []diff.Piece {
	switch {
	case !v.After.DueOn.IsSpecified(), v.IsFirst() && v.After.DueOn.IsNull():
		return nil
	case v.IsFirst():
		return []diff.Piece{{Op: diff.Same, Text: dueText(dayOf(v.After.DueOn))}}
	}
	return []diff.Piece{{Op: diff.Gone, Text: dueText(dayOf(v.Before.DueOn))}, {Op: diff.New, Text: dueText(dayOf(v.After.DueOn))}}
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// historyPath is the page of a card's versions, from a cursor on; "" is the newest.
func (p place) historyPath(cursor string) string {
	if cursor == "" {
		return p.to("history")
	}
	return p.to("history") + "?" + url.Values{"cursor": {cursor}}.Encode()
}

// restoredTo is the card with the notice that a version was brought back.
func (p place) restoredTo(version int) string {
	return p.path() + "?" + url.Values{"restored": {strconv.Itoa(version)}}.Encode()
}

// restored reads that notice: 0 for none, or for a version that the card hasn't left behind.
func restored(r *http.Request, card kanbanapi.Card) int {
	version, err := strconv.Atoi(r.URL.Query().Get("restored"))
	if err != nil || version < 1 || version >= card.Version {
		return 0
	}
	return version
}

func (h Handlers) history(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return h.renderHistory(w, r, at, ui.Failure{})
}

func (h Handlers) renderHistory(w http.ResponseWriter, r *http.Request, at place, failed ui.Failure) error {
	card, err := h.read(r, at)
	if err != nil {
		return err
	}
	cursor := r.URL.Query().Get("cursor")
	page, err := h.API.CardVersions(r.Context(), at.board, at.card(), cursor, versionsPerPage)
	if err != nil {
		return err
	}
	card.Failed = failed
	v := historyView{cardView: card, Later: cursor != ""}
	for _, edit := range page.Items {
		v.Versions = append(v.Versions, versionView{edit, edit.Version == card.Card.Version})
	}
	if isSet(page.NextCursor) {
		v.Older = page.NextCursor.MustGet()
	}
	return ui.Render(w, r, failed.Status(), historyPage(v))
}

// bringBack saves a version's texts anew, over the version that the person saw as the present one.
func (h Handlers) bringBack(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(r.PostForm.Get("restore"))
	if err != nil || version < 1 {
		return problem.New(problem.Invalid, "no_version", "The form didn't say which version to bring back, so nothing was changed.")
	}
	seq, err := h.saveVersion(r, at, version)
	if err == nil {
		return activity.Seen(w, r, at.restoredTo(version), seq)
	}
	if failed, ok := ui.Retry(r, historyForm, err); ok {
		return h.renderHistory(w, r, at, failed)
	}
	return err
}

// saveVersion returns 0 where the card says that already.
func (h Handlers) saveVersion(r *http.Request, at place, number int) (seq int64, err error) {
	then, err := h.API.CardVersion(r.Context(), at.board, at.card(), number)
	if err != nil {
		return 0, err
	}
	patch := kanbanapi.CardPatch{Title: &then.Title, Description: &then.Description, DueOn: then.DueOn}
	seq, err = h.update(r, at, ui.Version(r), patch)
	if problem.Is(err, problem.Stale) {
		return 0, problem.New(problem.Stale, "stale_version", "Somebody saved this card since you opened its history, so nothing was brought back. Their version is the first of the list now.").Because(err)
	}
	return seq, err
}

// Did is what its author did, after a name.
func (v versionView) Did() string {
	switch {
	case v.IsFirst():
		return "made this card"
	case v.Undid != nil:
		return "took a change back"
	}
	return "saved it"
}

// lineClass is how a line of a diff is drawn.
func lineClass(op diff.Op) string {
	return [...]string{diff.Same: "is-same", diff.Gone: "is-gone", diff.New: "is-new", diff.Changed: "is-changed"}[op]
}
