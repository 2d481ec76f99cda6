package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

var errAhead = errors.New("postgres: asked ahead, so there is no answer yet")

// Ahead takes the queries that ask makes, in their order, and has them travel along with the next
// statement that is sent, behind it. Each of them asked again, in that order and word for word, has its answer then without a
// round trip of its own. Anything else in between, and every statement that writes, makes the pipeline forget those answers
// and ask anew. What ask is given answers every query with an error.
func (p *Pipeline) Ahead(ask func(Asker)) {
	ask(Asker{p})
}

// Asker notes queries for later.
type Asker struct{ p *Pipeline }

// Exec refuses: only what reads can be asked ahead.
func (a Asker) Exec(context.Context, string, ...any) (pgconn.CommandTag, error) {
	return pgconn.CommandTag{}, errAhead
}

// Query notes the query.
func (a Asker) Query(_ context.Context, sql string, args ...any) (pgx.Rows, error) {
	a.p.ahead = append(a.p.ahead, query{sql, args})
	return nil, errAhead
}

// QueryRow notes the query.
func (a Asker) QueryRow(_ context.Context, sql string, args ...any) pgx.Row {
	a.p.ahead = append(a.p.ahead, query{sql, args})
	return lastRow{err: errAhead}
}
