package kanban

import "cardwall/packages/problem"

// State tells what is on the wall from what is in the archive and what is in the trash.
type State string

// The states of boards, columns and cards.
const (
	Live     State = "live"
	Archived State = "archived"
	Deleted  State = "deleted" // in the trash
)

// boardArchived refuses a change of a board that is in the archive.
func boardArchived() error {
	return problem.New(problem.Conflict, "board_archived", "This board is in the archive. An owner can restore it; until then it can only be read.")
}

// ColumnInArchive refuses a change of a column that is in the archive, or of a card in one.
func ColumnInArchive() error {
	return problem.New(problem.Conflict, "column_archived", "This column is in the archive, and its cards with it. Restore it first.")
}

// ColumnInTrash refuses so for a column that is in the trash.
func ColumnInTrash() error {
	return problem.New(problem.Conflict, "column_deleted", "This column is in the trash, and its cards with it. Restore it first.")
}

// ColumnAway is nil for a column that is on the wall. What is in the trash is in the archive too.
func ColumnAway(archived, deleted bool) error {
	switch {
	case deleted:
		return ColumnInTrash()
	case archived:
		return ColumnInArchive()
	default:
		return nil
	}
}
