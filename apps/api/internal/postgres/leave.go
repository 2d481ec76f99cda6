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
	return postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
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
		return leave(ctx, q, person, gone)
	})
}

func leave(ctx context.Context, q *dbgen.Queries, person uuid.UUID, boards []uuid.UUID) error {
	if err := q.BoardDelete(ctx, boards); err != nil {
		return err
	}
	if err := q.MembershipDeleteAll(ctx, person); err != nil {
		return err
	}
	return q.PersonLeave(ctx, person)
}
