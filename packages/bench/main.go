// Command bench measures Cardwall on this machine and prints a Markdown table: what `task bench` runs,
// from the root of the workspace.
//
// It measures both apps as they are deployed (.bin/api and .bin/web) on the Postgres that TEST_DATABASE_URL names, in
// databases of its own: how soon they are ready, how big they are, how soon a developer sees the first page, how fast
// boards are read and cards created and moved, whether boards of thousands of cards are as quick as small ones, what
// their pages are in a browser, how soon the palette answers there, how fast cards are found, how soon those who look on at
// a board are told, by one of each app and by two, and see it, how a request fares in web's proxy beside a bare one, how fast people sign in and what that takes, how
// fast their sessions are found, and how fast tokens are minted and verified. The work on boards goes three ways side by
// side: through the whole chain as a browser would, directly at the api, and as the same SQL without any app around it,
// which is the limit. An answer that isn't the expected one ends the measurement.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// part is one thing that is measured.
type part struct {
	name    string
	measure func(*bench, context.Context) ([]table, error)
}

// parts are what can be measured alone, in the tables' order.
var parts = []part{
	{"start", (*bench).starts},
	{"first-page", (*bench).firstPages},
	{"load", (*bench).load},
	{"board", (*bench).boards},
	{"page", (*bench).boardPages},
	{"palette", (*bench).palettes},
	{"search", (*bench).searches},
	{"undo", (*bench).undos},
	{"live", (*bench).lives},
	{"painted", (*bench).paint},
	{"replicas", (*bench).replicas},
	{"proxy", (*bench).proxies},
	{"sign-in", (*bench).signIns},
	{"sessions", (*bench).sessions},
	{"tokens", (*bench).tokens},
}

// options say what to measure and how long.
type options struct {
	rounds int
	cell   time.Duration
	cold   bool
	only   string
}

func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "stand" {
		return report(runStand(ctx, args[1:]), stderr)
	}
	o, err := readOptions(args, stderr)
	if err != nil {
		return 2
	}
	return report(measure(ctx, o, environ, stdout, stderr), stderr)
}

// report turns an error into a message and an exit code.
func report(err error, stderr io.Writer) int {
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

func readOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	names := each(parts, func(p part) string { return p.name })
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.rounds, "rounds", 5, "how often each thing is measured; the table has the medians")
	flags.DurationVar(&o.cell, "cell", 2*time.Second, "how long each cell of the load is measured in each round")
	flags.BoolVar(&o.cold, "cold", false, "begin with an empty build cache for the first page: this takes minutes")
	flags.StringVar(&o.only, "only", "", "measure this part alone: "+strings.Join(names, ", "))
	err := flags.Parse(args)
	if err == nil && (flags.NArg() > 0 || o.only != "" && !slices.Contains(names, o.only)) {
		flags.Usage()
		err = errors.New("arguments that mean nothing")
	}
	return o, err
}

// measure runs the parts one after the other and prints what came out.
func measure(ctx context.Context, o options, environ []string, stdout, stderr io.Writer) error {
	server := newServer(environ)
	facts, err := machine(ctx, server)
	if err != nil {
		return err
	}
	b := &bench{options: o, environ: environ, server: server, progress: stderr}
	tables := []table{facts}
	for _, part := range parts {
		if o.only != "" && o.only != part.name {
			continue
		}
		measured, err := part.measure(b, ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		tables = append(tables, measured...)
	}
	for _, t := range tables {
		t.print(stdout)
	}
	return nil
}

// bench is what all parts share.
type bench struct {
	options
	environ  []string
	server   server
	progress io.Writer
}

func (b *bench) say(format string, args ...any) {
	_, _ = fmt.Fprintf(b.progress, format+"\n", args...)
}
