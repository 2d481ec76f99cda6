package kanban

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"cardwall/packages/filter"
)

// Me is what a filter calls the person who reads it.
const Me = "me"

// People are those whom a filter may name: its reader, and who is on the board.
type People struct {
	Me      uuid.UUID
	Members []BoardMember
}

// called are those who have a name, or whose name has it as one of its words.
func (p People) called(name string) []uuid.UUID {
	key := nameKey(name)
	if key == Me {
		return []uuid.UUID{p.Me}
	}
	var found []uuid.UUID
	for _, member := range p.Members {
		whole := nameKey(member.Name)
		if whole == key || slices.Contains(strings.Fields(whole), key) {
			found = append(found, member.ID)
		}
	}
	return found
}

func (m *Match) person(term filter.Term, people People) {
	who := people.called(term.Value)
	switch {
	case term.Not:
		m.NotPeople = append(m.NotPeople, who...)
	case who == nil:
		m.Nobody = true
	default:
		m.People = append(m.People, who)
	}
}
