package kanbanapi

// IsArchived reports whether the board is in the archive, where it can only be read.
func (b Board) IsArchived() bool {
	_, err := b.ArchivedAt.Get()
	return err == nil
}

// MayEdit reports whether the reader may change the board's columns and cards: not a viewer, and nobody on an archived
// board. The api decides anew whenever somebody tries.
func (b Board) MayEdit() bool { return !b.IsArchived() && b.Role != Viewer }
