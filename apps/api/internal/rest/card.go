package rest

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListColumnCards lists a column's cards.
func (h *handlers) ListColumnCards(ctx context.Context, req kanbanapi.ListColumnCardsRequestObject) (kanbanapi.ListColumnCardsResponseObject, error) {
	part, err := page(req.Params.Limit, req.Params.Cursor)
	if err != nil {
		return nil, err
	}
	filter, err := filterOf(req.Params.Q, req.Params.Today)
	switch {
	case err != nil:
		return nil, err
	case filter != nil:
		return h.filteredCards(ctx, req, part, filter)
	}
	cards, err := h.kanban.Cards(ctx, actor(ctx), req.BoardId, req.ColumnId, part)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListColumnCards200JSONResponse{Items: each(cards.Items, contractCardSummary), NextCursor: nextCursor(cards.Next)}, nil
}

// CreateCard adds a card.
func (h *handlers) CreateCard(ctx context.Context, req kanbanapi.CreateCardRequestObject) (kanbanapi.CreateCardResponseObject, error) {
	wanted := kanban.NewCard{ColumnID: req.Body.ColumnId, Title: req.Body.Title, DueOn: day(req.Body.DueOn)}
	if req.Body.Description != nil {
		wanted.Description = *req.Body.Description
	}
	card, err := h.kanban.CreateCard(ctx, actor(ctx), req.BoardId, req.Body.Id, wanted)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.CreateCard201ResponseHeaders{ETag: versionTag(card.Version)}
	return kanbanapi.CreateCard201JSONResponse{Body: contractCard(card), Headers: headers}, nil
}

// CreateCards adds several cards.
func (h *handlers) CreateCards(ctx context.Context, req kanbanapi.CreateCardsRequestObject) (kanbanapi.CreateCardsResponseObject, error) {
	lines := each(req.Body.Cards, func(l kanbanapi.NewCardLine) kanban.NewCardLine { return kanban.NewCardLine{ID: l.Id, Title: l.Title} })
	cards, seq, err := h.kanban.CreateCards(ctx, actor(ctx), req.BoardId, kanban.NewCardList{ColumnID: req.Body.ColumnId, Lines: lines})
	if err != nil {
		return nil, err
	}
	return kanbanapi.CreateCards201JSONResponse{Cards: each(cards, contractCard), Seq: seq}, nil
}

// GetCard reads a card. Its version covers its texts alone, not where it stands, so it never says "still as you
// have it".
func (h *handlers) GetCard(ctx context.Context, req kanbanapi.GetCardRequestObject) (kanbanapi.GetCardResponseObject, error) {
	card, err := h.kanban.Card(ctx, actor(ctx), req.BoardId, cardRef(req.CardId))
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.GetCard200ResponseHeaders{ETag: versionTag(card.Version)}
	return kanbanapi.GetCard200JSONResponse{Body: contractCard(card), Headers: headers}, nil
}

// UpdateCard changes a card's texts and its due date.
func (h *handlers) UpdateCard(ctx context.Context, req kanbanapi.UpdateCardRequestObject) (kanbanapi.UpdateCardResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	patch := kanban.CardPatch{Title: req.Body.Title, Description: req.Body.Description, DueOn: dayPatch(req.Body.DueOn)}
	card, err := h.kanban.UpdateCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), from, patch)
	if err != nil {
		return nil, err
	}
	headers := kanbanapi.UpdateCard200ResponseHeaders{ETag: versionTag(card.Version)}
	return kanbanapi.UpdateCard200JSONResponse{Body: contractCard(card), Headers: headers}, nil
}

// DeleteCard puts a card into the trash.
func (h *handlers) DeleteCard(ctx context.Context, req kanbanapi.DeleteCardRequestObject) (kanbanapi.DeleteCardResponseObject, error) {
	from, err := fromHeader(req.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	seq, err := h.kanban.DeleteCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), from)
	if err != nil {
		return nil, err
	}
	return kanbanapi.DeleteCard204Response{Headers: kanbanapi.DeleteCard204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// MoveCard puts a card somewhere else.
func (h *handlers) MoveCard(ctx context.Context, req kanbanapi.MoveCardRequestObject) (kanbanapi.MoveCardResponseObject, error) {
	card, err := h.kanban.MoveCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId), place(*req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.MoveCard200JSONResponse(contractCard(card)), nil
}

// ArchiveCard puts a card out of sight.
func (h *handlers) ArchiveCard(ctx context.Context, req kanbanapi.ArchiveCardRequestObject) (kanbanapi.ArchiveCardResponseObject, error) {
	card, err := h.kanban.ArchiveCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId))
	if err != nil {
		return nil, err
	}
	return kanbanapi.ArchiveCard200JSONResponse(contractCard(card)), nil
}

// RestoreCard brings a card back.
func (h *handlers) RestoreCard(ctx context.Context, req kanbanapi.RestoreCardRequestObject) (kanbanapi.RestoreCardResponseObject, error) {
	card, err := h.kanban.RestoreCard(ctx, actor(ctx), req.BoardId, cardRef(req.CardId))
	if err != nil {
		return nil, err
	}
	return kanbanapi.RestoreCard200JSONResponse(contractCard(card)), nil
}

// cardRef reads the path's card: the contract lets only numbers and UUIDs pass.
func cardRef(path string) kanban.CardRef {
	if number, err := strconv.Atoi(path); err == nil {
		return kanban.CardRef{Number: number}
	}
	id, err := uuid.Parse(path)
	if err != nil {
		return kanban.CardRef{}
	}
	return kanban.CardRef{ID: id}
}

func place(body kanbanapi.CardMove) kanban.Place {
	to := kanban.Place{Column: body.ColumnId, Before: orNil(body.Before), After: orNil(body.After)}
	if body.At != nil {
		to.At = kanban.End(*body.At)
	}
	return to
}

func contractCard(c kanban.Card) kanbanapi.Card {
	return kanbanapi.Card{
		Id: c.ID, BoardId: c.BoardID, Number: c.Number, ColumnId: c.ColumnID, Title: c.Title, Description: c.Description,
		DueOn: contractDay(c.DueOn), LabelIds: contractIDs(c.LabelIDs), AssigneeIds: contractIDs(c.AssigneeIDs), Rank: c.Rank, Version: c.Version, CreatedAt: c.CreatedAt, CreatedBy: c.CreatedBy, UpdatedAt: c.UpdatedAt,
		ArchivedAt: nullOr(c.ArchivedAt), Seq: c.Seq,
	}
}

func contractCardSummary(c kanban.CardSummary) kanbanapi.CardSummary {
	return kanbanapi.CardSummary{
		Id: c.ID, Number: c.Number, ColumnId: c.ColumnID, Title: c.Title, Version: c.Version, HasDescription: c.HasDescription,
		DueOn: contractDay(c.DueOn), LabelIds: contractIDs(c.LabelIDs), AssigneeIds: contractIDs(c.AssigneeIDs), Rank: c.Rank,
	}
}
