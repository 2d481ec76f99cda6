package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Pipeline is a transaction that takes as few round trips as it can. What has no result waits, and travels with
// the next statement that has one, or with the commit; what is wrong with it comes out there. It is for one
// goroutine, and a result must be read to its end before the next statement.
type Pipeline struct {
	conn    *pgxpool.Conn
	waiting *pgx.Batch
}

// InPipeline runs fn in a transaction and commits it when fn returns nil, as [InTx] does with the server's
// default isolation: retries, rollback and errors are the same.
func InPipeline(ctx context.Context, pool *pgxpool.Pool, fn func(*Pipeline) error) error {
	return retry(ctx, func() error { return pipe(ctx, pool, fn) })
}

func pipe(ctx context.Context, pool *pgxpool.Pool, fn func(*Pipeline) error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	p := &Pipeline{conn: conn, waiting: &pgx.Batch{}}
	p.waiting.Queue("begin")
	defer p.rollback(ctx)
	if err := fn(p); err != nil {
		return err
	}
	return p.commit(ctx)
}

// Exec takes a statement whose result nobody asks for: the tag is always empty, and an error that the server
// has with it is returned by what is sent next.
func (p *Pipeline) Exec(_ context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	p.waiting.Queue(sql, args...)
	return pgconn.CommandTag{}, nil
}

// Query sends what waits and then the statement, in one round trip.
func (p *Pipeline) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	results, err := p.send(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	rows, err := results.Query()
	return &lastRows{Rows: rows, results: results}, err
}

// QueryRow is Query for one row.
func (p *Pipeline) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	results, err := p.send(ctx, sql, args...)
	return lastRow{results: results, err: err}
}

// send returns the results of the last statement, those before it being done.
func (p *Pipeline) send(ctx context.Context, sql string, args ...any) (pgx.BatchResults, error) {
	batch := p.waiting
	p.waiting = &pgx.Batch{}
	batch.Queue(sql, args...)
	results := p.conn.SendBatch(ctx, batch)
	for range batch.Len() - 1 {
		if _, err := results.Exec(); err != nil {
			_ = results.Close() // says the same once more
			return nil, err
		}
	}
	return results, nil
}

func (p *Pipeline) commit(ctx context.Context) error {
	results, err := p.send(ctx, "commit")
	if err != nil {
		return err
	}
	tag, err := results.Exec()
	if closed := results.Close(); err == nil {
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
	if conn := p.conn.Conn().PgConn(); conn.IsClosed() || conn.TxStatus() == idle {
		return
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTimeout)
	defer cancel()
	// What fails here has no transaction left: the pool drops a connection that isn't clean.
	_, _ = p.conn.Exec(within, "rollback")
}

// lastRows ends its round trip when it is closed.
type lastRows struct {
	pgx.Rows
	results pgx.BatchResults
}

func (r *lastRows) Close() {
	r.Rows.Close()
	_ = r.results.Close() // what the statement did wrong, Err tells
}

type lastRow struct {
	results pgx.BatchResults
	err     error
}

func (r lastRow) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	err := r.results.QueryRow().Scan(into...)
	if closed := r.results.Close(); err == nil {
		err = closed
	}
	return err
}
