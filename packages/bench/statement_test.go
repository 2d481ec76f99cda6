package main

import (
	"slices"
	"testing"
)

func TestStatements(t *testing.T) {
	t.Parallel()
	all := statements{}
	all.add(`-- name: CardMove :exec
UPDATE cards SET rank = @rank WHERE board_id = @board_id AND id = @id;

-- name: Twice :one
-- Why it is so.
SELECT @after::uuid, @id, sqlc.narg('after')::uuid;

-- name: Embedded :one
SELECT sqlc.embed(cards), 1 FROM cards;
`)
	if len(all) != 3 {
		t.Fatalf("got %v", all)
	}
	move := all["CardMove"]
	if want := "\nUPDATE cards SET rank = $1 WHERE board_id = $2 AND id = $3;\n\n"; move.sql != want {
		t.Errorf("got %q, want %q", move.sql, want)
	}
	got := move.arguments(map[string]any{"id": 7, "board_id": 8, "rank": "a0", "more": nil})
	if want := []any{"a0", 8, 7}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	twice := all["Twice"]
	if want := "\n-- Why it is so.\nSELECT $1::uuid, $2, $1::uuid;\n\n"; twice.sql != want {
		t.Errorf("got %q, want %q", twice.sql, want)
	}
	if got, want := all["Embedded"].sql, "\nSELECT cards.*, 1 FROM cards;\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
