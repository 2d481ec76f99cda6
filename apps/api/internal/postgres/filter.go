package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// FilteredBoard implements kanban.Store.
func (s *Store) FilteredBoard(ctx context.Context, person, id uuid.UUID, perColumn int, filter kanban.Filter) (kanban.Board, error) {
	row, err := s.queries.BoardRead(ctx, dbgen.BoardReadParams{BoardID: id, PersonID: person})
	if err != nil {
		return kanban.Board{}, or(kanban.BoardNotFound(), err)
	}
	kept, second := s.walls.look(id, stateOf(row))
	if kept == nil {
		return s.filteredBoard(ctx, person, id, perColumn, filter, second)
	}
	match, err := inSmallLetters(ctx, s.queries, kept.match(row, person, filter))
	if err != nil {
		return kanban.Board{}, postgres.Error(err)
	}
	return kept.filtered(row, match, perColumn), nil
}

// filteredBoard has the database look through a board, or reads all of it and keeps that.
func (s *Store) filteredBoard(ctx context.Context, person, id uuid.UUID, perColumn int, filter kanban.Filter, whole bool) (board kanban.Board, err error) {
	err = s.look(ctx, func(p *postgres.Pipeline, q *dbgen.Queries) error {
		row, err := q.BoardRead(ctx, dbgen.BoardReadParams{BoardID: id, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		if whole {
			read, err := readWall(ctx, p, row, person, s.walls.atMost/4)
			if err != nil {
				return err
			}
			if read != nil {
				s.walls.keep(id, read)
				match, err := inSmallLetters(ctx, q, read.match(row, person, filter))
				board = read.filtered(row, match, perColumn)
				return err
			}
		}
		board, err = findBoard(ctx, q, row, sought{filter, kanban.People{Me: person, Members: boardMembers(row.MemberIds, row.MemberNames)}}, perColumn)
		return err
	})
	if err != nil && whole {
		s.walls.forget(id)
	}
	return board, err
}

// match is what the filter means on the wall.
func (w *wall) match(row dbgen.BoardReadRow, person uuid.UUID, filter kanban.Filter) kanban.Match {
	return filter.On(w.labels, w.columns, kanban.People{Me: person, Members: boardMembers(row.MemberIds, row.MemberNames)})
}

// findBoard has the database look through a board.
func findBoard(ctx context.Context, q *dbgen.Queries, row dbgen.BoardReadRow, what sought, perColumn int) (kanban.Board, error) {
	rows, err := q.ColumnListByBoard(ctx, dbgen.ColumnListByBoardParams{BoardID: row.ID, PersonID: what.people.Me})
	if err != nil {
		return kanban.Board{}, err
	}
	found, err := findMatches(ctx, q, row.ID, what, columnsOf(rows), kanban.Page{Limit: perColumn})
	if err != nil {
		return kanban.Board{}, err
	}
	labels, err := readLabels(ctx, q, row.ID, each(found.cards))
	board := readBoard(row, labels, boardColumns(rows, found.cards))
	for i := range board.Columns {
		column := &board.Columns[i]
		column.Matches = found.in(column.ID)
	}
	return board, err
}

// FilteredCards implements kanban.Store.
func (s *Store) FilteredCards(
	ctx context.Context, person, board, columnID uuid.UUID, page kanban.Page, filter kanban.Filter,
) (cards []kanban.CardSummary, matches int, err error) {
	err = s.look(ctx, func(_ *postgres.Pipeline, q *dbgen.Queries) error {
		if _, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person}); err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		of, err := readableColumn(ctx, q, board, columnID)
		if err != nil {
			return err
		}
		people, err := readPeople(ctx, q, board, person, filter)
		if err != nil {
			return err
		}
		found, err := findMatches(ctx, q, board, sought{filter, people}, []kanban.Column{of}, page)
		if err != nil {
			return err
		}
		cards, matches = found.cards, *found.in(columnID)
		_, err = readLabels(ctx, q, board, each(cards))
		return err
	})
	return cards, matches, err
}

func columnsOf(rows []dbgen.ColumnListByBoardRow) []kanban.Column {
	columns := make([]kanban.Column, len(rows))
	for i, row := range rows {
		columns[i] = column(row.Column, row.CardCount)
	}
	return columns
}

// sought is a filter, and whom it may name.
type sought struct {
	filter kanban.Filter
	people kanban.People
}

// readPeople reads whom a filter may name, if it names anybody.
func readPeople(ctx context.Context, q *dbgen.Queries, board, person uuid.UUID, filter kanban.Filter) (kanban.People, error) {
	people := kanban.People{Me: person}
	if !filter.Peopled() {
		return people, nil
	}
	rows, err := q.MemberListByBoard(ctx, board)
	for _, row := range rows {
		people.Members = append(people.Members, kanban.BoardMember{ID: row.PersonID, Name: row.Name})
	}
	return people, err
}
