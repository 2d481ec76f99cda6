package pgserver_test

import (
	"errors"
	"path/filepath"
	"testing"

	"cardwall/packages/postgres/pgserver"
)

// These two change the environment, so they can't run in parallel.

func TestFindTakesWhatIsNamed(t *testing.T) {
	binDir, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PG_BIN", binDir)
	if got, err := pgserver.Find(); got != binDir || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	t.Setenv("PG_BIN", filepath.Join(t.TempDir(), "nothing"))
	if got, err := pgserver.Find(); err == nil || errors.Is(err, pgserver.ErrNotFound) {
		t.Errorf("got %q, %v; want a word about PG_BIN", got, err)
	}
}

func TestFindLooksBeyondThePath(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	binDir, err := pgserver.Find()
	if err != nil && !errors.Is(err, pgserver.ErrNotFound) {
		t.Errorf("got %q, %v", binDir, err)
	}
}
