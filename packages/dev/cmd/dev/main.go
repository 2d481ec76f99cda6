// Command dev is `task dev`: it runs Cardwall from the sources, at the root of the workspace, until
// Ctrl-C. See package dev.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"cardwall/packages/dev"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	// From the first signal on, a second one ends us at once: the leashes take care of the rest.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Environ(), os.Stdout, os.Stderr))
}

func run(ctx context.Context, environ []string, stdout, stderr io.Writer) int {
	root, err := os.Getwd()
	if err == nil {
		err = dev.Run(whileStarterLives(ctx), dev.Options{Root: root, Environ: environ, Stdout: stdout, Stderr: stderr})
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// whileStarterLives ends the context when Task, or whatever started us, is gone without a word.
func whileStarterLives(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	starter := os.Getppid()
	go func() {
		tick := time.NewTicker(time.Second / 2)
		defer tick.Stop()
		for os.Getppid() == starter {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
		cancel()
	}()
	return ctx
}
