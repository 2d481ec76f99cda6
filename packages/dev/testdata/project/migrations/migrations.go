// Package migrations is built into the program.
package migrations

import _ "embed"

// First is edited by the tests.
//
//go:embed kanban/00001_first.sql
var First string
