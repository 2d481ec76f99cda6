package board

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// LabelsOf are a card's labels, in the board's order.
func (v boardView) LabelsOf(c kanbanapi.CardSummary) []kanbanapi.BoardLabel {
	labels := make([]kanbanapi.BoardLabel, 0, len(c.LabelIds))
	for _, id := range c.LabelIds {
		if label, ok := v.labels[id]; ok {
			labels = append(labels, label)
		}
	}
	return labels
}

// AssigneesOf are the members who are to do a card, in the order of their ids.
func (v boardView) AssigneesOf(c kanbanapi.CardSummary) []kanbanapi.BoardMember {
	var who []kanbanapi.BoardMember
	for _, id := range c.AssigneeIds {
		if at := slices.IndexFunc(v.Board.Members, func(m kanbanapi.BoardMember) bool { return m.Id == id }); at >= 0 {
			who = append(who, v.Board.Members[at])
		}
	}
	return who
}

// byID makes a board's labels known by their ids.
func byID(labels []kanbanapi.BoardLabel) map[uuid.UUID]kanbanapi.BoardLabel {
	known := make(map[uuid.UUID]kanbanapi.BoardLabel, len(labels))
	for _, label := range labels {
		known[label.Id] = label
	}
	return known
}

// hasFacts reports whether there is anything to say at a card's foot.
func hasFacts(c kanbanapi.CardSummary) bool {
	return c.HasDescription || len(c.AssigneeIds) > 0 || c.DueOn.IsSpecified() && !c.DueOn.IsNull()
}

// numbered is how people call a card: "#12".
func numbered(c kanbanapi.CardSummary) string { return "#" + strconv.Itoa(c.Number) }
