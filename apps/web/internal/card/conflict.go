package card

import (
	"net/http"

	"cardwall/apps/web/internal/ui"
)

// conflictView is two texts for one place: what the person wrote, and what somebody saved meanwhile.
type conflictView struct {
	cardView
	Mine draft
}

// Theirs is the text that is saved now.
func (v conflictView) Theirs() string { return v.Mine.of(v.Card) }

// What is the field's name in a sentence.
func (v conflictView) What() string {
	if v.Mine.Field == dueForm {
		return "due date"
	}
	return v.Mine.Field
}

// Shown is a text as people read it.
func (v conflictView) Shown(text string) string {
	if v.Mine.Field == dueForm {
		return dueText(text)
	}
	return text
}

// Mergeable reports whether one text can be made of the two; of two dates only one can stay.
func (v conflictView) Mergeable() bool { return v.Mine.Field != dueForm }

// Both is what the person begins with who wants to make one text of the two.
func (v conflictView) Both() string {
	if v.Mine.Field == titleForm {
		return v.Theirs() + " / " + v.Mine.Text
	}
	return v.Theirs() + "\n\n" + v.Mine.Text
}

// showConflict asks which text is to stay; if both are the same there is nothing to ask.
func (h Handlers) showConflict(w http.ResponseWriter, r *http.Request, at place, mine draft) error {
	v, err := h.read(r, at)
	if err != nil {
		return err
	}
	if mine.of(v.Card) == mine.Text {
		return ui.Seen(w, r, at.path())
	}
	return ui.Render(w, r, http.StatusPreconditionFailed, conflictPage(conflictView{v, mine}))
}
