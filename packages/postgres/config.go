package postgres

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Config says which database and which schema an app works in.
type Config struct {
	// URL names the server, role and database: postgres://role:password@host:5432/database.
	// Settings of the session and the pool that it carries (statement_timeout, pool_max_conns …) win over
	// the defaults here. When it leads to a pooler in transaction mode, the pooler must hand through search_path
	// (PgBouncer: ignore_startup_parameters and a role whose search_path is the schema) and keep
	// prepared statements apart (PgBouncer 1.21 and later), or the URL must say
	// default_query_exec_mode=exec; Migrate and LISTEN need an URL that goes round it.
	URL string
	// Schema is the app's own; every unqualified name is looked up there and nowhere else.
	Schema string
	// MaxConns bounds the pool; 0 means 8. One board's changes wait for one row, so more connections
	// make a busy board slower, not faster.
	MaxConns int32
	// Tracer hears of every statement; nil: nobody does.
	Tracer pgx.QueryTracer
}

// How long the pool waits before it gives up.
const (
	connectTimeout = 2 * time.Second // for a new connection, hand-shake included
	acquireTimeout = 2 * time.Second // for a connection of the pool, be it busy or unreachable
	pingTimeout    = time.Second     // for a sign of life of a connection that was idle
	checkTimeout   = time.Second     // for the answer to Check
)

// runtimeParams are settings of every session, unless the URL has others. A statement that runs for
// half a minute or a transaction that sleeps for seconds is a mistake, which must not hold locks for ever.
var runtimeParams = map[string]string{
	"application_name":                    "cardwall",
	"statement_timeout":                   "30s",
	"idle_in_transaction_session_timeout": "5s",
	"timezone":                            "UTC",
}

// lockTimeout bounds how long a statement of the pool waits for somebody else's lock. A migration has no such
// bound: an app that can't start is worse than one that starts late.
const lockTimeout = "2s"

// unlessSet gives a session's setting its default.
func unlessSet(params map[string]string, name, value string) {
	if _, set := params[name]; !set {
		params[name] = value
	}
}

func (c Config) parse() (*pgxpool.Config, error) {
	if c.URL == "" || c.Schema == "" {
		return nil, errors.New("postgres: both the URL and the schema must be named")
	}
	config, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("postgres: the database URL can't be read: %w", err)
	}
	conn := config.ConnConfig
	for name, value := range runtimeParams {
		unlessSet(conn.RuntimeParams, name, value)
	}
	conn.RuntimeParams["search_path"] = quoteIdentifier(c.Schema)
	conn.ConnectTimeout = connectTimeout
	// Probes tell a peer that vanished without a word (a pulled cable, a dropped route) within seconds.
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3,
	}}
	conn.DialFunc = dialer.DialContext
	return config, nil
}
