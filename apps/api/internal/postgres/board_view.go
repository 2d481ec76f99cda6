package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// StarBoard implements kanban.Store.
func (s *Store) StarBoard(ctx context.Context, person, board uuid.UUID, starred bool) error {
	changed, err := s.queries.MemberStar(ctx, dbgen.MemberStarParams{BoardID: board, PersonID: person, Starred: starred})
	if err != nil || changed > 0 {
		return postgres.Error(err)
	}
	_, err = s.BoardState(ctx, person, board) // so it is already, or there is no such board
	return err
}

// MarkOpened implements kanban.Store.
func (s *Store) MarkOpened(ctx context.Context, person, board uuid.UUID) error {
	return postgres.Error(s.queries.MemberMarkOpened(ctx, dbgen.MemberMarkOpenedParams{BoardID: board, PersonID: person}))
}

// CollapseColumn implements kanban.Store.
func (s *Store) CollapseColumn(ctx context.Context, actor kanban.Actor, board, columnID uuid.UUID, collapsed bool) error {
	return postgres.InTx(ctx, s.pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		if _, err := q.MemberLock(ctx, dbgen.MemberLockParams{BoardID: board, PersonID: actor.ID}); err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		if err := foldOnce(ctx, q, actor, board); err != nil {
			return err
		}
		row, err := q.ColumnGet(ctx, dbgen.ColumnGetParams{BoardID: board, ID: columnID})
		if err != nil {
			return or(kanban.ColumnNotFound(), err)
		}
		if err := kanban.ColumnAway(row.Column.ArchivedAt != nil, row.Column.DeletedAt != nil); err != nil {
			return err
		}
		changed, err := collapse(ctx, q, dbgen.ColumnCollapseParams{BoardID: board, PersonID: actor.ID, ColumnID: columnID}, collapsed)
		if err != nil || changed == 0 {
			return err
		}
		return q.MemberViewChanged(ctx, dbgen.MemberViewChangedParams{BoardID: board, PersonID: actor.ID})
	})
}

// foldOnce keeps the name of a fold, since one that is sent again may arrive after the column was unfolded.
func foldOnce(ctx context.Context, q *dbgen.Queries, actor kanban.Actor, board uuid.UUID) error {
	if actor.Change == uuid.Nil {
		return nil
	}
	before, err := q.ChangeMade(ctx, dbgen.ChangeMadeParams{BoardID: board, ChangeID: actor.Change, PersonID: actor.ID})
	switch {
	case err != nil:
		return err
	case before.Made:
		return kanban.MadeAlready(before.Seq)
	}
	return remember(ctx, q, actor, board)
}

func collapse(ctx context.Context, q *dbgen.Queries, which dbgen.ColumnCollapseParams, collapsed bool) (changed int64, err error) {
	if collapsed {
		return q.ColumnCollapse(ctx, which)
	}
	return q.ColumnExpand(ctx, dbgen.ColumnExpandParams(which))
}
