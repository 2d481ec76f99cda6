package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Leave implements kanban.Store. The boards are locked before the person, as changes do it.
func (s *Store) Leave(ctx context.Context, person uuid.UUID, which func([]kanban.Membership) ([]uuid.UUID, error)) error {
	var told []dbgen.MembershipLeaveAllRow
	err := postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		if err := q.PersonTakeTurn(ctx, person.String()); err != nil {
			return err
		}
		if err := q.MembershipLock(ctx, person); err != nil {
			return err
		}
		if err := q.PersonLock(ctx, person); err != nil {
			return err
		}
		rows, err := q.MembershipList(ctx, person)
		if err != nil {
			return err
		}
		all := make([]kanban.Membership, len(rows))
		for i, row := range rows {
			all[i] = kanban.Membership{Board: row.ID, Title: row.Title, Role: kanban.Role(row.Role), Others: row.Others, OtherOwners: row.OtherOwners, Deleted: row.Deleted}
		}
		gone, err := which(all)
		if err != nil {
			return err
		}
		told, err = leave(ctx, q, person, gone)
		return err
	})
	if err == nil {
		for _, board := range told {
			s.tell(board.BoardID, board.Seq)
		}
	}
	return err
}

// leave tells how far the boards are that stay.
func leave(ctx context.Context, q *dbgen.Queries, person uuid.UUID, boards []uuid.UUID) ([]dbgen.MembershipLeaveAllRow, error) {
	if err := q.BoardDelete(ctx, boards); err != nil {
		return nil, err
	}
	told, err := q.MembershipLeaveAll(ctx, dbgen.MembershipLeaveAllParams{PersonID: person, Gone: some(boards), Verb: string(kanban.MemberLeft)})
	if err != nil {
		return nil, err
	}
	if err := q.MembershipDeleteAll(ctx, person); err != nil {
		return nil, err
	}
	stay := make([]uuid.UUID, len(told))
	for i, board := range told {
		stay[i] = board.BoardID
	}
	if err := q.InvitationEndOf(ctx, dbgen.InvitationEndOfParams{BoardIds: stay, PersonID: person, ActorID: &person}); err != nil {
		return nil, err
	}
	return told, q.PersonLeave(ctx, person)
}
