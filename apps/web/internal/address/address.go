// Package address has the addresses that more than one area of pages leads to. What only one leads to is in that area's own
// address.go.
package address

import (
	"strconv"

	"github.com/google/uuid"
)

// Boards is the page of all one's boards.
const Boards = "/boards"

// Board is a board's wall.
func Board(board uuid.UUID) string { return Boards + "/" + board.String() }

// Members is the page of who is on a board.
func Members(board uuid.UUID) string { return Board(board) + "/members" }

// Card is a card's own page.
func Card(board uuid.UUID, number int) string {
	return Board(board) + "/cards/" + strconv.Itoa(number)
}

// Activity is the page of what happened on a board.
func Activity(board uuid.UUID) string { return Board(board) + "/activity" }

// ColumnID is a column's anchor on its wall.
func ColumnID(column uuid.UUID) string { return "column-" + column.String() }

// CardID is a card's anchor on its wall.
func CardID(number int) string { return "card-" + strconv.Itoa(number) }

// ColumnOnBoard is where the wall shows a column.
func ColumnOnBoard(board, column uuid.UUID) string { return Board(board) + "#" + ColumnID(column) }

// CardOnBoard is where the wall shows a card.
func CardOnBoard(board uuid.UUID, number int) string { return Board(board) + "#" + CardID(number) }
