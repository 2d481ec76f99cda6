package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// setListed puts on a card and takes off it what was changed in a form's list of boxes with that name. What the form left as it was stays as
// somebody else may have made it meanwhile.
func (h Handlers) setListed(w http.ResponseWriter, r *http.Request, form, box string, set func(at place, id uuid.UUID, on bool) (kanbanapi.Card, error)) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	var last int64
	for _, raw := range r.PostForm["listed"] {
		on := slices.Contains(r.PostForm[box], raw)
		if on == slices.Contains(r.PostForm["was"], raw) {
			continue
		}
		id, err := readListed(raw)
		var card kanbanapi.Card
		if err == nil {
			card, err = set(at, id, on)
		}
		if err != nil {
			return h.again(w, r, at, form, err)
		}
		last = max(last, card.Seq)
	}
	return activity.Seen(w, r, at.path(), last)
}

func readListed(raw string) (uuid.UUID, error) {
	id, err := uuid.Parse(raw)
	if err != nil {
		return id, problem.New(problem.Invalid, "choice_unreadable", "That is nothing to choose from on this board. Reload the page and try again.").Because(err)
	}
	return id, nil
}
