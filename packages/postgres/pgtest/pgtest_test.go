package pgtest_test

import (
	"context"
	"testing"
	"testing/fstest"

	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

var thing = fstest.MapFS{"00001_thing.sql": {Data: []byte("-- +goose Up\nCREATE TABLE thing (id int PRIMARY KEY);\n")}}

func TestEachTestHasItsOwnMigratedDatabase(t *testing.T) {
	t.Parallel()
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			pool, err := postgres.Open(t.Context(), pgtest.New(t, thing, "shelf"))
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			// A second insert of the same key would fail, were the database shared.
			if _, err := pool.Exec(t.Context(), "INSERT INTO shelf.thing VALUES (1)"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestADatabaseIsDroppedWithItsTest(t *testing.T) {
	t.Parallel()
	var config postgres.Config
	t.Run("", func(t *testing.T) { config = pgtest.New(t, thing, "shelf") })
	pool, err := postgres.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := pool.Ping(context.Background()); err == nil {
		t.Error("it is still there")
	}
}

func TestOtherMigrationsGetAnotherTemplate(t *testing.T) {
	t.Parallel()
	other := fstest.MapFS{"00001_thing.sql": {Data: []byte("-- +goose Up\nCREATE TABLE other (id int);\n")}}
	for table, migrations := range map[string]fstest.MapFS{"thing": thing, "other": other} {
		pool, err := postgres.Open(t.Context(), pgtest.New(t, migrations, "shelf"))
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		if _, err := pool.Exec(t.Context(), "SELECT FROM "+table); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	pgtest.New(b, thing, "shelf")
	for b.Loop() {
		pgtest.New(b, thing, "shelf")
	}
}
