package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

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

func (h Handlers) setAssignees(w http.ResponseWriter, r *http.Request) error {
	return h.setListed(w, r, assigneesForm, "assignee", func(at place, person uuid.UUID, on bool) (card kanbanapi.Card, err error) {
		if on {
			card, err = h.API.AssignCard(r.Context(), at.board, at.card(), person)
		} else {
			card, err = h.API.UnassignCard(r.Context(), at.board, at.card(), person)
		}
		if p := problem.From(err); err != nil && p.Code == "member_not_found" { // the page is still there, with the form
			err = problem.New(problem.Conflict, p.Code, "That person has left the board meanwhile.").Because(err)
		}
		return card, err
	})
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
