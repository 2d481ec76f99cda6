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
	if rows[0].Verb == BoardArchived {
		_, err := c.RestoreBoard(ctx)
		return []Activity{boardPut(BoardRestored)}, err
	}
	_, err := c.ArchiveBoard(ctx)
	return []Activity{boardPut(BoardArchived)}, err
}
