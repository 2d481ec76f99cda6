package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/multitracer"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	pgxuuid "github.com/vgarvardt/pgx-google-uuid/v5"
)

const (
	defaultMaxConns = 8
	maxIdleTime     = 5 * time.Minute
	maxLifetime     = time.Hour
)

// Open makes the pool without waiting for the server: an app starts while its database is away, and
// works within seconds of the database's return. Every way of using the pool waits at most two
// seconds for a connection; [Error] turns the failure into an Unavailable. The error says that the
// configuration can't be read, and never shows the URL's password.
func Open(ctx context.Context, c Config) (*pgxpool.Pool, error) {
	config, err := c.parse()
	if err != nil {
		return nil, err
	}
	if !strings.Contains(c.URL, "pool_max_conns") {
		config.MaxConns = defaultMaxConns
	}
	if c.MaxConns > 0 {
		config.MaxConns = c.MaxConns
	}
	config.MaxConnIdleTime = maxIdleTime
	config.MaxConnLifetime = maxLifetime
	config.MaxConnLifetimeJitter = maxLifetime / 10
	config.PingTimeout = pingTimeout
	config.ConnConfig.Tracer = limit{}
	if c.Tracer != nil {
		config.ConnConfig.Tracer = multitracer.New(c.Tracer, limit{}) // the limit has the last word about the context
	}
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		registerUUID(conn.TypeMap())
		return nil
	}
	unlessSet(config.ConnConfig.RuntimeParams, "lock_timeout", lockTimeout)

	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("postgres: open the pool: %w", err)
	}
	return pool, nil
}

// registerUUID has ids travel as 16 bytes instead of text. Where no statement is prepared (default_query_exec_mode=exec
// or simple_protocol), the server doesn't tell of which types the parameters are: then it goes by what they are here.
func registerUUID(types *pgtype.Map) {
	pgxuuid.Register(types)
	types.RegisterDefaultPgType(uuid.UUID{}, "uuid")
	types.RegisterDefaultPgType(&uuid.UUID{}, "uuid")
	types.RegisterDefaultPgType([]uuid.UUID{}, "_uuid")
}

// Check reports whether the database answers, within a second: what readiness asks. The error is an
// Unavailable.
func Check(ctx context.Context, pool *pgxpool.Pool) error {
	within, cancel := context.WithTimeoutCause(ctx, checkTimeout, errNoAnswer)
	defer cancel()
	err := pool.Ping(within)
	if err != nil && errors.Is(context.Cause(within), errNoAnswer) {
		return away(errNoAnswer)
	}
	return Error(err)
}

func quoteIdentifier(name string) string {
	return pgx.Identifier{name}.Sanitize()
}
