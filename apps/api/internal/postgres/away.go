package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// AwayCards implements kanban.Store.
func (s *Store) AwayCards(ctx context.Context, person, board uuid.UUID, find kanban.Find) (cards []kanban.AwayCard, seq int64, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		before := spotBefore(find.After)
		rows, err := q.CardListAway(ctx, dbgen.CardListAwayParams{
			BoardID: board, Deleted: find.State == kanban.Deleted, BeforeAt: before.At, BeforeID: before.ID, Patterns: find.Patterns, MaxRows: find.Limit,
		})
		seq, cards = state.Seq, make([]kanban.AwayCard, len(rows))
		for i, k := range rows {
			cards[i] = kanban.AwayCard{
				ID: k.ID, Number: k.Number, Title: k.Title, ColumnID: k.ColumnID, ColumnTitle: k.ColumnTitle, ColumnArchived: k.ColumnArchived, ColumnDeleted: k.ColumnDeleted,
				Away: away(find.State, k.At, k.ByID, nameOf(k.ByName, k.ByLeft)),
			}
		}
		return err
	})
	return cards, seq, err
}

// AwayColumns implements kanban.Store.
func (s *Store) AwayColumns(ctx context.Context, person, board uuid.UUID, find kanban.Find) (columns []kanban.AwayColumn, seq int64, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		before := spotBefore(find.After)
		rows, err := q.ColumnListAway(ctx, dbgen.ColumnListAwayParams{
			BoardID: board, Deleted: find.State == kanban.Deleted, BeforeAt: before.At, BeforeID: before.ID, Patterns: find.Patterns, MaxRows: find.Limit,
		})
		seq, columns = state.Seq, make([]kanban.AwayColumn, len(rows))
		for i, row := range rows {
			columns[i] = kanban.AwayColumn{
				Column: column(row.Column, row.CardCount), Away: away(find.State, row.At, row.ByID, nameOf(row.ByName, row.ByLeft)),
			}
			columns[i].Seq = seq
		}
		return err
	})
	return columns, seq, err
}

// AwayBoards implements kanban.Store.
func (s *Store) AwayBoards(ctx context.Context, person uuid.UUID, find kanban.Find) (boards []kanban.AwayBoard, err error) {
	before := spotBefore(find.After)
	rows, err := s.queries.BoardListAway(ctx, dbgen.BoardListAwayParams{
		PersonID: person, Deleted: find.State == kanban.Deleted, BeforeAt: before.At, BeforeID: before.ID, Patterns: find.Patterns, MaxRows: find.Limit,
	})
	if err != nil {
		return nil, postgres.Error(err)
	}
	summaries := make([]kanban.BoardSummary, len(rows))
	for i, row := range rows {
		summaries[i] = readSummary(dbgen.BoardGetRow{
			ID: row.ID, Title: row.Title, Version: row.Version, Template: row.Template, Role: row.Role, Seq: row.Seq,
			CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy, ChangedAt: row.ChangedAt, ArchivedAt: row.ArchivedAt,
			Starred: row.Starred, OpenedAt: row.OpenedAt, ViewVersion: row.ViewVersion,
			MemberIds: row.MemberIds, MemberNames: row.MemberNames, MemberCount: row.MemberCount,
		})
	}
	if err := addSizes(ctx, s.queries, summaries); err != nil {
		return nil, postgres.Error(err)
	}
	boards = make([]kanban.AwayBoard, len(rows))
	for i, row := range rows {
		boards[i] = kanban.AwayBoard{BoardSummary: summaries[i], Away: away(find.State, row.At, row.ByID, nameOf(row.ByName, row.ByLeft))}
	}
	return boards, nil
}

func away(state kanban.State, at time.Time, by uuid.UUID, name string) kanban.Away {
	told := kanban.Away{At: at, By: by, ByName: name}
	if state == kanban.Deleted {
		gone := at.Add(kanban.TrashKeeps)
		told.GoneAt = &gone
	}
	return told
}

// spotBefore is the place to list from: what is newer than everything is before the beginning.
func spotBefore(after kanban.Spot) kanban.Spot {
	if after == (kanban.Spot{}) {
		after.At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return after
}
