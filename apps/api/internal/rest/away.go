package rest

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListAwayCards lists the cards in a board's archive or trash.
func (h *handlers) ListAwayCards(ctx context.Context, req kanbanapi.ListAwayCardsRequestObject) (kanbanapi.ListAwayCardsResponseObject, error) {
	list := spots{"cards", req.BoardId}
	find, err := list.find(&req.Params.State, req.Params.Q, req.Params.Limit, req.Params.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := h.kanban.AwayCards(ctx, actor(ctx), req.BoardId, find)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListAwayCards200JSONResponse{Items: each(found.Items, contractAwayCard), NextCursor: list.next(find.State, found.Next)}, nil
}

// listAwayColumns lists the columns in a board's archive or trash.
func (h *handlers) listAwayColumns(ctx context.Context, board uuid.UUID, params kanbanapi.ListColumnsParams) (kanbanapi.ListColumnsResponseObject, error) {
	list := spots{"columns", board}
	find, err := list.find(params.State, params.Q, params.Limit, params.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := h.kanban.AwayColumns(ctx, actor(ctx), board, find)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListColumns200JSONResponse{Items: each(found.Items, contractAwayColumn), NextCursor: list.next(find.State, found.Next), Seq: found.Seq}, nil
}

// listAwayBoards lists those of the caller's boards that are in the archive or in the trash.
func (h *handlers) listAwayBoards(ctx context.Context, params kanbanapi.ListBoardsParams) (kanbanapi.ListBoardsResponseObject, error) {
	who := actor(ctx)
	list := spots{"boards", who.ID}
	find, err := list.find(params.State, params.Q, params.Limit, params.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := h.kanban.AwayBoards(ctx, who, find)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListBoards200JSONResponse{Items: each(found.Items, contractAwayBoard), NextCursor: list.next(find.State, found.Next)}, nil
}

func contractAwayCard(c kanban.AwayCard) kanbanapi.AwayCard {
	return kanbanapi.AwayCard{
		Id: c.ID, Number: c.Number, Title: c.Title, Away: contractAway(c.Away),
		Column: kanbanapi.HomeColumn{Id: c.ColumnID, Title: c.ColumnTitle, Archived: c.ColumnArchived && !c.ColumnDeleted, Deleted: c.ColumnDeleted},
	}
}

func contractAwayColumn(c kanban.AwayColumn) kanbanapi.Column {
	column, away := contractColumn(c.Column), contractAway(c.Away)
	if column.Away = &away; c.DeletedAt != nil {
		column.ArchivedAt.SetNull()
	}
	return column
}

func contractAwayBoard(b kanban.AwayBoard) kanbanapi.BoardSummary {
	board, away := contractSummary(b.BoardSummary), contractAway(b.Away)
	board.Away = &away
	return board
}

func contractAway(a kanban.Away) kanbanapi.AwaySince {
	return kanbanapi.AwaySince{At: a.At, By: kanbanapi.Actor{Id: a.By, Name: a.ByName}, GoneAt: nullOr(a.GoneAt)}
}
