package card

import (
	"net/http"
	"slices"

	"cardwall/apps/web/internal/diff"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// conflictView is three texts for one place: what the person began with, what they wrote, and what somebody saved meanwhile.
type conflictView struct {
	cardView
	Mine  draft
	Base  *string                     // nil when it isn't known what the person began with
	Saves []kanbanapi.CardVersionEdit // of this field since, newest first
	Own   bool                        // the newest of them is the person's own, from another tab
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

// Who is who saved last, at the beginning of a sentence.
func (v conflictView) Who() string {
	switch {
	case len(v.Saves) == 0:
		return "Somebody"
	case v.Own:
		return "You yourself"
	}
	return v.Saves[0].Actor.Name
}

// said is one of two ways to say something: between two people, and for one who saved nothing but their own elsewhere.
func (v conflictView) said(between, alone string) string {
	if v.Own && len(v.Others()) == 0 {
		return alone
	}
	return between
}

// Others are the rest of those who saved, each once.
func (v conflictView) Others() []string {
	var names []string
	for _, save := range v.Saves {
		if name := save.Actor.Name; save.Actor.Id != v.Saves[0].Actor.Id && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Shown is a text as people read it.
func (v conflictView) Shown(text string) string {
	if v.Mine.Field == dueForm {
		return dueText(text)
	}
	return text
}

// Blocks is one of the two texts, with what is different in it from the base; without a base, as it is.
func (v conflictView) Blocks(text string) []diff.Block {
	isText := v.Mine.Field == descriptionForm
	switch {
	case v.Base == nil && isText:
		return diff.Base(text, v.Mine.Text, v.Theirs())
	case v.Base == nil:
		return oneLine([]diff.Piece{{Op: diff.Same, Text: v.Shown(text)}})
	case isText:
		return diff.Fold(diff.Lines(*v.Base, text))
	case *v.Base == text || v.Mine.Field == titleForm:
		return oneLine(diff.Words(v.Shown(*v.Base), v.Shown(text)))
	}
	return oneLine([]diff.Piece{{Op: diff.Gone, Text: v.Shown(*v.Base)}, {Op: diff.New, Text: v.Shown(text)}})
}

// BaseBlocks is the base, folded where both left it alone.
func (v conflictView) BaseBlocks() []diff.Block {
	if v.Mine.Field != descriptionForm {
		return oneLine([]diff.Piece{{Op: diff.Same, Text: v.Shown(*v.Base)}})
	}
	return diff.Base(*v.Base, v.Mine.Text, v.Theirs())
}

func oneLine(pieces []diff.Piece) []diff.Block {
	return []diff.Block{{Lines: []diff.Line{{Op: diff.Same, Pieces: pieces}}}}
}

// Mergeable reports whether one text can be made of the two; of two dates only one can stay.
func (v conflictView) Mergeable() bool { return v.Mine.Field != dueForm }

// Merged is what the person begins with who wants to make one text of the two; clean unless both changed the same of it.
func (v conflictView) Merged() (text string, clean bool) {
	base := diff.Shared(v.Theirs(), v.Mine.Text)
	if v.Base != nil {
		base = *v.Base
	}
	if v.Mine.Field == titleForm {
		return diff.MergeWords(base, v.Mine.Text, v.Theirs())
	}
	return diff.MergeLines(base, v.Mine.Text, v.Theirs())
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
	conflict := conflictView{cardView: v, Mine: mine}
	if conflict.Base, err = h.base(r, at, mine); err != nil {
		return err
	}
	if conflict.Saves, err = h.savesSince(r, at, mine); err != nil {
		return err
	}
	if who, signedIn := session.From(r.Context()); signedIn && len(conflict.Saves) > 0 {
		conflict.Own = conflict.Saves[0].Actor.Id == who.Person.ID
	}
	return ui.Render(w, r, http.StatusPreconditionFailed, conflictPage(conflict))
}

// base is what the person began with: the same field in the version that they wrote over.
func (h Handlers) base(r *http.Request, at place, mine draft) (*string, error) {
	if mine.Version < 1 {
		return nil, nil //nolint:nilnil // a form that names no version was made from nothing that is known
	}
	then, err := h.API.CardVersion(r.Context(), at.board, at.card(), mine.Version)
	switch {
	case problem.Is(err, problem.NotFound), problem.Is(err, problem.Invalid): // a version that there never was
		return nil, nil //nolint:nilnil // as above
	case err != nil:
		return nil, err
	}
	text := mine.of(kanbanapi.Card{Title: then.Title, Description: then.Description, DueOn: then.DueOn})
	return &text, nil
}

// savesSince are the saves of a field after the version that somebody wrote over, as far back as one page tells.
func (h Handlers) savesSince(r *http.Request, at place, mine draft) ([]kanbanapi.CardVersionEdit, error) {
	page, err := h.API.CardVersions(r.Context(), at.board, at.card(), "", versionsPerPage)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(page.Items, func(edit kanbanapi.CardVersionEdit) bool {
		return edit.Version <= mine.Version || !mine.in(edit.After)
	}), nil
}
