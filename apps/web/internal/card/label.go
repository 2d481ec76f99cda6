package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
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
	var last int64
	for _, raw := range r.PostForm["listed"] {
		seq, err := h.setLabel(r, at, raw)
		if err != nil {
			return h.again(w, r, at, labelsForm, err)
		}
		last = max(last, seq)
	}
	return activity.Seen(w, r, at.path(), last)
}

// setLabel returns 0 for a label that the form left as it was.
func (h Handlers) setLabel(r *http.Request, at place, raw string) (seq int64, err error) {
	was, on := slices.Contains(r.PostForm["was"], raw), slices.Contains(r.PostForm["label"], raw)
	if was == on {
		return 0, nil
	}
	label, err := uuid.Parse(raw)
	if err != nil {
		return 0, problem.New(problem.Invalid, "label_unreadable", "That is no label of this board. Reload the page and try again.").Because(err)
	}
	var card kanbanapi.Card
	if on {
		card, err = h.API.LabelCard(r.Context(), at.board, at.card(), label)
	} else {
		card, err = h.API.UnlabelCard(r.Context(), at.board, at.card(), label)
	}
	return card.Seq, err
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
	var card kanbanapi.Card
	if err == nil {
		card, err = h.API.LabelCard(r.Context(), at.board, at.card(), label.Id)
	}
	if err != nil {
		return h.again(w, r, at, newLabelForm, err)
	}
	return activity.Seen(w, r, at.path(), card.Seq)
}
