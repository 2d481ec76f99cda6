package board

import (
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// editable reports whether the reader may change columns and cards: not a viewer, and nobody on an archived board.
func editable(board kanbanapi.Board) bool { return changeable(board) == nil }

// changeable says why the reader can't change what is on the board; nil when they can. The api says the same to
// whoever tries.
func changeable(board kanbanapi.Board) error {
	if isArchived(board) {
		return problem.New(problem.Conflict, "board_archived", "This board is in the archive. An owner can restore it; until then it can only be read.")
	}
	if board.Role == kanbanapi.Viewer {
		return problem.New(problem.Forbidden, "forbidden", "You may look at this board, but not change it.")
	}
	return nil
}

func isArchived(board kanbanapi.Board) bool {
	_, err := board.ArchivedAt.Get()
	return err == nil
}
