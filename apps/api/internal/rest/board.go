package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListBoards lists the caller's boards.
func (h *handlers) ListBoards(ctx context.Context, req kanbanapi.ListBoardsRequestObject) (kanbanapi.ListBoardsResponseObject, error) {
	if stateOr(req.Params.State) != kanban.Live {
		return h.listAwayBoards(ctx, req.Params)
	}
	part, err := page(req.Params.Limit, req.Params.Cursor)
	if req.Params.Q != nil {
		err = kanban.ComesWhole("q")
	}
	if err != nil {
		return nil, err
	}
	boards, err := h.kanban.Boards(ctx, actor(ctx), part)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListBoards200JSONResponse{Items: each(boards.Items, contractSummary), NextCursor: nextCursor(boards.Next)}, nil
}

// CreateBoard puts up a board.
func (h *handlers) CreateBoard(ctx context.Context, req kanbanapi.CreateBoardRequestObject) (kanbanapi.CreateBoardResponseObject, error) {
	wanted := kanban.NewBoard{Title: req.Body.Title}
	if req.Body.Template != nil {
		wanted.Template = kanban.Template(*req.Body.Template)
	}
	board, err := h.kanban.CreateBoard(ctx, actor(ctx), req.Body.Id, wanted)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.CreateBoard201ResponseHeaders{ETag: versionTag(board.Version)}
	return kanbanapi.CreateBoard201JSONResponse{Body: contractSummary(board), Headers: headers}, nil
}

// GetBoard reads a board, unless the caller has it as it is.
func (h *handlers) GetBoard(ctx context.Context, req kanbanapi.GetBoardRequestObject) (kanbanapi.GetBoardResponseObject, error) {
	filter, err := filterOf(req.Params.Q, req.Params.Today)
	if err != nil {
		return nil, err
	}
	who := actor(ctx)
	state, err := h.kanban.BoardState(ctx, who, req.BoardId)
	if err != nil {
		return nil, err
	}
	if filter != nil {
		return h.filteredBoard(ctx, req, state, filter)
	}
	if tag := boardTag(state); has(req.Params.IfNoneMatch, tag) {
		return kanbanapi.GetBoard304Response{Headers: kanbanapi.GetBoard304ResponseHeaders{ETag: tag}}, nil
	}
	return h.boards.of(ctx, req.BoardId, asked{}, state, func() (kanban.Board, error) { return h.kanban.Board(ctx, who, req.BoardId) })
}

// UpdateBoard renames a board.
func (h *handlers) UpdateBoard(ctx context.Context, req kanbanapi.UpdateBoardRequestObject) (kanbanapi.UpdateBoardResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	var title string // the contract wants it; without it, the domain says what is missing
	if req.Body.Title != nil {
		title = *req.Body.Title
	}
	board, err := h.kanban.RenameBoard(ctx, actor(ctx), req.BoardId, from, title)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.UpdateBoard200ResponseHeaders{ETag: versionTag(board.Version)}
	return kanbanapi.UpdateBoard200JSONResponse{Body: contractSummary(board), Headers: headers}, nil
}

func contractSummary(b kanban.BoardSummary) kanbanapi.BoardSummary {
	return kanbanapi.BoardSummary{
		Id: b.ID, Title: b.Title, Version: b.Version, Role: kanbanapi.Role(b.Role), Seq: b.Seq, CreatedAt: b.CreatedAt, ChangedAt: b.ChangedAt,
		ArchivedAt: nullOr(b.ArchivedAt), Starred: b.Starred, OpenedAt: nullOr(b.OpenedAt), CardCount: b.CardCount(),
		Columns: each(b.Columns, contractColumnSize), Members: each(b.Members, contractBoardMember), MemberCount: b.MemberCount,
	}
}

func contractBoard(b kanban.Board) kanbanapi.Board {
	return kanbanapi.Board{
		Id: b.ID, Title: b.Title, Version: b.Version, Role: kanbanapi.Role(b.Role), Seq: b.Seq, CreatedAt: b.CreatedAt,
		ArchivedAt: nullOr(b.ArchivedAt), Starred: b.Starred,
		Labels: each(b.Labels, contractBoardLabel), Members: each(b.Members, contractBoardMember), Columns: each(b.Columns, contractBoardColumn),
	}
}
