package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
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

func (h Handlers) setLabels(w http.ResponseWriter, r *http.Request) error {
	return h.setListed(w, r, labelsForm, "label", func(at place, label uuid.UUID, on bool) (kanbanapi.Card, error) {
		if on {
			return h.API.LabelCard(r.Context(), at.board, at.card(), label)
		}
		return h.API.UnlabelCard(r.Context(), at.board, at.card(), label)
	})
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
