// Package process is how a program of ours begins and ends: it picks the command, reads the configuration
// from the environment, makes the log, and turns signals into the end of a context. Both apps' main call
// [Main] and nothing else.
package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// Command is what a program can be told to do.
type Command struct {
	Name string // one word or more; "" is what it does without being told: serve
	Help string // a line for the usage
	Run  func(ctx context.Context, environ map[string]string, out io.Writer) error
}

// Main runs the command that the arguments name, until it is done or the process is told to stop
// (SIGINT, SIGTERM), and returns the exit code: 0, 1 when the command failed or was stopped before it was
// done, 2 when there is no such command. Serving is never done: being stopped is how it ends well. A second
// signal ends the process at once.
func Main(args, environ []string, out, errs io.Writer, commands ...Command) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the next signal does what signals do by themselves
	name := strings.Join(args[1:], " ")
	at := slices.IndexFunc(commands, func(c Command) bool { return c.Name == name })
	if at < 0 {
		usage(errs, args[0], commands)
		return 2
	}
	if err := commands[at].Run(ctx, toMap(environ), out); err != nil && (name != "" || !errors.Is(err, context.Canceled)) {
		_, _ = fmt.Fprintln(errs, err)
		return 1
	}
	return 0
}

func usage(w io.Writer, program string, commands []Command) {
	_, _ = fmt.Fprintf(w, "Usage:\n")
	for _, c := range commands {
		_, _ = fmt.Fprintf(w, "  %-24s %s\n", strings.TrimSpace(program+" "+c.Name), c.Help)
	}
}

func toMap(environ []string) map[string]string {
	vars := make(map[string]string, len(environ))
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		vars[name] = value
	}
	return vars
}
