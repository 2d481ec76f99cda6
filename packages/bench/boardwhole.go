package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// flaws are what changes at once could leave behind on a board, each as the query that counts it.
var flaws = []struct{ name, sql string }{
	{"places with two cards", `SELECT count(*) FROM (
		SELECT FROM cards WHERE archived_at IS NULL AND deleted_at IS NULL GROUP BY board_id, column_id, rank HAVING count(*) > 1) taken`},
	{"boards where a number is missing or there twice", `SELECT count(*) FROM board_seq s WHERE s.last_number <> (
		SELECT count(DISTINCT k.number) FROM cards k WHERE k.board_id = s.board_id AND k.number BETWEEN 1 AND s.last_number)`},
	{"boards whose activity has a gap", `SELECT count(*) FROM board_seq s WHERE s.seq <> (
		SELECT count(*) FROM activity a WHERE a.board_id = s.board_id AND a.seq BETWEEN 1 AND s.seq)`},
}

// wholeTable looks at what is left of the boards. A request that failed has ended the measurement before.
func (b *bench) wholeTable(ctx context.Context, pool *pgxpool.Pool) (table, error) {
	var boards, changes int
	err := pool.QueryRow(ctx, "SELECT count(*), coalesce(sum(seq), 0)::bigint FROM board_seq").Scan(&boards, &changes)
	t := table{title: "The boards afterwards", head: []string{"", ""}, rows: [][]string{{"boards", fmt.Sprint(boards)}, {"changes", fmt.Sprint(changes)}, {"requests that failed", "0"}}}
	for _, flaw := range flaws {
		var n int
		if err == nil {
			err = pool.QueryRow(ctx, flaw.sql).Scan(&n)
		}
		t.rows = append(t.rows, []string{flaw.name, fmt.Sprint(n)})
	}
	return t, err
}
