package postgres_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"cardwall/packages/postgres"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// trips counts the round trips that statements make.
type trips struct{ sent int }

func (c *trips) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}
func (c *trips) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (c *trips) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	c.sent++
	return ctx
}
func (c *trips) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (c *trips) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

func TestPipelineAhead(t *testing.T) {
	t.Parallel()
	const byName, all = "SELECT n FROM counter WHERE name = $1", "SELECT count(*) FROM counter"
	for name, test := range map[string]struct {
		do    func(ctx context.Context, p *postgres.Pipeline) ([]int, error)
		want  []int
		trips int // with the commit's
	}{
		"asked as said": {want: []int{7, 0, 2}, trips: 2, do: func(ctx context.Context, p *postgres.Pipeline) ([]int, error) {
			return rowsOf(ctx, p, asked{"SELECT 7", nil}, asked{byName, []any{"zero"}}, asked{all, nil})
		}},
		"asked in another order": {want: []int{7, 2, 0}, trips: 4, do: func(ctx context.Context, p *postgres.Pipeline) ([]int, error) {
			return rowsOf(ctx, p, asked{"SELECT 7", nil}, asked{all, nil}, asked{byName, []any{"zero"}})
		}},
		"asked with another value": {want: []int{7, 0}, trips: 3, do: func(ctx context.Context, p *postgres.Pipeline) ([]int, error) {
			return rowsOf(ctx, p, asked{"SELECT 7", nil}, asked{byName, []any{"nought"}})
		}},
		"not asked": {want: []int{7}, trips: 2, do: func(ctx context.Context, p *postgres.Pipeline) ([]int, error) {
			return rowsOf(ctx, p, asked{"SELECT 7", nil})
		}},
		"asked after a write": {want: []int{7, 5, 3}, trips: 4, do: func(ctx context.Context, p *postgres.Pipeline) ([]int, error) {
			first, err := rowsOf(ctx, p, asked{"SELECT 7", nil})
			_, failed := p.Exec(ctx, "UPDATE counter SET n = 5 WHERE name = 'zero'")
			insert(ctx, p, "a")
			rest, last := rowsOf(ctx, p, asked{byName, []any{"zero"}}, asked{all, nil})
			return append(first, rest...), errors.Join(err, failed, last)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := open(t, 1).Config()
			counted := &trips{}
			config.ConnConfig.Tracer = counted
			pool, err := pgxpool.NewWithConfig(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(pool.Close)
			var got []int
			err = postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
				p.Ahead(func(a postgres.Asker) {
					if err := a.QueryRow(t.Context(), byName, "zero").Scan(new(int)); err == nil {
						t.Error("answered at once")
					}
					_ = a.QueryRow(t.Context(), all)
				})
				var err error
				got, err = test.do(t.Context(), p)
				return err
			})
			if err != nil || !slices.Equal(got, test.want) || counted.sent != test.trips {
				t.Errorf("got %v in %d round trips, %v; want %v in %d", got, counted.sent, err, test.want, test.trips)
			}
		})
	}

	t.Run("many rows, between others", func(t *testing.T) {
		t.Parallel()
		const both = "SELECT name FROM counter ORDER BY name"
		var names []string
		var rest []int
		err := postgres.InPipeline(t.Context(), open(t, 1), func(p *postgres.Pipeline) error {
			p.Ahead(func(a postgres.Asker) {
				if rows, err := a.Query(t.Context(), both); err == nil {
					rows.Close()
					t.Error("answered at once")
				}
				_ = a.QueryRow(t.Context(), all)
			})
			if _, err := rowsOf(t.Context(), p, asked{"SELECT 7", nil}); err != nil {
				return err
			}
			rows, err := p.Query(t.Context(), both)
			if err != nil {
				return err
			}
			if names, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
				return err
			}
			rest, err = rowsOf(t.Context(), p, asked{all, nil})
			return err
		})
		if err != nil || len(names) != 2 || !slices.Equal(rest, []int{2}) {
			t.Errorf("got %q and %v, %v", names, rest, err)
		}
	})

	t.Run("a row that isn't there is no row when it is asked", func(t *testing.T) {
		t.Parallel()
		err := postgres.InPipeline(t.Context(), open(t, 1), func(p *postgres.Pipeline) error {
			p.Ahead(func(a postgres.Asker) { _ = a.QueryRow(t.Context(), byName, "nobody") })
			if _, err := rowsOf(t.Context(), p, asked{"SELECT 7", nil}); err != nil {
				return err
			}
			_, err := rowsOf(t.Context(), p, asked{byName, []any{"nobody"}})
			return err
		})
		if !errors.Is(err, pgx.ErrNoRows) {
			t.Errorf("got %v", err)
		}
	})

	t.Run("what is wrong with a query that isn't asked comes out with what is sent next", func(t *testing.T) {
		t.Parallel()
		pool := open(t, 1)
		err := postgres.InPipeline(t.Context(), pool, func(p *postgres.Pipeline) error {
			p.Ahead(func(a postgres.Asker) { _ = a.QueryRow(t.Context(), "SELECT 1/0") })
			_, err := rowsOf(t.Context(), p, asked{"SELECT 7", nil})
			return err
		})
		var reply *pgconn.PgError
		if !errors.As(err, &reply) || reply.Code != "22012" || pool.Stat().AcquiredConns() != 0 {
			t.Errorf("got %v", err)
		}
	})
}

// asked is a query of a number.
type asked struct {
	sql  string
	args []any
}

// rowsOf asks for a number each.
func rowsOf(ctx context.Context, p *postgres.Pipeline, queries ...asked) ([]int, error) {
	var all []int
	for _, q := range queries {
		var n int
		if err := p.QueryRow(ctx, q.sql, q.args...).Scan(&n); err != nil {
			return all, err
		}
		all = append(all, n)
	}
	return all, nil
}
