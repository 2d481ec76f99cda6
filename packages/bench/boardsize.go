package main

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// size is how large a board is.
type size struct{ columns, cards int } // cards of each column

// The sizes that are compared, at the api and as pages: 5,000 cards in long columns, in many and in one, beside usual
// boards.
var (
	small     = size{4, 25}
	usual     = size{5, 20}
	large     = size{8, 625}
	wide      = size{250, 20}
	shortList = size{1, 50}
	longList  = size{1, 5000}
)

// all is how many cards there are on the board.
func (s size) all() int { return s.columns * s.cards }

func (s size) String() string { return fmt.Sprintf("%d × %d", s.columns, s.cards) }

// analyzed is what Postgres does by itself within minutes of much that was written.
const analyzed = "VACUUM (ANALYZE) cards, columns, boards, board_seq, members, activity"

// putSized puts up a board of any size within a moment, past the api: plain cards, of somebody whom the api knows
// already.
func putSized(ctx context.Context, pool *pgxpool.Pool, owner uuid.UUID, s size) (*wall, error) {
	board, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	put := &wall{board: board}
	var columns, cards [][]any
	for i := range s.columns {
		column := uuid.Must(uuid.NewV7())
		put.columns = append(put.columns, column)
		columns = append(columns, []any{board, column, fmt.Sprintf("Column %d", i+1), apiRank(i), owner})
		for j := range s.cards {
			card, number := uuid.Must(uuid.NewV7()), len(cards)+1
			put.cards, put.at = append(put.cards, card), append(put.at, i)
			cards = append(cards, []any{board, card, number, column, apiRank(j), fmt.Sprintf("Card number %d of the wall", number), owner})
		}
	}
	return put, pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		for _, t := range []struct {
			name    string
			columns []string
			rows    [][]any
		}{
			{"boards", []string{"id", "title", "created_by"}, [][]any{{board, "A board of " + s.String(), owner}}},
			{"board_seq", []string{"board_id", "last_number"}, [][]any{{board, len(cards)}}},
			{"members", []string{"board_id", "person_id", "role"}, [][]any{{board, owner, "owner"}}},
			{"columns", []string{"board_id", "id", "title", "rank", "created_by"}, columns},
			{"cards", []string{"board_id", "id", "number", "column_id", "rank", "title", "created_by"}, cards},
		} {
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
		}
		return nil
	})
}

// apiRank is the nth rank as the api writes whole ones, of three digits; it goes on from there.
func apiRank(n int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	const base = len(digits)
	return string([]byte{'c', digits[n/base/base], digits[n/base%base], digits[n%base]})
}
