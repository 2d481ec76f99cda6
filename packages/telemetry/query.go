package telemetry

import "strings"

// queryName is what sqlc wrote above a statement, such as "CardMove" of "-- name: CardMove :one"; else its first word,
// such as "begin".
func queryName(sql string) string {
	if named, ok := strings.CutPrefix(sql, "-- name: "); ok {
		name, _, _ := strings.Cut(named, " ")
		return name
	}
	word, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	return strings.ToLower(strings.TrimRight(word, ";"))
}
