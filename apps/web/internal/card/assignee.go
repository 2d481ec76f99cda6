package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const assigneesForm = "assignees"

// Assignees are the members who are to do the card, in the order in which they came to the board.
func (v cardView) Assignees() []kanbanapi.BoardMember {
	var on []kanbanapi.BoardMember
	for _, member := range v.Board.Members {
		if v.Does(member.Id) {
			on = append(on, member)
		}
	}
	return on
}

// Does reports whether somebody is to do the card.
func (v cardView) Does(person uuid.UUID) bool { return slices.Contains(v.Card.AssigneeIds, person) }

// reader is who looks at the card.
func reader(r *http.Request) uuid.UUID {
	s, _ := session.From(r.Context())
	return s.Person.ID
}

// setAssignees puts on and takes off whom the form changed; who was left as they were stays as somebody else may have made it meanwhile.
func (h Handlers) setAssignees(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	var last int64
	for _, raw := range r.PostForm["listed"] {
		seq, err := h.setAssignee(r, at, raw)
		if err != nil {
			return h.again(w, r, at, assigneesForm, err)
		}
		last = max(last, seq)
	}
	return activity.Seen(w, r, at.path(), last)
}

// setAssignee returns 0 for somebody whom the form left as they were.
func (h Handlers) setAssignee(r *http.Request, at place, raw string) (seq int64, err error) {
	was, on := slices.Contains(r.PostForm["was"], raw), slices.Contains(r.PostForm["assignee"], raw)
	if was == on {
		return 0, nil
	}
	person, err := uuid.Parse(raw)
	if err != nil {
		return 0, problem.New(problem.Invalid, "member_unreadable", "That is no member of this board. Reload the page and try again.").Because(err)
	}
	var card kanbanapi.Card
	if on {
		card, err = h.API.AssignCard(r.Context(), at.board, at.card(), person)
	} else {
		card, err = h.API.UnassignCard(r.Context(), at.board, at.card(), person)
	}
	if p := problem.From(err); err != nil && p.Code == "member_not_found" { // the page is still there, with the form
		err = problem.New(problem.Conflict, p.Code, "That person has left the board meanwhile.").Because(err)
	}
	return card.Seq, err
}

// assignMe says what the button does that is for the reader alone.
func (v cardView) assignMe() string {
	if v.Does(v.Me) {
		return "Unassign me"
	}
	return "Assign me"
}

func (v cardView) onBoard() bool {
	return slices.ContainsFunc(v.Board.Members, func(m kanbanapi.BoardMember) bool { return m.Id == v.Me })
}
