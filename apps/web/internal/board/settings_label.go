package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// addLabelForm is the name of the form that adds a label, and its field's id.
const addLabelForm = "new-label"

// nextHue is what is offered for a new label.
func (v settingsView) nextHue() string {
	taken := make([]kanbanapi.Hue, len(v.Labels))
	for i, label := range v.Labels {
		taken[i] = label.Hue
	}
	return string(ui.RarestHue(taken))
}

// labelAnchor is a label's row in the settings, and the name of its form; labelDeletion that of the form below it.
func labelAnchor(label uuid.UUID) string   { return "label-" + label.String() }
func labelDeletion(label uuid.UUID) string { return "delete-" + labelAnchor(label) }

func labelsPath(board uuid.UUID) string { return settingsPath(board) + "/labels" }

func labelPath(board, label uuid.UUID) string { return labelsPath(board) + "/" + label.String() }

func (h Handlers) addLabel(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	label := kanbanapi.NewLabel{Id: ui.FormID(r.PostForm.Get("id")), Name: ui.Line(r.PostForm.Get("name")), Hue: kanbanapi.Hue(r.PostForm.Get("hue"))}
	made, err := h.API.CreateLabel(r.Context(), board, label)
	return h.inSettings(w, r, board, addLabelForm, addLabelForm, made.Seq, err)
}

func (h Handlers) editLabel(w http.ResponseWriter, r *http.Request) error {
	board, label, err := ui.ReadFormOf(w, r, "label")
	if err != nil {
		return err
	}
	name, hue := ui.Line(r.PostForm.Get("name")), kanbanapi.Hue(r.PostForm.Get("hue"))
	saved, err := h.API.UpdateLabel(r.Context(), board, label, ui.Version(r), kanbanapi.LabelPatch{Name: &name, Hue: &hue})
	return h.inSettings(w, r, board, labelAnchor(label), labelAnchor(label), changed(r, saved.Version, saved.Seq), err)
}

func (h Handlers) deleteLabel(w http.ResponseWriter, r *http.Request) error {
	board, label, err := ui.ReadFormOf(w, r, "label")
	if err != nil {
		return err
	}
	seq, err := h.API.DeleteLabel(r.Context(), board, label, ui.Version(r))
	if problem.From(err).Code == "label_not_found" { // somebody was quicker
		err = nil
	}
	return h.inSettings(w, r, board, labelDeletion(label), "labels", seq, err)
}

// losses says what deleting a label does to cards.
func losses(label kanbanapi.ListedLabel) string {
	switch label.CardCount {
	case 0:
		return "No card carries “" + label.Name + "”."
	case 1:
		return "1 card carries “" + label.Name + "” and loses it."
	}
	return ui.Plural(label.CardCount, "", "cards") + " carry “" + label.Name + "” and lose it."
}
