package postgres

import (
	"context"

	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// looks lets searches and filters come in the order in which they were asked for, a few at a time. All at once they would
// share the processors, and each would end as late as the last; and no connection would be left to those who read and change.
type looks chan struct{}

// Three of eight connections of the pool may look through many texts at once, for a search or a filter; two at least.
func newLooks(connections int32) looks { return make(looks, max(2, connections*3/8)) }

// look is a snapshot for what takes the database milliseconds, when it is its turn. Who waits holds no connection.
func (s *Store) look(ctx context.Context, fn func(*postgres.Pipeline, *dbgen.Queries) error) error {
	select {
	case s.looks <- struct{}{}:
		defer func() { <-s.looks }()
		return postgres.InSnapshot(ctx, s.pool, func(p *postgres.Pipeline) error { return fn(p, dbgen.New(p)) })
	case <-ctx.Done():
		return postgres.Error(ctx.Err())
	}
}
