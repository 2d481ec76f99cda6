// Package leash starts a process that can't outlive the one that started it.
//
// The command runs under a small shell that holds one end of a pipe. However the starter ends (it
// stops the process itself, is killed, loses its terminal, crashes), the system closes the other end,
// and the shell then stops the command, at first politely. This needs nothing but a POSIX shell, so it
// holds on every Unix alike. The development runner keeps Postgres and the apps on such leashes.
package leash

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

//go:embed leash.sh
var script string

// Options say what to run and how it ends.
type Options struct {
	Command    []string // program and arguments
	Dir        string   // where it works; "" is here
	Env        []string // its whole environment; nil is ours
	Stdout     io.Writer
	Stderr     io.Writer
	Credential *syscall.Credential // whom it runs as; nil is us

	Signal string        // what asks it to end: "TERM" when empty, "INT" …
	Grace  time.Duration // how long it may take to, in whole seconds, before it is killed; 0 means 10 s
	Remove string        // a folder to remove once it has ended; "" is none
}

// Process is a command on its leash.
type Process struct {
	cmd  *exec.Cmd
	hold io.Closer
	done chan struct{}
	err  error
}

const (
	defaultGrace = 10 * time.Second
	outputGrace  = time.Second // for output of grandchildren that hold the pipes open
)

// Start runs the command, in a process group of its own so that a terminal's Ctrl-C reaches only us.
func Start(o Options) (*Process, error) {
	if o.Signal == "" {
		o.Signal = "TERM"
	}
	if o.Grace == 0 {
		o.Grace = defaultGrace
	}
	args := []string{"-c", script, "leash", o.Signal, strconv.Itoa(int(o.Grace.Seconds())), o.Remove}
	cmd := exec.Command("/bin/sh", append(args, o.Command...)...) //nolint:noctx // the leash ends it
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = o.Dir, o.Env, o.Stdout, o.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: o.Credential, Setpgid: true}
	cmd.WaitDelay = outputGrace

	held, hold, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = held.Close() }()
	cmd.Stdin = held
	if err := cmd.Start(); err != nil {
		_ = hold.Close()
		return nil, fmt.Errorf("start %s: %w", o.Command[0], err)
	}
	p := &Process{cmd: cmd, hold: hold, done: make(chan struct{})}
	go p.wait()
	return p, nil
}

func (p *Process) wait() {
	p.err = p.cmd.Wait()
	_ = p.hold.Close()
	close(p.done)
}

// Done is closed once the command has ended and its output is read.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits for the end and returns what the command ended with: nil, or an *exec.ExitError with its
// code (128 and the signal's number when a signal ended it).
func (p *Process) Wait() error {
	<-p.done
	return p.err
}

// Stop lets go of the leash and waits until the command has ended, by itself or by force after the
// grace. Stopping twice is fine.
func (p *Process) Stop() {
	_ = p.hold.Close()
	<-p.done
}

// Signal sends the command, and all it started, a signal such as SIGSTOP, SIGCONT or SIGKILL.
func (p *Process) Signal(signal syscall.Signal) error {
	return syscall.Kill(-p.cmd.Process.Pid, signal)
}

// ExitCode is the number that an error of Wait carries, 0 for nil and 1 for any other error.
func ExitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return exit.ExitCode()
	default:
		return 1
	}
}
