package card

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// The names of the page's forms, which are also the names of their fields.
const (
	titleForm       = "title"
	descriptionForm = "description"
	dueForm         = "due_on"
)

// cardView is what a card's page shows.
type cardView struct {
	At        place
	Board     kanbanapi.Board
	Card      kanbanapi.Card
	Today     time.Time  // where the reader is
	Previewed *string    // a description that isn't saved yet, to be looked at
	Typed     url.Values // its form
	Failed    ui.Failure
	Restored  int // the version that was brought back just now, 0 for none
	Flash     *activity.Flash
	Story     activity.Story
	Me        uuid.UUID // who reads it
	Line      string    // what the board is filtered by that the card was opened from
	Empty     bool      // and whether it has all its columns in sight
}

// Onward is the address of a page that leads back to that board as it is filtered.
func (v cardView) Onward(address string) string {
	return line.Address(line.WithEmpty(address, v.Empty), v.Line)
}

// about is what a page about the card listens by for what others do to it.
func (v cardView) about() templ.Attributes {
	return templ.Attributes{"data-about": v.Card.Id.String(), "data-of": v.Board.Id.String(), "data-seq": strconv.FormatInt(v.Board.Seq, 10)}
}

// Editable reports whether the reader may change the card; what is archived is restored first.
func (v cardView) Editable() bool { return v.MayEdit() && !v.Archived() && !v.ColumnAway() }

// MayEdit reports whether the reader's role allows changes, on a board that takes any.
func (v cardView) MayEdit() bool {
	return v.Board.Role != kanbanapi.Viewer && !isSet(v.Board.ArchivedAt)
}

// Archived reports whether the card is out of sight.
func (v cardView) Archived() bool { return isSet(v.Card.ArchivedAt) }

// ColumnAway reports whether the card's column is in the archive or in the trash, and the card with it.
func (v cardView) ColumnAway() bool { return v.Column().Id == uuid.Nil }

// DraftKey names the half-typed text of a form in the browser's storage (js/drafts.js).
func (v cardView) DraftKey(form string) string { return form + ":" + v.Card.Id.String() }

// From is what a form says it was made from: the card's version and the print of its field. Drawn again, it says what
// it said before.
func (v cardView) From(form string) (version, was string) {
	version, was = strconv.Itoa(v.Card.Version), fingerprint(draft{Field: form}.of(v.Card))
	if form == descriptionForm && v.Previewed != nil {
		return v.Typed.Get("version"), v.Typed.Get("was")
	}
	return v.Failed.Value(form, "version", version), v.Failed.Value(form, "was", was)
}

// Column is the card's column; an empty one while that is away.
func (v cardView) Column() kanbanapi.BoardColumn {
	for _, c := range v.Board.Columns {
		if c.Id == v.Card.ColumnId {
			return c
		}
	}
	return kanbanapi.BoardColumn{}
}

func (h Handlers) show(w http.ResponseWriter, r *http.Request) error {
	at, err := locate(r)
	if err != nil {
		return err
	}
	return h.render(w, r, at, ui.Failure{})
}

func (h Handlers) render(w http.ResponseWriter, r *http.Request, at place, failed ui.Failure) error {
	v, err := h.read(r, at)
	if err != nil {
		return err
	}
	v.Failed, v.Restored = failed, restored(r, v.Card)
	v.Flash, v.Story = activity.Read(r, h.API, v.Board, at.path()), activity.OfCard(w, r, h.API, v.Board, v.Card)
	return ui.Render(w, r, failed.Status(), cardPage(v))
}

// read reads the board first: what is done from its seq on may be on the card already, but nothing up to it is missing there, so that
// whoever looks on (js/live/follow.js) goes on from it. A column that the board didn't have then may be as new as the card's move to it,
// and is no column that is away: only the board as it is after that tells.
func (h Handlers) read(r *http.Request, at place) (cardView, error) {
	board, err := h.API.Board(r.Context(), at.board)
	if err != nil {
		return cardView{}, err
	}
	card, err := h.API.Card(r.Context(), at.board, at.card())
	v := cardView{At: at, Board: board, Card: card, Today: ui.Today(r), Me: reader(r), Line: line.Of(r), Empty: line.Empty(r)}
	if err != nil || !v.ColumnAway() {
		return v, err
	}
	v.Board, err = h.API.Board(r.Context(), at.board)
	v.Board.Seq = board.Seq
	return v, err
}

func (h Handlers) archive(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	archived, err := h.API.ArchiveCard(r.Context(), at.board, at.card())
	if err != nil {
		return err
	}
	return activity.Seen(w, r, at.boardPath(), archived.Seq)
}

func (h Handlers) restore(w http.ResponseWriter, r *http.Request) error {
	at, err := locateForm(w, r)
	if err != nil {
		return err
	}
	restored, err := h.API.RestoreCard(r.Context(), at.board, at.card())
	if err != nil {
		return err
	}
	return activity.Seen(w, r, at.after(r, at.onBoard()), restored.Seq)
}
