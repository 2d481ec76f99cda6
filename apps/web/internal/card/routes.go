package card

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Handlers are the pages and forms of cards.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux *http.ServeMux) {
	mux.Handle("GET /boards/{board}/cards/{card}", ui.Handle(h.show))
	mux.Handle("POST /boards/{board}/cards/{card}", ui.Handle(h.edit))
	mux.Handle("GET /boards/{board}/cards/{card}/move", ui.Handle(h.choosePlace))
	mux.Handle("POST /boards/{board}/cards/{card}/move", ui.Handle(h.move))
	mux.Handle("POST /boards/{board}/cards/{card}/archive", ui.Handle(h.archive))
	mux.Handle("POST /boards/{board}/cards/{card}/restore", ui.Handle(h.restore))
}

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
	number, err := strconv.Atoi(r.PathValue("card"))
	if err != nil || number < 1 || number > 999_999_999 {
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
func (p place) boardPath() string { return "/boards/" + p.board.String() }
func (p place) path() string      { return p.boardPath() + "/cards/" + p.card() }

// onBoard is where the board shows the card.
func (p place) onBoard() string { return p.boardPath() + "#card-" + p.card() }
