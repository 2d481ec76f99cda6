package card

import (
	"net/http"

	"cardwall/apps/web/internal/markdown"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

// tasksForm is the form of the boxes in the description.
const tasksForm = "tasks"

// Prose is the description as people read it.
func (v cardView) Prose() markdown.SafeHTML {
	return markdown.Render(v.Card.Description, markdown.Options{CardPath: v.At.sibling, Tickable: v.Editable()})
}

// Preview is the same of the text that isn't saved yet.
func (v cardView) Preview() markdown.SafeHTML {
	return markdown.Render(*v.Previewed, markdown.Options{CardPath: v.At.sibling})
}

// Tasks counts the boxes in the description.
func (v cardView) Tasks() (done, all int) {
	return markdown.Progress(markdown.Tasks(v.Card.Description))
}

// Text is what stands in the description's field.
func (v cardView) Text() string {
	if v.Previewed != nil {
		return *v.Previewed
	}
	return v.Failed.Value(descriptionForm, descriptionForm, v.Card.Description)
}

// EditingText reports whether the description's box is open.
func (v cardView) EditingText() bool { return v.Previewed != nil || v.Failed.Is(descriptionForm) }

// preview shows the page with the typed description drawn beneath its field; nothing is saved.
func (h Handlers) preview(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	v, err := h.read(r, at)
	if err != nil {
		return err
	}
	if !v.Editable() {
		return problem.New(problem.Conflict, "archived", "This card can't be changed any more. Copy what you wrote.")
	}
	text := unixLines(r.PostForm.Get(descriptionForm))
	v.Previewed, v.Typed = &text, r.PostForm
	return ui.Render(w, r, http.StatusOK, cardPage(v))
}

// tick ticks a box of the description, or empties it. Made from an older description, it shows both texts like any edit.
func (h Handlers) tick(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	mine, err := h.readTick(r, at)
	if err != nil {
		return h.again(w, r, at, tasksForm, err)
	}
	seq, err := h.save(r, at, mine)
	return h.saved(w, r, at, tasksForm, mine, seq, err)
}

// readTick makes the text that a press on a box asks for, of the present one; problem.Conflict when the box is gone.
func (h Handlers) readTick(r *http.Request, at place) (draft, error) {
	card, err := h.API.Card(r.Context(), at.board, at.card())
	if err != nil {
		return draft{}, err
	}
	tick, ok := markdown.ReadTick(r.PostForm.Get("tick"))
	task, there := tick.Find(markdown.Tasks(card.Description))
	if !ok || !there {
		return draft{}, problem.New(problem.Conflict, "box_gone", "That box isn't in the description any more, so nothing was changed. This is the description now.")
	}
	return draft{Field: descriptionForm, Text: markdown.SetTask(card.Description, task, tick.Done), Version: ui.Version(r), Was: r.PostForm.Get("was")}, nil
}
