package postgres

import (
	"context"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Pipeline is a transaction that takes as few round trips as it can. What has no result waits, and travels with
// the next statement that has one, or with the commit; what is wrong with it comes out there. What will be asked
// soon can be said beforehand, see [Pipeline.Ahead]. It is for one goroutine, and a result must be read to its end before the
// next statement.
type Pipeline struct {
	conn    *pgxpool.Conn
	waiting *pgx.Batch
	ahead   []query          // to be sent along with the next statement
	results pgx.BatchResults // of the last round trip, while there is anything left in it
	unread  []query          // whose answers are in there
}

// query is a statement that has a result.
type query struct {
	sql  string
	args []any
}

// InPipeline runs fn in a transaction and commits it when fn returns nil, as [InTx] does with the server's
// default isolation: retries, rollback and errors are the same.
func InPipeline(ctx context.Context, pool *pgxpool.Pool, fn func(*Pipeline) error) error {
	return retry(ctx, func() error { return pipe(ctx, pool, "begin", fn) })
}

// InSnapshot is InPipeline for reads that must agree with each other.
func InSnapshot(ctx context.Context, pool *pgxpool.Pool, fn func(*Pipeline) error) error {
	return retry(ctx, func() error { return pipe(ctx, pool, "begin isolation level repeatable read read only", fn) })
}

func pipe(ctx context.Context, pool *pgxpool.Pool, begin string, fn func(*Pipeline) error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	p := newPipeline(conn)
	p.waiting.Queue(begin)
	defer p.rollback(ctx)
	if err := fn(p); err != nil {
		return err
	}
	return p.commit(ctx)
}

func newPipeline(conn *pgxpool.Conn) *Pipeline { return &Pipeline{conn: conn, waiting: &pgx.Batch{}} }

// Exec takes a statement whose result nobody asks for: the tag is always empty, and an error that the server
// has with it is returned by what is sent next.
func (p *Pipeline) Exec(_ context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	p.waiting.Queue(sql, args...)
	return pgconn.CommandTag{}, p.finish() // what was read ahead may not be so any more
}

// Query sends what waits and then the statement, in one round trip.
func (p *Pipeline) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if err := p.ask(ctx, sql, args); err != nil {
		return nil, err
	}
	rows, err := p.results.Query()
	return &lastRows{Rows: rows, of: p}, err
}

// QueryRow is Query for one row.
func (p *Pipeline) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return lastRow{of: p, err: p.ask(ctx, sql, args)}
}

// ask sees to it that the next of the results is the statement's.
func (p *Pipeline) ask(ctx context.Context, sql string, args []any) error {
	asked := query{sql, args}
	if len(p.unread) > 0 && reflect.DeepEqual(p.unread[0], asked) {
		p.unread = p.unread[1:]
		return nil
	}
	return p.send(ctx, asked)
}

// send sends what waits, the statement, and what is to be read ahead.
func (p *Pipeline) send(ctx context.Context, last query) error {
	if err := p.finish(); err != nil {
		return err
	}
	batch, before := p.waiting, p.waiting.Len()
	p.waiting, p.unread, p.ahead = &pgx.Batch{}, p.ahead, nil
	for _, each := range append([]query{last}, p.unread...) {
		batch.Queue(each.sql, each.args...)
	}
	p.results = p.conn.SendBatch(ctx, batch)
	for range before {
		if _, err := p.results.Exec(); err != nil {
			_ = p.finish() // says the same once more
			return err
		}
	}
	return nil
}

// read ends the reading of a result, and with the last one the round trip.
func (p *Pipeline) read() error {
	if len(p.unread) > 0 {
		return nil
	}
	return p.finish()
}

// finish ends the round trip, whatever is left unread.
func (p *Pipeline) finish() error {
	results := p.results
	if results == nil {
		return nil
	}
	p.results, p.unread = nil, nil
	return results.Close()
}

func (p *Pipeline) commit(ctx context.Context) error {
	if err := p.send(ctx, query{sql: "commit"}); err != nil {
		return err
	}
	tag, err := p.results.Exec()
	if closed := p.finish(); err == nil {
		err = closed
	}
	if err == nil && tag.String() == "ROLLBACK" { // a statement had failed, and fn went on all the same
		return pgx.ErrTxCommitRollback
	}
	return err
}

// rollback ends what the server still has open, also when the request is gone.
func (p *Pipeline) rollback(ctx context.Context) {
	const idle = 'I'
	_ = p.finish() // fn knows what it needed of it
	if conn := p.conn.Conn().PgConn(); conn.IsClosed() || conn.TxStatus() == idle {
		return
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTimeout)
	defer cancel()
	// What fails here has no transaction left: the pool drops a connection that isn't clean.
	_, _ = p.conn.Exec(within, "rollback")
}

// lastRows may end its round trip when it is closed.
type lastRows struct {
	pgx.Rows
	of *Pipeline
}

func (r *lastRows) Close() {
	r.Rows.Close()
	_ = r.of.read() // what the statement did wrong, Err tells
}

type lastRow struct {
	of  *Pipeline
	err error
}

func (r lastRow) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	err := r.of.results.QueryRow().Scan(into...)
	if closed := r.of.read(); err == nil {
		err = closed
	}
	return err
}
