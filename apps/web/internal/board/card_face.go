package board

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// mostFaces is how many cards are asked for at once: for more, js/live/ reads the board.
const mostFaces = 20

// faces are single cards as the wall shows them, for whoever looks on while they are changed (js/live/faces.js): what is
// written on each, without its menu, which the page has. Those that aren't on the wall any more are left out.
func (h Handlers) faces(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	cards, err := h.onWall(r, id, r.URL.Query()["card"])
	if err != nil {
		return err
	}
	labels, err := h.labelsFor(r, id, cards)
	if err != nil {
		return err
	}
	members, err := h.membersFor(r, id, cards)
	if err != nil {
		return err
	}
	v := boardView{Board: kanbanapi.Board{Id: id, Role: kanbanapi.Viewer, Members: members}, Today: ui.Today(r), Asked: readLine(line.Of(r)), labels: byID(labels)}
	return ui.Render(w, r, http.StatusOK, cardFaces(v, cards))
}

func (h Handlers) onWall(r *http.Request, board uuid.UUID, named []string) ([]kanbanapi.CardSummary, error) {
	cards := []kanbanapi.CardSummary{}
	for _, name := range named[:min(len(named), mostFaces)] {
		if _, err := uuid.Parse(name); err != nil {
			return nil, ui.NotFound()
		}
		c, err := h.API.Card(r.Context(), board, name)
		if problem.Is(err, problem.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if c.ArchivedAt.IsNull() {
			cards = append(cards, summaryOf(c))
		}
	}
	return cards, nil
}

// labelsFor reads the board's labels if any of some cards carries one.
func (h Handlers) labelsFor(r *http.Request, board uuid.UUID, cards []kanbanapi.CardSummary) ([]kanbanapi.BoardLabel, error) {
	labels := []kanbanapi.BoardLabel{}
	for _, c := range cards {
		if len(c.LabelIds) == 0 {
			continue
		}
		list, err := h.API.Labels(r.Context(), board)
		for _, l := range list.Items {
			labels = append(labels, kanbanapi.BoardLabel{Id: l.Id, Name: l.Name, Hue: l.Hue, Version: l.Version})
		}
		return labels, err
	}
	return labels, nil
}

// membersFor reads the board's members if any of them is to do one of some cards.
func (h Handlers) membersFor(r *http.Request, board uuid.UUID, cards []kanbanapi.CardSummary) ([]kanbanapi.BoardMember, error) {
	if !slices.ContainsFunc(cards, func(c kanbanapi.CardSummary) bool { return len(c.AssigneeIds) > 0 }) {
		return nil, nil
	}
	list, err := h.API.Members(r.Context(), board)
	members := make([]kanbanapi.BoardMember, len(list.Items))
	for i, m := range list.Items {
		members[i] = kanbanapi.BoardMember{Id: m.Id, Name: m.Name}
	}
	return members, err
}
