package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// Cards implements kanban.Store.
func (s *Store) Cards(ctx context.Context, person, board, columnID uuid.UUID, page kanban.Page) (cards []kanban.CardSummary, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		if _, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person}); err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		if _, err := readableColumn(ctx, q, board, columnID); err != nil {
			return err
		}
		rank, err := rankOf(ctx, q, board, columnID, page.After)
		if err != nil {
			return err
		}
		rows, err := q.CardListByColumn(ctx, dbgen.CardListByColumnParams{BoardID: board, ColumnID: columnID, AfterRank: rank, After: page.After, MaxRows: page.Limit})
		if err != nil {
			return err
		}
		cards = cardSummaries(rows)
		_, err = readLabels(ctx, q, board, each(cards))
		return err
	})
	return cards, err
}

// rankOf finds where the page before ended; "" for the first page.
func rankOf(ctx context.Context, q *dbgen.Queries, board, columnID, after uuid.UUID) (string, error) {
	if after == uuid.Nil {
		return "", nil
	}
	rank, err := q.CardRankInColumn(ctx, dbgen.CardRankInColumnParams{BoardID: board, ColumnID: columnID, ID: after})
	left := problem.Field{Field: "cursor", Code: "left", Detail: "The card where the page before ended has left the column. Read the column again from the top."}
	return rank, or(problem.Validation(left), err)
}

// Card implements kanban.Store.
func (s *Store) Card(ctx context.Context, person, board uuid.UUID, ref kanban.CardRef) (card kanban.Card, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		card, err = cardFor(ctx, q, person, board, ref)
		return err
	})
	return card, err
}

// cardFor reads a card that isn't in the trash, by itself or with its column, for a person who may see it.
func cardFor(ctx context.Context, q *dbgen.Queries, person, board uuid.UUID, ref kanban.CardRef) (kanban.Card, error) {
	state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
	if err != nil {
		return kanban.Card{}, or(kanban.BoardNotFound(), err)
	}
	card, err := findCard(ctx, q, board, ref)
	if err != nil {
		return kanban.Card{}, err
	}
	if card.DeletedAt != nil || card.ColumnDeleted {
		return kanban.Card{}, kanban.CardNotFound()
	}
	card.Seq = state.Seq
	return card, nil
}

// findCard reads a card of a board by its id or its number, whatever its state.
func findCard(ctx context.Context, q *dbgen.Queries, board uuid.UUID, ref kanban.CardRef) (kanban.Card, error) {
	var row dbgen.CardGetRow
	var err error
	if ref.ID != uuid.Nil {
		row, err = q.CardGet(ctx, dbgen.CardGetParams{BoardID: board, ID: ref.ID})
	} else {
		var byNumber dbgen.CardGetByNumberRow
		byNumber, err = q.CardGetByNumber(ctx, dbgen.CardGetByNumberParams{BoardID: board, Number: ref.Number})
		row = dbgen.CardGetRow(byNumber)
	}
	found := card(row.Card, kanban.Card{LabelIDs: row.LabelIds, AssigneeIDs: row.AssigneeIds})
	found.ColumnArchived, found.ColumnDeleted = row.ColumnArchived, row.ColumnDeleted
	return found, or(kanban.CardNotFound(), err)
}

// card is a row with what no change of the row changes: who is to do it, and the labels on it.
func card(row dbgen.Card, with kanban.Card) kanban.Card {
	return kanban.Card{
		ID: row.ID, BoardID: row.BoardID, Number: row.Number, ColumnID: row.ColumnID, Rank: row.Rank,
		Title: row.Title, Description: row.Description, DueOn: row.DueOn, LabelIDs: with.LabelIDs, AssigneeIDs: with.AssigneeIDs, Version: row.Version,
		CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy, UpdatedAt: row.UpdatedAt,
		ArchivedAt: row.ArchivedAt, DeletedAt: row.DeletedAt,
	}
}

// cardSummaries turns rows of any query that selects a card's summary into the domain's type.
func cardSummaries[Row dbgen.CardListByBoardRow | dbgen.CardListByColumnRow | dbgen.CardListMatchingRow | dbgen.CardListMatchingArchivedRow](rows []Row) []kanban.CardSummary {
	cards := make([]kanban.CardSummary, len(rows))
	for i, row := range rows {
		k := dbgen.CardListByColumnRow(row)
		cards[i] = kanban.CardSummary{
			ID: k.ID, Number: k.Number, ColumnID: k.ColumnID, Title: k.Title, Version: k.Version, HasDescription: k.HasDescription, DueOn: k.DueOn,
			AssigneeIDs: k.AssigneeIds, Rank: k.Rank,
		}
	}
	return cards
}
