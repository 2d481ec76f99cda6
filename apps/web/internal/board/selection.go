package board

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// selectionForm is the name of the bar that does one thing with several cards.
const selectionForm = "selection"

// selection is which cards are ticked. Without JavaScript the boxes are there when the address asks for them.
type selection struct {
	Shown  bool
	number string          // the card that the address ticks
	ticked map[string]bool // the ids of those that a refused form ticked
}

// Has reports whether a card is ticked.
func (s selection) Has(c kanbanapi.CardSummary) bool {
	return s.ticked[c.Id.String()] || s.number == strconv.Itoa(c.Number)
}

func selected(r *http.Request, failed ui.Failure) selection {
	s := selection{Shown: r.URL.Query().Has("select") || failed.Is(selectionForm), number: r.URL.Query().Get("select"), ticked: map[string]bool{}}
	if failed.Is(selectionForm) {
		for _, id := range failed.Typed["card"] {
			s.ticked[id] = true
		}
	}
	return s
}

// changeSelection moves, archives, labels or assigns the ticked cards, all of them or none.
func (h Handlers) changeSelection(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.ReadBoardForm(w, r)
	if err != nil {
		return err
	}
	batch, err := h.readBatch(r, board)
	var changed kanbanapi.CardBatchResult
	if err == nil {
		changed, err = h.API.ChangeCards(r.Context(), board, batch)
	}
	if err != nil {
		return h.again(w, r, board, selectionForm, err)
	}
	return activity.SeenMany(w, r, path(board), changed.Seq, len(changed.Cards))
}

// readBatch reads the ticked cards and the button that was pressed.
func (h Handlers) readBatch(r *http.Request, board uuid.UUID) (kanbanapi.CardBatch, error) {
	cards, err := formIDs(r, "card")
	if err != nil || len(cards) == 0 {
		return kanbanapi.CardBatch{}, problem.New(problem.Invalid, "no_cards", "Tick the cards first, then choose what to do with them.").Because(err)
	}
	batch := kanbanapi.CardBatch{CardIds: cards}
	switch to, label, who := ui.FormID(r.PostForm.Get("to")), ui.FormID(r.PostForm.Get("label")), formPerson(r); {
	case to != nil:
		end := kanbanapi.End
		batch.Move = &kanbanapi.CardMove{ColumnId: *to, At: &end}
	case label != nil:
		var all bool
		all, err = h.allOf(r, board, cards, func(labels, _ []uuid.UUID) bool { return slices.Contains(labels, *label) })
		batch.Label = &kanbanapi.LabelSwitch{Id: *label, On: !all}
	case who != nil:
		var all bool
		all, err = h.allOf(r, board, cards, func(_, people []uuid.UUID) bool { return slices.Contains(people, *who) })
		batch.Assign = &kanbanapi.AssigneeSwitch{Id: *who, On: !all}
	case r.PostForm.Has("archive"):
		yes := true
		batch.Archive = &yes
	default:
		err = problem.New(problem.Invalid, "no_choice", "Choose what to do with the cards.")
	}
	return batch, err
}

// allOf reports whether all the cards have something, which is then to be taken off them.
func (h Handlers) allOf(r *http.Request, board uuid.UUID, cards []uuid.UUID, has func(labels, people []uuid.UUID) bool) (bool, error) {
	now, err := h.API.Board(r.Context(), board)
	if err != nil {
		return false, err
	}
	onWall := map[uuid.UUID]kanbanapi.CardSummary{}
	for _, column := range now.Columns {
		for _, card := range column.Cards {
			onWall[card.Id] = card
		}
	}
	for _, id := range cards {
		card, there := onWall[id]
		if !there { // the board has the first cards of each column
			behind, err := h.API.Card(r.Context(), board, id.String())
			if err != nil {
				return false, err
			}
			card.LabelIds, card.AssigneeIds = behind.LabelIds, behind.AssigneeIds
		}
		if !has(card.LabelIds, card.AssigneeIds) {
			return false, nil
		}
	}
	return true, nil
}

// formPerson is who is to do the cards: a member, or the reader, whom a key means; nil for nobody.
func formPerson(r *http.Request) *uuid.UUID {
	if typed := r.PostForm.Get("assign"); typed != "me" {
		return ui.FormID(typed)
	}
	s, _ := session.From(r.Context())
	return &s.Person.ID
}

func formIDs(r *http.Request, name string) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	for _, typed := range r.PostForm[name] {
		id, err := uuid.Parse(typed)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
