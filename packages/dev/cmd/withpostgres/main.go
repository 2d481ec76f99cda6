// Command withpostgres runs a command with a private Postgres in memory beside it, whose superuser's
// URL is in TEST_DATABASE_URL:
//
//	withpostgres -- go test ./...
//
// So all test processes share one server. One that TEST_DATABASE_URL names already is used instead.
// With -durable the server keeps its data on disk, as safely as a real one, which is what to measure
// against. The exit code is the command's.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"cardwall/packages/dev"
	"cardwall/packages/postgres/pgserver"
	"cardwall/packages/postgres/pgserver/leash"
)

func main() {
	os.Exit(run(os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

func run(args, environ []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("withpostgres", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { _, _ = fmt.Fprintln(stderr, "Usage: withpostgres [-durable] -- command [argument …]") }
	durable := flags.Bool("durable", false, "keep the data on disk, as safely as a real server")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return 2
	}
	code, err := within(flags.Args(), environ, *durable, stdout, stderr)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
	}
	return code
}

func within(args, environ []string, durable bool, stdout, stderr io.Writer) (int, error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)

	if os.Getenv("TEST_DATABASE_URL") == "" {
		server, err := start(durable, stderr)
		if err != nil {
			return 1, err
		}
		defer func() { _ = server.Stop() }()
		environ = append(environ, "TEST_DATABASE_URL="+server.URL("postgres", "postgres"))
	}
	cmd := exec.Command(args[0], args[1:]...) //nolint:noctx // signals end it, through forward
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = environ, os.Stdin, stdout, stderr
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	done := make(chan struct{})
	defer close(done)
	go forward(signals, cmd.Process, done)
	return leash.ExitCode(cmd.Wait()), nil
}

func start(durable bool, stderr io.Writer) (*pgserver.Server, error) {
	ctx := context.Background()
	binDir, err := dev.FindPostgres(ctx, filepath.Join(".", ".data"), stderr)
	if err != nil {
		return nil, err
	}
	return pgserver.Start(ctx, pgserver.Options{BinDir: binDir, Durable: durable})
}

// forward leaves it to the command how it ends; we end when it has.
func forward(signals <-chan os.Signal, to *os.Process, done <-chan struct{}) {
	for {
		select {
		case s := <-signals:
			_ = to.Signal(s)
		case <-done:
			return
		}
	}
}
