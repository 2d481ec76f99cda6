package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/problem"
)

// Boards implements kanban.Store.
func (s *Store) Boards(ctx context.Context, person uuid.UUID, page kanban.Page) (boards []kanban.BoardSummary, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		if err := checkAfter(ctx, q, person, page.After); err != nil {
			return err
		}
		rows, err := q.BoardListByPerson(ctx, dbgen.BoardListByPersonParams{PersonID: person, After: page.After, MaxRows: page.Limit})
		if err != nil {
			return err
		}
		boards = make([]kanban.BoardSummary, len(rows))
		for i, row := range rows {
			boards[i] = readSummary(dbgen.BoardGetRow(row))
		}
		return addSizes(ctx, q, boards)
	})
	return boards, err
}

// checkAfter looks whether the page before ended at a board of the person's: what others have leads nowhere.
func checkAfter(ctx context.Context, q *dbgen.Queries, person, after uuid.UUID) error {
	if after == uuid.Nil {
		return nil
	}
	_, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: after, PersonID: person})
	left := problem.Field{Field: "cursor", Code: "left", Detail: "The board where the page before ended is no longer among yours. Read the list again from its beginning."}
	return or(problem.Validation(left), err)
}

// boardSummary reads a board as the list shows it.
func boardSummary(ctx context.Context, q *dbgen.Queries, person, board uuid.UUID) (kanban.BoardSummary, error) {
	row, err := q.BoardGet(ctx, dbgen.BoardGetParams{BoardID: board, PersonID: person})
	if err != nil {
		return kanban.BoardSummary{}, or(kanban.BoardNotFound(), err)
	}
	summary := []kanban.BoardSummary{readSummary(row)}
	err = addSizes(ctx, q, summary)
	return summary[0], err
}

// addSizes fills in the columns of several boards with one query.
func addSizes(ctx context.Context, q *dbgen.Queries, boards []kanban.BoardSummary) error {
	at := make(map[uuid.UUID]int, len(boards))
	ids := make([]uuid.UUID, len(boards))
	for i, board := range boards {
		at[board.ID], ids[i] = i, board.ID
	}
	rows, err := q.ColumnSizeListByBoards(ctx, ids)
	for _, row := range rows {
		board := &boards[at[row.BoardID]]
		board.Columns = append(board.Columns, kanban.ColumnSize{Title: row.Title, Hue: (*kanban.Hue)(row.Hue), CardCount: row.CardCount})
	}
	return err
}

// BoardState implements kanban.Store.
func (s *Store) BoardState(ctx context.Context, person, board uuid.UUID) (kanban.BoardState, error) {
	row, err := s.queries.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
	state := kanban.BoardState{
		Seq: row.Seq, ChangedAt: row.ChangedAt, Role: kanban.Role(row.Role), Starred: row.Starred, Collapsed: row.Collapsed,
		View: row.ViewVersion, Unmarked: row.Unmarked, NamedAt: row.NamedAt,
	}
	return state, or(kanban.BoardNotFound(), err)
}

// Board implements kanban.Store.
func (s *Store) Board(ctx context.Context, person, id uuid.UUID, perColumn int) (board kanban.Board, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		row, err := q.BoardRead(ctx, dbgen.BoardReadParams{BoardID: id, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		columns, err := q.ColumnListByBoard(ctx, dbgen.ColumnListByBoardParams{BoardID: id, PersonID: person})
		if err != nil {
			return err
		}
		cards, err := q.CardListByBoard(ctx, dbgen.CardListByBoardParams{BoardID: id, PerColumn: perColumn})
		if err != nil {
			return err
		}
		summaries := cardSummaries(cards)
		labels, err := readLabels(ctx, q, id, each(summaries))
		board = readBoard(row, labels, boardColumns(columns, summaries))
		return err
	})
	return board, err
}

// readBoard puts together what a board's read shows.
func readBoard(row dbgen.BoardReadRow, labels []kanban.Label, columns []kanban.BoardColumn) kanban.Board {
	head := kanban.BoardHead{
		ID: row.ID, Title: row.Title, Version: row.Version, Template: kanban.Template(row.Template), Role: kanban.Role(row.Role), Seq: row.Seq,
		CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy, ChangedAt: row.ChangedAt, ArchivedAt: row.ArchivedAt,
		Starred: row.Starred, OpenedAt: row.OpenedAt, View: row.ViewVersion, Unmarked: row.Unmarked,
	}
	return kanban.Board{BoardHead: head, Labels: labels, Members: boardMembers(row.MemberIds, row.MemberNames), NamedAt: row.NamedAt, Columns: columns}
}

func boardMembers(ids []uuid.UUID, names []string) []kanban.BoardMember {
	members := make([]kanban.BoardMember, len(ids))
	for i, id := range ids {
		members[i] = kanban.BoardMember{ID: id, Name: names[i]}
	}
	return members
}

// boardColumns deals the cards, which come in the columns' order, out to their columns.
func boardColumns(rows []dbgen.ColumnListByBoardRow, cards []kanban.CardSummary) []kanban.BoardColumn {
	columns := make([]kanban.BoardColumn, len(rows))
	for i, row := range rows {
		columns[i].Column, columns[i].Collapsed = column(row.Column, row.CardCount), row.Collapsed
		n := 0
		for n < len(cards) && cards[n].ColumnID == row.Column.ID {
			n++
		}
		columns[i].Items = cards[:n:n]
		cards = cards[n:]
	}
	return columns
}

// readSummary is a board as a list shows it, but for its columns.
func readSummary(row dbgen.BoardGetRow) kanban.BoardSummary {
	head := kanban.BoardHead{
		ID: row.ID, Title: row.Title, Version: row.Version, Template: kanban.Template(row.Template), Role: kanban.Role(row.Role), Seq: row.Seq,
		CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy, ChangedAt: row.ChangedAt, ArchivedAt: row.ArchivedAt,
		Starred: row.Starred, OpenedAt: row.OpenedAt, View: row.ViewVersion, Unmarked: row.Unmarked,
	}
	return kanban.BoardSummary{BoardHead: head, Members: boardMembers(row.MemberIds, row.MemberNames), MemberCount: row.MemberCount}
}
