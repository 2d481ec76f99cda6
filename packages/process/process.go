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
	"runtime"
	"strings"
	"syscall"
)

// Command is what a program can be told to do.
type Command struct {
	Name  string // one word or more; "" is what it does without being told: serve
	Takes string // what one more word is, such as EMAIL; "" when there is none
	Help  string // a line for the usage
	Run   func(ctx context.Context, environ map[string]string, out io.Writer) error
	// RunWith is Run for a command that takes one more word.
	RunWith func(ctx context.Context, word string, environ map[string]string, out io.Writer) error
}

// reads reports whether the arguments name the command, and the word that it takes.
func (c Command) reads(args []string) (word string, ok bool) {
	if c.Takes != "" && len(args) > 0 {
		word, args = args[len(args)-1], args[:len(args)-1]
	}
	return word, strings.Join(args, " ") == c.Name && (word != "") == (c.Takes != "")
}

func (c Command) run(ctx context.Context, word string, environ map[string]string, out io.Writer) error {
	if c.Takes != "" {
		return c.RunWith(ctx, word, environ, out)
	}
	return c.Run(ctx, environ, out)
}

// heapFloor is by how many bytes a heap may grow before it is collected, however little lives on it: a small program's would
// be for every few megabytes that requests leave behind. What stands for it is never written to, and so takes up
// addresses only; beside a large heap it doesn't count.
const heapFloor = 16 << 20

// Main runs the command that the arguments name, until it is done or the process is told to stop
// (SIGINT, SIGTERM), and returns the exit code: 0, 1 when the command failed or was stopped before it was
// done, 2 when there is no such command. Serving is never done: being stopped is how it ends well. A second
// signal ends the process at once.
func Main(args, environ []string, out, errs io.Writer, commands ...Command) int {
	defer runtime.KeepAlive(make([]byte, heapFloor))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the next signal does what signals do by themselves
	for _, command := range commands {
		word, ok := command.reads(args[1:])
		if !ok {
			continue
		}
		if err := command.run(ctx, word, toMap(environ), out); err != nil && (command.Name != "" || !errors.Is(err, context.Canceled)) {
			_, _ = fmt.Fprintln(errs, err)
			return 1
		}
		return 0
	}
	usage(errs, args[0], commands)
	return 2
}

func usage(w io.Writer, program string, commands []Command) {
	_, _ = fmt.Fprintf(w, "Usage:\n")
	for _, c := range commands {
		_, _ = fmt.Fprintf(w, "  %-24s %s\n", strings.Join(strings.Fields(program+" "+c.Name+" "+c.Takes), " "), c.Help)
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
