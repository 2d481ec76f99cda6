package pgserver_test

import (
	"testing"

	"cardwall/packages/postgres/pgserver"
)

func TestFetchedProgramsServe(t *testing.T) {
	t.Parallel()
	folder := folder(t)
	binDir, err := pgserver.Fetch(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	server := start(t, pgserver.Options{BinDir: binDir})
	if got := ask(t, server.URL("postgres", "postgres"), "SELECT upper('ä')"); got != "Ä" {
		t.Errorf("got %q", got)
	}
	again, err := pgserver.Fetch(t.Context(), folder)
	if err != nil || again != binDir {
		t.Errorf("the second time: %q, %v", again, err)
	}
}
