package card

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
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

func (v moveView) columnPath(column uuid.UUID) string {
	return v.At.path() + "/move?" + url.Values{"column": {column.String()}}.Encode()
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
	if _, err = h.API.MoveCard(r.Context(), at.board, at.card(), readMove(r)); err == nil {
		return ui.Seen(w, r, at.onBoard())
	}
	if failed, ok := ui.Retry(r, moveForm, err); ok {
		return h.renderMove(w, r, at, r.PostForm.Get("column_id"), failed)
	}
	return err
}

// readMove takes what is neither an end nor a card's id as the column's end.
func readMove(r *http.Request) kanbanapi.CardMove {
	column, _ := uuid.Parse(r.PostForm.Get("column_id"))
	to := kanbanapi.CardMove{ColumnId: column}
	if after, err := uuid.Parse(r.PostForm.Get("place")); err == nil {
		to.After = &after
		return to
	}
	end := kanbanapi.End
	if r.PostForm.Get("place") == string(kanbanapi.Start) {
		end = kanbanapi.Start
	}
	to.At = &end
	return to
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
