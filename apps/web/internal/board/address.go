package board

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/packages/kanbanapi"
)

// The addresses of this area's pages and forms, and the anchors inside a board's page.

func path(board uuid.UUID) string { return address.Board(board) }

func columnsPath(board uuid.UUID) string { return path(board) + "/columns" }

func starterPath(board uuid.UUID) string { return columnsPath(board) + "/starter" }

func columnPath(board, column uuid.UUID) string { return columnsPath(board) + "/" + column.String() }

func columnEditPath(board, column uuid.UUID) string { return columnPath(board, column) + "/edit" }

// columnEditInSettings is the same, with the way back to the settings.
func columnEditInSettings(board, column uuid.UUID) string {
	return columnEditPath(board, column) + "?" + url.Values{back: {backSettings}}.Encode()
}

func emptyPath(board, column uuid.UUID) string { return columnPath(board, column) + "/empty" }

func archivePath(board, column uuid.UUID) string { return columnPath(board, column) + "/archive" }

func restorePath(board, column uuid.UUID) string { return columnPath(board, column) + "/restore" }

func collapsePath(board, column uuid.UUID) string { return columnPath(board, column) + "/collapse" }

func expandPath(board, column uuid.UUID) string { return columnPath(board, column) + "/expand" }

func settingsPath(board uuid.UUID) string { return path(board) + "/settings" }

func columnMovePath(board, column uuid.UUID) string { return columnPath(board, column) + "/move" }

func cardsPath(board uuid.UUID) string { return path(board) + "/cards" }

func selectionPath(board uuid.UUID) string { return path(board) + "/selection" }

// selecting is the board with a box on each card, and one of them ticked.
func selecting(board uuid.UUID, number int) string {
	return path(board) + "?" + url.Values{"select": {strconv.Itoa(number)}}.Encode()
}

// headingID is the id of the heading of a column that stands at a place when its page is drawn.
func headingID(at int) string { return "c" + strconv.Itoa(at+1) }

// menuOnBoard is the board with a column's menu open.
func menuOnBoard(board, column uuid.UUID) string {
	return path(board) + "?" + url.Values{"menu": {column.String()}}.Encode() + "#" + address.ColumnID(column)
}

// moreBoards is the address of the list of boards from a cursor on.
func moreBoards(cursor string) string {
	return "/boards?" + url.Values{"cursor": {cursor}}.Encode()
}

// moreOf is the address of a column's cards from a cursor on.
func moreOf(board, column uuid.UUID, cursor string) string {
	return columnPath(board, column) + "?" + url.Values{"cursor": {cursor}}.Encode()
}

// adding is the board with a column's quick-add box open.
func adding(board, column uuid.UUID) string {
	return path(board) + "?" + url.Values{"add": {column.String()}}.Encode()
}

// added is adding after a card was made; it names the card, so that the tab knows which draft is stored
// (js/drafts.js) even where a long column doesn't show it.
func added(board, column uuid.UUID, made kanbanapi.Card) string {
	return path(board) + "?" + url.Values{"add": {column.String()}, "made": {made.Id.String()}}.Encode()
}

// addingColumn is the board with the form for one more column open, after one was made.
func addingColumn(board uuid.UUID) string { return path(board) + "?adding=column" }
