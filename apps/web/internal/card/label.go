package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const (
	labelsForm   = "labels"
	newLabelForm = "new-label"
)

// Labels are those on the card.
func (v cardView) Labels() []kanbanapi.BoardLabel {
	var on []kanbanapi.BoardLabel
	for _, label := range v.Board.Labels {
		if v.Has(label.Id) {
			on = append(on, label)
		}
	}
	return on
}

// Has reports whether a label is on the card.
func (v cardView) Has(label uuid.UUID) bool { return slices.Contains(v.Card.LabelIds, label) }

// NewLabelHue is the one that is chosen for a new label.
func (v cardView) NewLabelHue() string {
	taken := make([]kanbanapi.Hue, len(v.Board.Labels))
	for i, label := range v.Board.Labels {
		taken[i] = label.Hue
	}
	return v.Failed.Value(newLabelForm, "hue", string(ui.RarestHue(taken)))
}

// setLabels puts on and takes off what was changed in the list; a label that the form left as it was stays as somebody
// else may have made it meanwhile.
func (h Handlers) setLabels(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	for _, raw := range r.PostForm["listed"] {
		if err := h.setLabel(r, at, raw); err != nil {
			return h.again(w, r, at, labelsForm, err)
		}
	}
	return ui.Seen(w, r, at.path())
}

func (h Handlers) setLabel(r *http.Request, at place, raw string) error {
	was, on := slices.Contains(r.PostForm["was"], raw), slices.Contains(r.PostForm["label"], raw)
	if was == on {
		return nil
	}
	label, err := uuid.Parse(raw)
	if err != nil {
		return problem.New(problem.Invalid, "label_unreadable", "That is no label of this board. Reload the page and try again.").Because(err)
	}
	if on {
		_, err = h.API.LabelCard(r.Context(), at.board, at.card(), label)
	} else {
		_, err = h.API.UnlabelCard(r.Context(), at.board, at.card(), label)
	}
	return err
}

// newLabel makes a label and puts it on the card.
func (h Handlers) newLabel(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	label, err := h.API.CreateLabel(r.Context(), at.board, kanbanapi.NewLabel{
		Id: ui.FormID(r.PostForm.Get("id")), Name: ui.Line(r.PostForm.Get("name")), Hue: kanbanapi.Hue(r.PostForm.Get("hue")),
	})
	if err == nil {
		_, err = h.API.LabelCard(r.Context(), at.board, at.card(), label.Id)
	}
	if err != nil {
		return h.again(w, r, at, newLabelForm, err)
	}
	return ui.Seen(w, r, at.path())
}
