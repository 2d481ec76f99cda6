package board

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
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

// changeSelection moves, archives or labels the ticked cards, all of them or none.
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
	switch to, label := ui.FormID(r.PostForm.Get("to")), ui.FormID(r.PostForm.Get("label")); {
	case to != nil:
		end := kanbanapi.End
		batch.Move = &kanbanapi.CardMove{ColumnId: *to, At: &end}
	case label != nil:
		batch.Label, err = h.labelSwitch(r, board, *label, cards)
	case r.PostForm.Has("archive"):
		yes := true
		batch.Archive = &yes
	default:
		err = problem.New(problem.Invalid, "no_choice", "Choose what to do with the cards.")
	}
	return batch, err
}

// labelSwitch puts a label on the cards, or takes it off if all of them carry it.
func (h Handlers) labelSwitch(r *http.Request, board, label uuid.UUID, cards []uuid.UUID) (*kanbanapi.LabelSwitch, error) {
	now, err := h.API.Board(r.Context(), board)
	if err != nil {
		return nil, err
	}
	carried := labelsOnWall(now)
	for _, id := range cards {
		labels, onWall := carried[id]
		if !onWall { // the board has the first cards of each column
			card, err := h.API.Card(r.Context(), board, id.String())
			if err != nil {
				return nil, err
			}
			labels = card.LabelIds
		}
		if !slices.Contains(labels, label) {
			return &kanbanapi.LabelSwitch{Id: label, On: true}, nil
		}
	}
	return &kanbanapi.LabelSwitch{Id: label, On: false}, nil
}

func labelsOnWall(board kanbanapi.Board) map[uuid.UUID]kanbanapi.LabelIDs {
	carried := map[uuid.UUID]kanbanapi.LabelIDs{}
	for _, column := range board.Columns {
		for _, card := range column.Cards {
			carried[card.Id] = card.LabelIds
		}
	}
	return carried
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
