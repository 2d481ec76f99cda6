package board

import (
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// changeable says why the reader can't change what is on the board; nil when they can. The api says the same to
// whoever tries.
func changeable(board kanbanapi.Board) error {
	if board.IsArchived() {
		return problem.New(problem.Conflict, "board_archived", "This board is in the archive. An owner can restore it; until then it can only be read.")
	}
	if board.Role == kanbanapi.Viewer {
		return problem.New(problem.Forbidden, "forbidden", "You may look at this board, but not change it.")
	}
	return nil
}
