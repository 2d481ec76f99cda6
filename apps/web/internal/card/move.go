package card

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const (
	moveForm   = "move"
	mostPlaces = 400 // the longest list that the api gives at once
)

// moveView is the form that puts a card somewhere: first a column, then a place in it.
type moveView struct {
	cardView
	To     kanbanapi.BoardColumn
	Others []kanbanapi.CardSummary // the cards of that column, without this one
}

// Many says that the columns are too many to go through: one finds them by their names.
func (v moveView) Many() bool { return len(v.Board.Columns) > ui.ManyColumns }

// Chosen is the place that the form shows: the one that was refused, if it is there still, else the bottom.
func (v moveView) Chosen() string {
	place := v.Failed.Value(moveForm, "place", "")
	there := slices.ContainsFunc(v.Others, func(c kanbanapi.CardSummary) bool { return c.Id.String() == place })
	if there || place == string(kanbanapi.Start) {
		return place
	}
	return string(kanbanapi.End)
}

func (h Handlers) choosePlace(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return h.renderMove(w, r, at, r.URL.Query().Get("column"), ui.Failure{})
}

func (h Handlers) move(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	to, err := readMove(r)
	var moved kanbanapi.Card
	if err == nil {
		moved, err = h.API.MoveCard(r.Context(), at.board, at.card(), to)
	}
	if err == nil {
		return activity.Seen(w, r, at.after(r, at.onBoard()), moved.Seq)
	}
	if failed, ok := ui.Retry(r, moveForm, err); ok {
		return h.renderMove(w, r, at, r.PostForm.Get("column_id"), failed)
	}
	return err
}

// readMove reads a column and a place in it: an end, or the card above. What is neither is problem.Invalid, a column
// that is none problem.NotFound.
func readMove(r *http.Request) (kanbanapi.CardMove, error) {
	column, err := uuid.Parse(r.PostForm.Get("column_id"))
	if err != nil {
		return kanbanapi.CardMove{}, problem.New(problem.NotFound, "column_not_found", "That column isn't on this board any more.").Because(err)
	}
	place := r.PostForm.Get("place")
	switch end := kanbanapi.CardMoveAt(place); end {
	case kanbanapi.Start, kanbanapi.End:
		return kanbanapi.CardMove{ColumnId: column, At: &end}, nil
	}
	after, err := uuid.Parse(place)
	if err != nil {
		return kanbanapi.CardMove{}, problem.Validation(problem.Field{Field: "place", Code: "no_place", Detail: "Choose a place in the column, then move the card."})
	}
	return kanbanapi.CardMove{ColumnId: column, After: &after}, nil
}

func (h Handlers) renderMove(w http.ResponseWriter, r *http.Request, at place, column string, failed ui.Failure) error {
	v, err := h.moveView(r, at, column)
	if err != nil {
		return err
	}
	v.Failed = failed
	return ui.Render(w, r, failed.Status(), movePage(v))
}

func (h Handlers) moveView(r *http.Request, at place, column string) (moveView, error) {
	base, err := h.read(r, at)
	if err != nil {
		return moveView{}, err
	}
	v := moveView{cardView: base}
	for _, c := range base.Board.Columns {
		if c.Id.String() == column || column == "" && c.Id == base.Card.ColumnId {
			v.To = c
		}
	}
	if v.To.Id == uuid.Nil {
		return moveView{}, ui.NotFound()
	}
	v.Others, err = h.others(r, v)
	return v, err
}

// others are the possible neighbours; the board holds only the first cards of a long column.
func (h Handlers) others(r *http.Request, v moveView) ([]kanbanapi.CardSummary, error) {
	cards := v.To.Cards
	if !v.To.NextCursor.IsNull() {
		page, err := h.API.Cards(r.Context(), v.At.board, v.To.Id, "", mostPlaces)
		if err != nil {
			return nil, err
		}
		cards = page.Items
	}
	var others []kanbanapi.CardSummary
	for _, c := range cards {
		if c.Id != v.Card.Id {
			others = append(others, c)
		}
	}
	return others, nil
}
