package board

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// settingsView is what a board's settings show.
type settingsView struct {
	Board  kanbanapi.Board
	Labels []kanbanapi.ListedLabel
	Flash  *activity.Flash
	At     string // the id of what the form before was about: the page opens there
	Failed ui.Failure
}

// MayEdit reports whether the reader may change labels and columns.
func (v settingsView) MayEdit() bool { return v.Board.MayEdit() }

// Owns reports whether the board itself is the reader's to change.
func (v settingsView) Owns() bool { return v.Board.Role == kanbanapi.Owner }

// onlyIfEditable is a text about what can be done, "" for whoever can't.
func (v settingsView) onlyIfEditable(text string) string {
	if v.MayEdit() {
		return text
	}
	return ""
}

func (v settingsView) noLabels() string {
	if v.MayEdit() {
		return "This board has no labels yet. A label says what a card is about; give it a name and a hue."
	}
	return "This board has no labels."
}

// archivedText says why nothing can be changed, and who can change that: the button beside it is an owner's.
func (v settingsView) archivedText() string {
	const text = "This board is in the archive: it can be read, but not changed."
	if v.Owns() {
		return text + " Restore it to change it."
	}
	return text + " An owner can restore it."
}

// registerSettings adds the settings and their forms. Each form answers with the settings, at what it was about.
func (h Handlers) registerSettings(mux ui.Mux) {
	const settings = "/boards/{board}/settings"
	mux.Handle("GET "+settings, ui.Handle(h.showSettings))
	for form, handle := range map[string]ui.HandlerFunc{
		"/name":                  h.renameInSettings,
		"/labels":                h.addLabel,
		"/labels/{label}":        h.editLabel,
		"/labels/{label}/delete": h.deleteLabel,
	} {
		mux.Handle("POST "+settings+form, ui.Handle(handle))
		mux.Handle("GET "+settings+form, ui.Handle(toSettings)) // by hand, after one failed
	}
}

func toSettings(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return ui.Seen(w, r, settingsPath(id))
}

func (h Handlers) showSettings(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return h.renderSettings(w, r, id, ui.Failure{})
}

func (h Handlers) renderSettings(w http.ResponseWriter, r *http.Request, id uuid.UUID, failed ui.Failure) error {
	board, err := h.API.Board(r.Context(), id)
	if err != nil {
		return err
	}
	labels, err := h.API.Labels(r.Context(), id)
	if err != nil {
		return err
	}
	v := settingsView{Board: board, Labels: labels.Items, Failed: failed}
	if failed.Reason == nil {
		v.At = r.URL.Query().Get("at")
		v.Flash = activity.Read(r, h.API, board, settingsPath(id))
	} else {
		v.Failed = v.explained()
	}
	return ui.Render(w, r, failed.Status(), settingsPage(v))
}

// explained puts what is stored now into a stale form's sentence: the api's own is for programs.
func (v settingsView) explained() ui.Failure {
	failed := v.Failed
	if failed.Reason.Kind != problem.Stale {
		return failed
	}
	switch now := v.stored(failed.Form); now {
	case "":
		failed.Reason = stale("Somebody has changed this meanwhile. Look at it once more, and save again.")
	default:
		failed.Reason = stale("Somebody has changed this meanwhile: it is " + now + " now. Save again to use what stands here.")
	}
	return failed
}

// stored says in words what a form is about as it is now, "" for what nobody else can have changed.
func (v settingsView) stored(form string) string {
	if form == renameForm {
		return "“" + v.Board.Title + "”"
	}
	for _, label := range v.Labels {
		if form == labelAnchor(label.Id) {
			return "“" + label.Name + "”, " + string(label.Hue) + ","
		}
	}
	return ""
}

// inSettings answers a form of the settings: with the settings at what it was about, with its form again, or with
// the error that no form can mend. seq is that of what was done.
func (h Handlers) inSettings(w http.ResponseWriter, r *http.Request, board uuid.UUID, form, at string, seq int64, err error) error {
	if err == nil {
		return activity.Seen(w, r, settingsAt(board, at), seq)
	}
	if failed, ok := ui.Retry(r, form, madeAlready(err)); ok && problem.From(err).Code != "board_archived" {
		return h.renderSettings(w, r, board, failed)
	}
	return err
}

func (h Handlers) renameInSettings(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	title := ui.Line(r.PostForm.Get("title"))
	renamed, err := h.API.UpdateBoard(r.Context(), id, ui.Version(r), kanbanapi.BoardPatch{Title: &title})
	return h.inSettings(w, r, id, renameForm, "board-title", changed(r, renamed.Version, renamed.Seq), err)
}

// settingsAt is the settings, opened at one of their parts.
func settingsAt(board uuid.UUID, part string) string {
	return settingsPath(board) + "?" + url.Values{"at": {part}}.Encode()
}
