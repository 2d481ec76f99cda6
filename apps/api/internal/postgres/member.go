package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Members implements kanban.Store.
func (s *Store) Members(ctx context.Context, person, board uuid.UUID) (members []kanban.Member, seq int64, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		rows, err := q.MemberListByBoard(ctx, board)
		seq, members = state.Seq, make([]kanban.Member, len(rows))
		for i, row := range rows {
			members[i] = member(dbgen.MemberGetRow(row), seq)
		}
		return err
	})
	return members, seq, err
}

func member(row dbgen.MemberGetRow, seq int64) kanban.Member {
	return kanban.Member{ID: row.PersonID, Name: row.Name, Email: row.Email, Role: kanban.Role(row.Role), JoinedAt: row.JoinedAt, Seq: seq}
}
