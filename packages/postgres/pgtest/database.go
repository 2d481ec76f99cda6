package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"cardwall/packages/postgres"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// setUpWithin bounds making a database, and dropping it.
const setUpWithin = time.Minute

// create makes a database from what template names, and drops it when the test ends.
func create(t testing.TB, template func(context.Context, *pgx.Conn) (string, error)) string {
	t.Helper()
	admin := Server(t)
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	url, err := WithDatabase(admin, name)
	if err != nil {
		t.Fatalf("pgtest: the server's URL: %v", err)
	}
	onServer(t, admin, func(ctx context.Context, conn *pgx.Conn) error {
		from, err := template(ctx, conn)
		if err != nil {
			return fmt.Errorf("make the template: %w", err)
		}
		// Copying files beats writing the copy to the log threefold when the files are in memory.
		_, err = conn.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", quote(name), quote(from)))
		return err
	})
	t.Cleanup(func() { drop(t, admin, name) })
	return url
}

func drop(t testing.TB, admin, name string) {
	t.Helper()
	onServer(t, admin, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, fmt.Sprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", quote(name)))
		return err
	})
}

// onServer doesn't use the test's own context, which has ended when databases are dropped.
func onServer(t testing.TB, admin string, do func(context.Context, *pgx.Conn) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), setUpWithin)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		t.Fatalf("pgtest: reach the server: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if err := do(ctx, conn); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
}

// ensureTemplate makes the migrated database that tests copy, once for each set of migrations, however
// many test processes ask for it at the same time. It is migrated under another name and renamed at the
// end, so that a run that was interrupted leaves no half a template.
func ensureTemplate(ctx context.Context, conn *pgx.Conn, admin string, migrations fs.FS, schema string) (string, error) {
	sum, err := fingerprint(migrations, schema)
	if err != nil {
		return "", err
	}
	name := "template_" + sum
	if exists, err := hasDatabase(ctx, conn, name); err != nil || exists {
		return name, err
	}
	// The lock goes with the connection.
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", name); err != nil {
		return "", err
	}
	if exists, err := hasDatabase(ctx, conn, name); err != nil || exists {
		return name, err
	}
	return name, makeTemplate(ctx, conn, admin, name, migrations, schema)
}

func makeTemplate(ctx context.Context, conn *pgx.Conn, admin, name string, migrations fs.FS, schema string) error {
	draft := name + "_draft"
	for _, sql := range []string{"DROP DATABASE IF EXISTS %s WITH (FORCE)", "CREATE DATABASE %s TEMPLATE template0"} {
		if _, err := conn.Exec(ctx, fmt.Sprintf(sql, quote(draft))); err != nil {
			return err
		}
	}
	url, err := WithDatabase(admin, draft)
	if err != nil {
		return err
	}
	if _, err := postgres.Migrate(ctx, postgres.Config{URL: url, Schema: schema}, migrations); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("ALTER DATABASE %s RENAME TO %s", quote(draft), quote(name)))
	return err
}

func hasDatabase(ctx context.Context, conn *pgx.Conn, name string) (exists bool, err error) {
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	return exists, err
}

// fingerprint tells one set of migrations from another by the names and contents of its files.
func fingerprint(migrations fs.FS, schema string) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q\n", schema)
	err := fs.WalkDir(migrations, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(migrations, path)
		fmt.Fprintf(hash, "%q %q\n", path, content)
		return err
	})
	return hex.EncodeToString(hash.Sum(nil)[:10]), err
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
