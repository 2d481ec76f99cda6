package activity

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Flash is a passing message about what the reader has just done.
type Flash struct {
	Says  string
	Board uuid.UUID
	Seq   int64
	Way   string             // what takes it back: undoes, redoes, or "" when nothing does
	Back  string             // the page that it is shown on
	Of    kanbanapi.Activity // what was done, or undone
}

// Stands reports whether it tells of something as it is now, not of something that was undone.
func (f Flash) Stands() bool { return f.Way != redoes }

// flashFor is how many activities later a message has passed.
const flashFor = 20

// toAndFro is how often something can be undone and redone with the page still saying what it was.
const toAndFro = 10

// Seen answers a form that changed a board: the next page says what was done and offers to take it back. seq is that of
// the form's activity, 0 when nothing was changed.
func Seen(w http.ResponseWriter, r *http.Request, to string, seq int64) error {
	return SeenMany(w, r, to, seq, 1)
}

// SeenMany is Seen for what was done to so many cards at once; seq is that of the last.
func SeenMany(w http.ResponseWriter, r *http.Request, to string, seq int64, cards int) error {
	return ui.Seen(w, r, did(to, seq, cards))
}

// did adds to an address what was done.
func did(to string, seq int64, cards int) string {
	address, err := url.Parse(to)
	if err != nil || seq == 0 {
		return to
	}
	query := address.Query()
	query.Set("did", strconv.FormatInt(seq, 10))
	query.Del("cards")
	if cards > 1 {
		query.Set("cards", strconv.Itoa(cards))
	}
	address.RawQuery = query.Encode()
	return address.String()
}

// Read is the message for a page of a board whose address says that something was done, if it still is so. It is nil
// when it was somebody else, when it is taken back already, and when it is long past. It is an extra: where something
// can't be read, a page does without it.
func Read(r *http.Request, api *kanbanapi.Client, board kanbanapi.Board, back string) *Flash {
	seq := seqIn(r)
	if seq == 0 {
		return nil
	}
	page, err := api.Activity(r.Context(), board.Id, seq-1, flashFor)
	if err != nil || page.Seq >= seq+flashFor || !stands(r, page.Items, seq) {
		return nil
	}
	flash := &Flash{Board: board.Id, Seq: seq, Back: back, Way: undoes}
	told, began := page.Items[0], ""
	if told.Undid != nil {
		began, flash.Way = "undone: ", redoes
		if told.Redo != nil && *told.Redo {
			began, flash.Way = "redone: ", undoes
		}
		if told, err = atFirst(r, api, board.Id, told); err != nil {
			return nil
		}
	}
	switch told.Verb {
	case kanbanapi.BoardCreated, kanbanapi.CardPurged, kanbanapi.ColumnPurged:
		flash.Way = ""
	}
	flash.Of = told
	flash.Says = ui.Capital(began+Told{Activity: told, Cards: cardsIn(r, told), Names: namesFor(r, api, board, told)}.Said()) + "."
	return flash
}

// Unread is the message for a page from where the board that it is about can't be read: it is in the archive or the trash.
// What it says is the page's. It is nil when the address says of nothing that it was done.
func Unread(r *http.Request, board uuid.UUID) *Flash {
	seq := seqIn(r)
	if seq == 0 {
		return nil
	}
	return &Flash{Board: board, Seq: seq, Way: undoes}
}

// seqIn is the seq of what the address says was done, 0 for nothing.
func seqIn(r *http.Request) int64 {
	seq, err := strconv.ParseInt(r.URL.Query().Get("did"), 10, 64)
	if err != nil || seq < 1 {
		return 0
	}
	return seq
}

// stands reports whether the first of some activities is the one looked for, the reader's own, and not taken back.
func stands(r *http.Request, items []kanbanapi.Activity, seq int64) bool {
	who, _ := session.From(r.Context())
	if len(items) == 0 || items[0].Seq != seq || items[0].Actor.Id != who.Person.ID {
		return false
	}
	return !slices.ContainsFunc(items, func(a kanbanapi.Activity) bool { return a.Undid != nil && *a.Undid == seq })
}

// atFirst is what was done before it was undone, and maybe redone and undone again.
func atFirst(r *http.Request, api *kanbanapi.Client, board uuid.UUID, a kanbanapi.Activity) (kanbanapi.Activity, error) {
	for range toAndFro {
		if a.Undid == nil {
			return a, nil
		}
		page, err := api.Activity(r.Context(), board, *a.Undid-1, 1)
		if err != nil {
			return a, err
		}
		if len(page.Items) == 0 {
			break
		}
		a = page.Items[0]
	}
	return a, ui.NotFound()
}

// cardsIn is how many cards the address says were changed at once.
func cardsIn(r *http.Request, a kanbanapi.Activity) int {
	cards, err := strconv.Atoi(r.URL.Query().Get("cards"))
	if a.Batch == nil || err != nil {
		return 1
	}
	return cards
}
