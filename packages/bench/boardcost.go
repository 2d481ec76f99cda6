package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// explained is how many moves are looked at in each column.
const explained = 21

// cost is how many pages of the shared buffers each statement of one move touched, in the statements' order.
type cost []int

// moveStatements are those of a move behind another card; a test of the api's holds it to them.
var moveStatements = []string{"BoardLock", "CardGet", "CardGapAfter", "CardMove", "ActivityCreate"}

// costTable compares what a move touches in a long column and in a short one.
func (b *bare) costTable(ctx context.Context) (table, error) {
	sizes := []size{shortList, longList}
	boards, costs := make([]*wall, len(sizes)), make([][]cost, len(sizes))
	for i, size := range sizes {
		var err error
		if boards[i], err = putSized(ctx, b.pool, b.person, size); err != nil {
			return table{}, err
		}
	}
	if _, err := b.pool.Exec(ctx, analyzed); err != nil {
		return table{}, err
	}
	for turn := range explained {
		for i, on := range boards {
			card := on.cards[(turn+1)*len(on.cards)/(explained+2)]
			one, err := b.explainMove(ctx, on, move{card: card, column: on.columns[0], after: on.cards[len(on.cards)-2-turn]})
			if err != nil {
				return table{}, err
			}
			costs[i] = append(costs[i], one)
		}
	}
	return costRows(sizes, costs), nil
}

func costRows(sizes []size, costs [][]cost) table {
	t := table{
		title: "What a move within a column touches",
		head:  []string{"pages of shared buffers", sizes[0].String(), sizes[1].String()},
		notes: []string{fmt.Sprintf("EXPLAIN (ANALYZE, BUFFERS) of the api's own statements by their generic plans, hits and reads, without planning; medians of %d moves behind another card. Target: equal, in six statements at most.", explained)},
	}
	sums := make([]int, len(sizes))
	for n, name := range moveStatements {
		row := []string{name}
		for i, all := range costs {
			pages := median(each(all, func(c cost) int { return c[n] }))
			sums[i] += pages
			row = append(row, fmt.Sprint(pages))
		}
		t.rows = append(t.rows, row)
	}
	sum := []string{fmt.Sprintf("all %d", len(moveStatements))}
	for _, pages := range sums {
		sum = append(sum, fmt.Sprint(pages))
	}
	t.rows = append(t.rows, sum)
	return t
}

var errLookedAt = errors.New("looked at, and taken back")

// explainMove makes a move, counts the pages and takes it back.
func (b *bare) explainMove(ctx context.Context, on *wall, m move) (cost, error) {
	var pages cost
	err := pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		q := query{ctx, tx, b}
		var low, high string
		place := values{"board_id": on.board, "column_id": m.column, "moving": []uuid.UUID{m.card}, "neighbour": m.after}
		if err := q.row("CardGapAfter", place).Scan(&low, &high); err != nil {
			return err
		}
		of := []values{
			{"board_id": on.board, "person_id": b.person, "cards": 0},
			{"board_id": on.board, "id": m.card},
			place,
			{"board_id": on.board, "id": m.card, "column_id": m.column, "rank": low + "V"}, // the middle of a fraction
			b.activity("card_moved", 1, on, m.card, m.column, json.RawMessage("{}"), json.RawMessage("{}")),
		}
		for i, name := range moveStatements {
			touched, err := q.pages(name, of[i])
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			pages = append(pages, touched)
		}
		return errLookedAt
	})
	if !errors.Is(err, errLookedAt) {
		return nil, err
	}
	return pages, nil
}

// pages runs a statement by the plan that serves whatever values come, as the api's connections do after a few of a kind,
// and tells how many pages it touched.
func (q query) pages(name string, v values) (int, error) {
	s := q.statements[name]
	prepare := fmt.Sprintf("SET LOCAL plan_cache_mode = force_generic_plan; PREPARE %s AS %s", name, s.sql)
	if _, err := q.tx.Exec(q.ctx, prepare, pgx.QueryExecModeSimpleProtocol); err != nil {
		return 0, err
	}
	defer func() { _, _ = q.tx.Exec(q.ctx, "DEALLOCATE "+name) }()
	parameters := make([]string, len(s.parameters))
	for i := range parameters {
		parameters[i] = fmt.Sprintf("$%d", i+1)
	}
	execute := fmt.Sprintf("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE %s(%s)", name, strings.Join(parameters, ", "))
	var said []byte
	if err := q.tx.QueryRow(q.ctx, execute, append([]any{pgx.QueryExecModeSimpleProtocol}, s.arguments(v)...)...).Scan(&said); err != nil {
		return 0, err
	}
	var plans []struct {
		Plan struct {
			Hit  int `json:"Shared Hit Blocks"`
			Read int `json:"Shared Read Blocks"`
		}
	}
	if err := json.Unmarshal(said, &plans); err != nil || len(plans) != 1 {
		return 0, fmt.Errorf("an explanation that isn't one: %w", err)
	}
	return plans[0].Plan.Hit + plans[0].Plan.Read, nil
}
