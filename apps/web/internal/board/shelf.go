package board

import (
	"net/url"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// shelf is where things are that are out of sight: the archive or the trash.
type shelf struct {
	State kanbanapi.State
	Name  string
	path  string // beneath a board's address
}

var (
	archiveShelf = shelf{kanbanapi.Archived, "Archive", "/archive"}
	trashShelf   = shelf{kanbanapi.Deleted, "Trash", "/trash"}
)

// Path is the address of a board's archive or trash.
func (s shelf) Path(board uuid.UUID) string { return path(board) + s.path }

// cardPath is where the forms about a card on the shelf are.
func (s shelf) cardPath(board, card uuid.UUID) string {
	return s.Path(board) + "/cards/" + card.String()
}

func (s shelf) columnPath(board, column uuid.UUID) string {
	return s.Path(board) + "/columns/" + column.String()
}

// Did is what put things there.
func (s shelf) Did() string {
	if s == trashShelf {
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
func (v shelfView) empty() string {
	switch {
	case v.Words != "":
		return "Nothing here begins with “" + v.Words + "”."
	case v.Shelf == trashShelf:
		return "The trash is empty. Cards and columns that you delete wait here for 30 days, until somebody brings them back."
	default:
		return "The archive is empty. Cards and columns that you archive wait here, for as long as you like, until somebody brings them back."
	}
}

// column is the address of the shelf where a column of that title is found.
func (v shelfView) column(on shelf, title string) string {
	return on.Path(v.Board.Id) + "?" + url.Values{"of": {string(columnList)}, "q": {title}}.Encode()
}

// columnShelf is where a card's column is, which has to come back first; nil while that is on the board.
func columnShelf(column kanbanapi.HomeColumn) *shelf {
	switch {
	case column.Deleted:
		return &trashShelf
	case column.Archived:
		return &archiveShelf
	}
	return nil
}

// more is the address of the shelf with one list from a cursor on.
func (v shelfView) more(which list, cursor string) string {
	query := url.Values{"of": {string(which)}, "cursor": {cursor}}
	if v.Words != "" {
		query.Set("q", v.Words)
	}
	return v.Shelf.Path(v.Board.Id) + "?" + query.Encode()
}

// searched is the address of the shelf with what was looked for.
func (s shelf) searched(board uuid.UUID, words string) string {
	if words == "" {
		return s.Path(board)
	}
	return s.Path(board) + "?" + url.Values{"q": {words}}.Encode()
}
