package process_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"cardwall/packages/process"
)

// program makes the test binary a program of ours when it is started anew by start.
const program = "CARDWALL_TEST_PROGRAM"

func TestMain(m *testing.M) {
	command, told := os.LookupEnv(program)
	if !told {
		os.Exit(m.Run())
	}
	os.Exit(process.Main(strings.Fields("program "+command), os.Environ(), os.Stdout, os.Stderr,
		process.Command{Name: "", Run: func(ctx context.Context, _ map[string]string, out io.Writer) error {
			return begin(ctx, out, ctx.Err)
		}},
		process.Command{Name: "migrate", Run: func(ctx context.Context, _ map[string]string, out io.Writer) error {
			return begin(ctx, out, ctx.Err)
		}},
		process.Command{Name: "linger", Run: func(ctx context.Context, _ map[string]string, out io.Writer) error {
			return begin(ctx, out, func() error {
				_, _ = io.WriteString(out, "lingering\n")
				<-time.After(time.Minute)
				return nil
			})
		}},
	))
}

// begin says that the program runs and waits for the signal.
func begin(ctx context.Context, out io.Writer, end func() error) error {
	_, _ = io.WriteString(out, "running\n")
	<-ctx.Done()
	return end()
}

// start runs a command in a process of its own and waits for its first line.
func start(t *testing.T, command string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	running := exec.CommandContext(ctx, os.Args[0])
	running.Env = append(os.Environ(), program+"="+command)
	pipe, err := running.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	wantLine(t, lines, "running\n")
	return running, lines
}

func wantLine(t *testing.T, lines *bufio.Reader, want string) {
	t.Helper()
	if line, err := lines.ReadString('\n'); line != want {
		t.Fatalf("it says %q, %v; want %q", line, err, want)
	}
}

func interrupt(t *testing.T, running *exec.Cmd) {
	t.Helper()
	if err := running.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

// It may still be starting: there is nothing to come back to.
func TestServerThatIsStoppedExitsWithZero(t *testing.T) {
	t.Parallel()
	running, _ := start(t, "")
	interrupt(t, running)
	if err := running.Wait(); err != nil {
		t.Error(err)
	}
}

func TestCommandThatIsInterruptedHasFailed(t *testing.T) {
	t.Parallel()
	running, _ := start(t, "migrate")
	interrupt(t, running)
	var exit *exec.ExitError
	if err := running.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("got %v", err)
	}
}

func TestSecondSignalEndsTheProcessAtOnce(t *testing.T) {
	t.Parallel()
	running, lines := start(t, "linger")
	interrupt(t, running)
	wantLine(t, lines, "lingering\n")
	ended := make(chan error, 1)
	go func() { ended <- running.Wait() }()
	again := time.NewTicker(10 * time.Millisecond) // the process lets go of signals soon after the first
	defer again.Stop()
	for {
		select {
		case <-again.C:
			_ = running.Process.Signal(syscall.SIGINT) // it may have ended just now
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
				t.Errorf("got %v", err)
			}
			return
		}
	}
}
