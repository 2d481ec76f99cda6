package shelf

import (
	"net/url"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/packages/kanbanapi"
)

// Shelf is where things of a board are that are out of sight: its archive or its trash.
type Shelf struct {
	State kanbanapi.State
	Name  string
	path  string // beneath a board's address
}

// The two shelves that a board has.
var (
	Archive = Shelf{kanbanapi.Archived, "Archive", "/archive"}
	Trash   = Shelf{kanbanapi.Deleted, "Trash", "/trash"}
)

// Path is the address of a board's archive or trash.
func (s Shelf) Path(board uuid.UUID) string { return address.Board(board) + s.path }

// cardPath is where the forms about a card on the shelf are.
func (s Shelf) cardPath(board, card uuid.UUID) string {
	return s.Path(board) + "/cards/" + card.String()
}

func (s Shelf) columnPath(board, column uuid.UUID) string {
	return s.Path(board) + "/columns/" + column.String()
}

// Did is what put things there.
func (s Shelf) Did() string {
	if s == Trash {
		return "deleted"
	}
	return "archived"
}

// list is one of the lists of a shelf.
type list string

const (
	cardList   list = "cards"
	columnList list = "columns"
)

// empty says why there is nothing to show, and what would be.
func (v view) empty() string {
	switch {
	case v.Words != "":
		return "Nothing here begins with “" + v.Words + "”."
	case v.Shelf == Trash:
		return "The trash is empty. Cards and columns that you delete wait here for 30 days, until somebody brings them back."
	default:
		return "The archive is empty. Cards and columns that you archive wait here, for as long as you like, until somebody brings them back."
	}
}

// column is the address of the shelf where a column of that title is found.
func (v view) column(on Shelf, title string) string {
	return on.Path(v.Board.Id) + "?" + url.Values{"of": {string(columnList)}, "q": {title}}.Encode()
}

// columnShelf is where a card's column is, which has to come back first; nil while that is on the board.
func columnShelf(column kanbanapi.HomeColumn) *Shelf {
	switch {
	case column.Deleted:
		return &Trash
	case column.Archived:
		return &Archive
	}
	return nil
}

// more is the address of the shelf with one list from a cursor on.
func (v view) more(which list, cursor string) string {
	query := url.Values{"of": {string(which)}, "cursor": {cursor}}
	if v.Words != "" {
		query.Set("q", v.Words)
	}
	return v.Shelf.Path(v.Board.Id) + "?" + query.Encode()
}

// searched is the address of the shelf with what was looked for.
func (s Shelf) searched(board uuid.UUID, words string) string {
	if words == "" {
		return s.Path(board)
	}
	return s.Path(board) + "?" + url.Values{"q": {words}}.Encode()
}
