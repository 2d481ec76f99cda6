// Command web is what a browser talks to: sign-in, sessions, pages, and the way to the api.
package main

import (
	"context"
	"io"
	"os"

	"cardwall/packages/httpserver"
	"cardwall/packages/process"
)

func main() {
	os.Exit(process.Main(os.Args, os.Environ(), os.Stdout, os.Stderr,
		process.Command{Name: "", Help: "migrate the database, then serve", Run: serve},
		process.Command{Name: "migrate", Help: "migrate the database and stop", Run: migrateOnly},
		process.Command{Name: "people invite", Takes: "EMAIL", Help: "mail somebody an invitation, for when SIGN_UP is invite", RunWith: invite},
		process.Command{Name: "keys list", Help: "list the keys that sign tokens", Run: keysList},
		process.Command{Name: "keys rotate", Help: "make the next key now, and say when it signs", Run: keysRotate},
		process.Command{Name: "people disable", Takes: "EMAIL|ID", Help: "shut a person out and end their sessions", RunWith: disable},
		process.Command{Name: "people enable", Takes: "EMAIL|ID", Help: "let a person in again", RunWith: enable},
		process.Command{Name: "health", Help: "exit with 0 if web at WEB_ADDR is ready", Run: health},
	))
}

func migrateOnly(ctx context.Context, environ map[string]string, out io.Writer) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	return migrate(ctx, config, process.NewLog(out, config.LogLevel, config.LogFormat))
}

func health(ctx context.Context, environ map[string]string, _ io.Writer) error {
	addr := environ["WEB_ADDR"]
	if addr == "" {
		addr = defaultAddr
	}
	return httpserver.Probe(ctx, addr)
}
