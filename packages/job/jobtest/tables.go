// Package jobtest is for the tests of jobs: databases that have the tables of jobs, and a check that an app's history makes them.
package jobtest

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

// CheckTables fails the test unless the migrations make the tables in the schema that the library wants. When they don't any more
// after an upgrade of the library, a new migration has to follow what the library's own one does.
func CheckTables(t *testing.T, migrations fs.FS, schema string) {
	t.Helper()
	ours := Open(t, pgtest.New(t, migrations, schema))
	library := Open(t, postgres.Config{URL: pgtest.Empty(t), Schema: schema})
	MakeTables(t, library, schema)
	got, want := catalogue(t, ours), catalogue(t, library)
	if len(want) < 40 {
		t.Fatalf("the library made only %q", want)
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("missing: %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("not the library's: %s", line)
		}
	}
}

// MakeTables makes a schema with the tables as the library itself does.
func MakeTables(t *testing.T, pool *pgxpool.Pool, schema string) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), "CREATE SCHEMA "+pgx.Identifier{schema}.Sanitize()); err != nil {
		t.Fatal(err)
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.Migrate(t.Context(), rivermigrate.DirectionUp, nil); err != nil {
		t.Fatal(err)
	}
}

// catalogue lists what a database has of the library's: columns, indexes, constraints, functions and types.
func catalogue(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), `
		SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '')
			FROM information_schema.columns WHERE table_schema = current_schema AND table_name LIKE 'river\_%' AND table_name <> 'river_migration'
		UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema AND tablename LIKE 'river\_%' AND tablename <> 'river_migration'
		UNION SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
			FROM pg_constraint WHERE conrelid::regclass::text LIKE 'river\_%' AND conrelid::regclass::text <> 'river_migration' AND contype <> 'n'
		UNION SELECT 'persistence ' || relname || ' ' || relpersistence::text FROM pg_class WHERE relname LIKE 'river\_%' AND relkind = 'r' AND relname <> 'river_migration'
		UNION SELECT 'function ' || proname || ' ' || pg_get_function_identity_arguments(oid) || ' ' || provolatile::text FROM pg_proc WHERE proname LIKE 'river\_%'
		UNION SELECT 'state ' || row_number() OVER (ORDER BY enumsortorder) || ' ' || enumlabel FROM pg_enum`)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}
