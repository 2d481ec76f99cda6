package kanban

import "context"

func renameBoardBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	if !c.Role().MayOwn() {
		return nil, ownersRename()
	}
	title := textIn(rows[0].Was, "title")
	if title == "" {
		return nil, nil
	}
	_, err := c.RenameBoard(ctx, title)
	return []Activity{{Verb: BoardRenamed, Was: rows[0].Became, Became: rows[0].Was}}, err
}

func boardBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	if !c.Role().MayOwn() {
		return nil, ownersArchive()
	}
	switch row := rows[0]; {
	case row.Verb == BoardArchived:
		_, err := c.RestoreBoard(ctx)
		return []Activity{boardPut(BoardRestored)}, err
	case row.Verb == BoardDeleted:
		return []Activity{boardUndeleted()}, c.UndeleteBoard(ctx)
	case flagIn(row.Was, "deleted"):
		return []Activity{boardDeleted()}, boardAway(ctx, c, row)
	}
	_, err := c.ArchiveBoard(ctx)
	return []Activity{boardPut(BoardArchived)}, err
}

// movedArchived reports whether something was done that can be taken back while the board is in the archive: its archiving,
// or its return there from the trash.
func movedArchived(rows []Activity) bool {
	return len(rows) > 0 && (rows[0].Verb == BoardArchived || (rows[0].Verb == BoardRestored && flagIn(rows[0].Was, "deleted")))
}

// boardAway puts a board into the trash again, and into the archive too if it came out of both.
func boardAway(ctx context.Context, c Change, row Activity) error {
	if flagIn(row.Was, "archived") {
		if _, err := c.ArchiveBoard(ctx); err != nil {
			return err
		}
	}
	return c.DeleteBoard(ctx)
}
