package activity

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// The two ways to take something back, as addresses have them.
const (
	undoes = "undo"
	redoes = "redo"
)

// presses are the keys that do the same.
var presses = map[string]string{undoes: "z", redoes: "Shift+Z"}

// Handlers tell what was done, and take back what the reader did.
type Handlers struct {
	API *kanbanapi.Client // as the person who is asking: the token comes from the request's session
}

// Register adds the routes. All of them are for signed-in people only.
func (h Handlers) Register(mux ui.Mux) {
	mux.Handle("POST /boards/{board}/"+undoes, ui.Handle(h.undo))
	mux.Handle("POST /boards/{board}/"+redoes, ui.Handle(h.redo))

	mux.Handle("GET /boards/{board}/activity", ui.Handle(h.boardStory))
	mux.Handle("GET /boards/{board}/cards/{card}/activity", ui.Handle(h.cardStory))

	// When somebody asks for them by hand after one was refused.
	mux.Handle("GET /boards/{board}/"+undoes, ui.Handle(toBoard))
	mux.Handle("GET /boards/{board}/"+redoes, ui.Handle(toBoard))
}

func toBoard(w http.ResponseWriter, r *http.Request) error {
	board, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	return ui.Seen(w, r, address.Board(board))
}

func (h Handlers) undo(w http.ResponseWriter, r *http.Request) error {
	return h.takeBack(w, r, undoes, h.API.Undo)
}

func (h Handlers) redo(w http.ResponseWriter, r *http.Request) error {
	return h.takeBack(w, r, redoes, h.API.Redo)
}

// takeBack leads back to the page that the form is on.
func (h Handlers) takeBack(w http.ResponseWriter, r *http.Request, way string, take func(context.Context, uuid.UUID, kanbanapi.UndoWhich) (kanbanapi.Undone, error)) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	board, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	back := backTo(board, r.PostForm.Get("back"))
	undone, err := take(r.Context(), board, which(r.PostForm))
	if err != nil {
		return refuse(w, r, refusal{Board: board, Way: way, Back: back}, err)
	}
	return SeenMany(w, r, afterwards(board, back, undone), undone.Seq, int(undone.Seq-undone.Activities[0].Seq)+1)
}

// which reads what is to be taken back; without a word of it, the last there is.
func which(form url.Values) kanbanapi.UndoWhich {
	var w kanbanapi.UndoWhich
	if seq, err := strconv.ParseInt(form.Get("seq"), 10, 64); err == nil {
		w.Seq = &seq
	} else if before, err := strconv.ParseInt(form.Get("before"), 10, 64); err == nil {
		w.Before = &before
	}
	return w
}

// backTo is a page of the board; without one, its wall.
func backTo(board uuid.UUID, back string) string {
	page, err := url.Parse(back)
	if err != nil || page.Host != "" || page.Scheme != "" || !strings.HasPrefix(page.Path, address.Board(board)+"/") || strings.Contains(page.Path, "..") {
		return address.Board(board)
	}
	return back
}

// afterwards is where the reader sees what was done: on the page they were on, unless that is of what went out of sight;
// on the wall, at its column.
func afterwards(board uuid.UUID, back string, undone kanbanapi.Undone) string {
	gone := slices.ContainsFunc(undone.Activities, func(a kanbanapi.Activity) bool {
		return a.Verb == kanbanapi.CardDeleted || a.Verb == kanbanapi.ColumnArchived
	})
	first := undone.Activities[0]
	switch {
	case first.Verb == kanbanapi.BoardDeleted:
		return "/boards?" + url.Values{"deleted": {board.String()}}.Encode()
	case gone && (strings.HasPrefix(back, address.Board(board)+"/cards/") || strings.HasPrefix(back, address.Board(board)+"/columns/")):
		return address.Board(board)
	case back == address.Board(board) && first.ColumnId != nil && !gone:
		return address.ColumnOnBoard(board, *first.ColumnId)
	default:
		return back
	}
}

// refusal is why nothing was taken back.
type refusal struct {
	Board     uuid.UUID
	Way       string
	Back      string
	Reason    *problem.Error
	Before    int64 // to go on past what was refused; 0 when there is nothing to go past
	RequestID string
}

// Title says what didn't happen.
func (f refusal) Title() string {
	if f.Way == redoes {
		return "Nothing was redone"
	}
	return "Nothing was undone"
}

// refuse shows why, with the way past it; what isn't about what was done is for the error page.
func refuse(w http.ResponseWriter, r *http.Request, f refusal, err error) error {
	f.Reason = problem.From(err)
	seq, told := kanbanapi.NotTakenBack(err)
	if !told && f.Reason.Kind != problem.Conflict {
		return err
	}
	f.Before, f.RequestID = seq, httpserver.RequestID(r.Context())
	return ui.Render(w, r, f.Reason.Kind.Status(), refusedPage(f))
}
