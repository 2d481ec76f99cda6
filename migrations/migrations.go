// Package migrations holds the history of both schemas as goose files, built into the apps: what
// apps/web applies to schema auth and apps/api to schema kanban when they start. A release only adds
// to a table; the next one removes what nobody reads any more.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed auth/*.sql kanban/*.sql
var files embed.FS

// Auth has web's files at its root, Kanban the api's.
var (
	Auth   = folder("auth")
	Kanban = folder("kanban")
)

// folder can't fail: the names are valid paths, which is all that Sub looks at.
func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic(err)
	}
	return sub
}
