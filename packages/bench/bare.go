package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// bare is the limit: the api's own statements, in the same order and transactions, straight through pgx on a pool
// like the api's. It decodes no more than the next statement needs.
type bare struct {
	pool       *pgxpool.Pool
	statements statements
	boards     way // puts up boards, which aren't measured
	person     uuid.UUID
}

type values map[string]any

func (b *bare) createBoard(ctx context.Context, title string) (uuid.UUID, []uuid.UUID, error) {
	return b.boards.createBoard(ctx, title)
}

func (b *bare) createCard(ctx context.Context, on *wall, column uuid.UUID, title string) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return id, err
	}
	return id, b.change(ctx, on, 1, func(q query, seq int64, number int) error {
		var low string
		err := q.row("CardGapAtEnd", values{"board_id": on.board, "column_id": column, "moving": []uuid.UUID{id}}).Scan(&low)
		if err != nil {
			return err
		}
		rank := rankBetween(low, "")
		err = q.exec("CardCreate", values{
			"board_id": on.board, "id": id, "number": number, "column_id": column, "rank": rank, "title": title, "description": "", "due_on": nil, "created_by": b.person,
		})
		if err != nil {
			return err
		}
		return q.record("card_created", seq, on, id, column, values{}, values{"title": title, "description": "", "rank": rank})
	})
}

func (b *bare) moveCard(ctx context.Context, on *wall, m move) error {
	return b.change(ctx, on, 0, func(q query, seq int64, _ int) error {
		if err := q.rows("CardGet", values{"board_id": on.board, "id": m.card}); err != nil {
			return err
		}
		rank, err := q.gap(on, m)
		if err != nil {
			return err
		}
		err = q.exec("CardMove", values{"board_id": on.board, "id": m.card, "column_id": m.column, "rank": rank})
		if err != nil {
			return err
		}
		return q.record("card_moved", seq, on, m.card, m.column,
			values{"column_id": m.column, "rank": rank}, values{"column_id": m.column, "rank": rank})
	})
}

func (b *bare) readBoard(ctx context.Context, on *wall) error {
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, b.pool, snapshot, func(tx pgx.Tx) error {
		q := query{ctx, tx, b}
		err := errors.Join(
			q.rows("BoardGet", values{"board_id": on.board, "person_id": b.person}),
			q.rows("ColumnListByBoard", values{"board_id": on.board, "person_id": b.person, "archived": false}),
		)
		cards, failed := q.ids("CardListByBoard", values{"board_id": on.board, "per_column": 51})
		return errors.Join(err, failed, q.exec("LabelListByBoard", values{"board_id": on.board, "card_ids": cards}))
	})
}

// change takes the board's lock first, as every change of the api does, with the number of the last of the cards that it makes.
func (b *bare) change(ctx context.Context, on *wall, cards int, fn func(q query, seq int64, number int) error) error {
	return pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		q := query{ctx, tx, b}
		var seq int64
		var number int
		err := q.row("BoardLock", values{"board_id": on.board, "person_id": b.person, "cards": cards}).Scan(&seq, &number, nil, nil, nil, nil)
		if err != nil {
			return err
		}
		return fn(q, seq, number)
	})
}

// query runs the api's statements by their names in one transaction, and lives no longer.
type query struct {
	ctx context.Context
	tx  pgx.Tx
	*bare
}

func (q query) exec(name string, v values) error {
	s := q.statements[name]
	_, err := q.tx.Exec(q.ctx, s.sql, s.arguments(v)...)
	return err
}

func (q query) row(name string, v values) pgx.Row {
	s := q.statements[name]
	return q.tx.QueryRow(q.ctx, s.sql, s.arguments(v)...)
}

// rows reads them and forgets them; that there are none is an error.
func (q query) rows(name string, v values) error {
	s := q.statements[name]
	rows, err := q.tx.Query(q.ctx, s.sql, s.arguments(v)...)
	if err != nil {
		return err
	}
	n := 0
	for rows.Next() {
		n++
	}
	if rows.Err() == nil && n == 0 {
		return fmt.Errorf("%s: no rows", name)
	}
	return rows.Err()
}

// ids reads rows that begin with an id.
func (q query) ids(name string, v values) ([]uuid.UUID, error) {
	s := q.statements[name]
	rows, err := q.tx.Query(q.ctx, s.sql, s.arguments(v)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (uuid.UUID, error) { return uuid.FromBytes(row.RawValues()[0]) })
}

// gap finds the rank for a move's place.
func (q query) gap(on *wall, m move) (rank string, err error) {
	var low, high string
	place := values{"board_id": on.board, "column_id": m.column, "moving": []uuid.UUID{m.card}, "neighbour": m.after}
	if m.after == uuid.Nil {
		err = q.row("CardGapAtEnd", place).Scan(&low)
	} else {
		err = q.row("CardGapAfter", place).Scan(&low, &high)
	}
	return rankBetween(low, high), err
}

func (q query) record(verb string, seq int64, on *wall, card, column uuid.UUID, was, became values) error {
	before, err := json.Marshal(was)
	if err != nil {
		return err
	}
	after, err := json.Marshal(became)
	if err != nil {
		return err
	}
	return q.exec("ActivityCreate", q.activity(verb, seq, on, card, column, before, after))
}

// activity is what a change records; any id does for its session.
func (b *bare) activity(verb string, seq int64, on *wall, card, column uuid.UUID, was, became json.RawMessage) values {
	return values{
		"board_id": on.board, "seq": seq, "actor_id": b.person, "session": b.person, "verb": verb, "card_id": card, "column_id": column,
		"origin": "", "was": was, "became": became, "redo": false,
	}
}
