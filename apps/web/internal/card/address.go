package card

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
)

// place is the card that a path names.
type place struct {
	board  uuid.UUID
	number int
}

// locate reads the path; one that can't name a card is problem.NotFound.
func locate(r *http.Request) (place, error) {
	board, err := ui.PathID(r, "board")
	if err != nil {
		return place{}, err
	}
	raw := r.PathValue("card")
	number, err := strconv.Atoi(raw)
	if err != nil || number < 1 || number > 999_999_999 || raw != strconv.Itoa(number) {
		return place{}, ui.NotFound()
	}
	return place{board, number}, nil
}

// locateForm is locate for a posted form, which it reads too.
func locateForm(w http.ResponseWriter, r *http.Request) (place, error) {
	if err := ui.ReadForm(w, r); err != nil {
		return place{}, err
	}
	return locate(r)
}

func (p place) card() string      { return strconv.Itoa(p.number) }
func (p place) boardPath() string { return address.Board(p.board) }
func (p place) path() string      { return address.Card(p.board, p.number) }
func (p place) movePath() string  { return p.path() + "/move" }

// to is the address of one of the card's forms or pages, beneath its own.
func (p place) to(name string) string { return p.path() + "/" + name }

// moveTo is the form that moves the card, with a column chosen.
func (p place) moveTo(column uuid.UUID) string {
	return p.movePath() + "?" + url.Values{"column": {column.String()}}.Encode()
}

// onBoard is where the board shows the card.
func (p place) onBoard() string { return address.CardOnBoard(p.board, p.number) }

// after is where a form leads that did its work: where it says it belongs, or back to the card if it says "stay".
func (p place) after(r *http.Request, otherwise string) string {
	if r.PostForm.Get("stay") != "" {
		return p.path()
	}
	return otherwise
}

// sibling is another card of the board.
func (p place) sibling(number int) string { return place{p.board, number}.path() }
