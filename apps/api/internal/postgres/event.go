package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Happened implements kanban.Store.
func (s *Store) Happened(ctx context.Context, board uuid.UUID, after int64, limit int) ([]kanban.Activity, error) {
	rows, err := s.queries.EventListAfter(ctx, dbgen.EventListAfterParams{BoardID: board, After: after, MaxRows: limit})
	if err != nil {
		return nil, postgres.Error(err)
	}
	list := make([]kanban.Activity, len(rows))
	for i, row := range rows {
		if list[i], err = activity(dbgen.ActivityListAfterRow(row)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Seqs implements kanban.Store.
func (s *Store) Seqs(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error) {
	rows, err := s.queries.EventSeqs(ctx, boards)
	if err != nil {
		return nil, postgres.Error(err)
	}
	seqs := make(map[uuid.UUID]int64, len(rows))
	for _, row := range rows {
		seqs[row.BoardID] = row.Seq
	}
	return seqs, nil
}

// Watched implements kanban.Store.
func (s *Store) Watched(ctx context.Context, watches []kanban.Watch) ([]kanban.Watched, error) {
	var asked dbgen.EventWatchesParams
	for _, w := range watches {
		asked.BoardIds, asked.PersonIds = append(asked.BoardIds, w.Board), append(asked.PersonIds, w.Person)
	}
	rows, err := s.queries.EventWatches(ctx, asked)
	if err != nil {
		return nil, postgres.Error(err)
	}
	found := make(map[kanban.Watch]kanban.Watched, len(rows))
	for _, row := range rows {
		w := kanban.Watched{Watch: kanban.Watch{Person: row.PersonID, Board: row.BoardID}, Seq: row.Seq}
		if row.Deleted {
			w.Lost = kanban.InTheTrash
		}
		found[w.Watch] = w
	}
	all := make([]kanban.Watched, len(watches))
	for i, w := range watches {
		if standing, ok := found[w]; ok {
			all[i] = standing
		} else {
			all[i] = kanban.Watched{Watch: w, Lost: kanban.NotAMember}
		}
	}
	return all, nil
}
