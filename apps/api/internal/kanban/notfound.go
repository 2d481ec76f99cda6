package kanban

import "cardwall/packages/problem"

// CardNotFound says that a card isn't there, or not there for this person.
func CardNotFound() error {
	return problem.New(problem.NotFound, "card_not_found", "There is no such card on this board, or it is in the trash.")
}

// VersionNotFound says that a card hasn't come to a version.
func VersionNotFound() error {
	return problem.New(problem.NotFound, "version_not_found", "This card has no such version.")
}

// ColumnNotFound says that a column isn't on the board.
func ColumnNotFound() error {
	return problem.New(problem.NotFound, "column_not_found", "There is no such column on this board, or it is in the trash.")
}

// LabelNotFound says that a label isn't one of the board's.
func LabelNotFound() error {
	return problem.New(problem.NotFound, "label_not_found", "There is no such label on this board.")
}

// MemberNotFound says that somebody isn't on the board.
func MemberNotFound() error {
	return problem.New(problem.NotFound, "member_not_found", "There is no such member on this board. They may have left it meanwhile.")
}

// BoardNotFound says that a board isn't there, or not there for this person: nobody learns which.
func BoardNotFound() error {
	return problem.New(problem.NotFound, "board_not_found", "There is no such board, or you are not on it. Check the address, or ask whoever sent it to you.")
}
