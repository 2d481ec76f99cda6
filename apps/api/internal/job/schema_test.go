package job_test

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"cardwall/migrations"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

// When this fails after an upgrade of the library, a new migration has to follow what the library's own one does.
func TestTablesAreThoseThatTheLibraryWants(t *testing.T) {
	t.Parallel()
	ours := open(t, pgtest.New(t, migrations.Kanban, "kanban"))
	library := open(t, pg.Config{URL: pgtest.Empty(t), Schema: "kanban"})
	if _, err := library.Exec(t.Context(), "CREATE SCHEMA kanban"); err != nil {
		t.Fatal(err)
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(library), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrator.Migrate(t.Context(), rivermigrate.DirectionUp, nil); err != nil {
		t.Fatal(err)
	}
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

// catalogue lists what a database has of the library's: columns, indexes, constraints, functions and types.
func catalogue(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), `
		SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '')
			FROM information_schema.columns WHERE table_schema = 'kanban' AND table_name LIKE 'river\_%' AND table_name <> 'river_migration'
		UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'kanban' AND tablename LIKE 'river\_%' AND tablename <> 'river_migration'
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

func open(t *testing.T, database pg.Config) *pgxpool.Pool {
	t.Helper()
	pool, err := pg.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}
