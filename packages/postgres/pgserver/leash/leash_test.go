package leash_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cardwall/packages/postgres/pgserver/leash"
)

// TestMain lets this test binary play the starter that gets killed.
func TestMain(m *testing.M) {
	if os.Getenv("LEASH_STARTER") == "" {
		os.Exit(m.Run())
	}
	p, err := leash.Start(leash.Options{
		Command: []string{"sh", "-c", `echo $$; exec sleep 600`},
		Stdout:  os.Stdout, Remove: os.Getenv("LEASH_REMOVE"),
	})
	if err != nil {
		panic(err)
	}
	_ = p.Wait()
}

func TestTheCommandDiesWithItsStarter(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "scratch")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			starter := exec.Command(os.Args[0])
			starter.Env = append(os.Environ(), "LEASH_STARTER=1", "LEASH_REMOVE="+folder)
			out, err := starter.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := starter.Start(); err != nil {
				t.Fatal(err)
			}
			pid := readPID(t, out)
			if err := starter.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = starter.Wait()
			eventually(t, "the command ends", func() bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
			eventually(t, "the folder goes", func() bool { _, err := os.Stat(folder); return os.IsNotExist(err) })
		})
	}
}

func TestStopForcesACommandThatWontEnd(t *testing.T) {
	t.Parallel()
	out, in := io.Pipe()
	p, err := leash.Start(leash.Options{
		Command: []string{"sh", "-c", `trap "" TERM; echo $$; while :; do sleep 0.1; done`},
		Stdout:  in, Grace: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	pid := readPID(t, out)
	p.Stop()
	p.Stop()
	if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
		t.Errorf("it still runs: %v", err)
	}
}

func TestWhatTheCommandStartedGoesWithIt(t *testing.T) {
	t.Parallel()
	out, in := io.Pipe()
	p, err := leash.Start(leash.Options{Command: []string{"sh", "-c", `sleep 600 & echo $!; wait`}, Stdout: in})
	if err != nil {
		t.Fatal(err)
	}
	pid := readPID(t, out)
	p.Stop()
	eventually(t, "what it started ends", func() bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
}

func TestSignalReachesTheCommand(t *testing.T) {
	t.Parallel()
	out, in := io.Pipe()
	p, err := leash.Start(leash.Options{Command: []string{"sh", "-c", `echo $$; exec sleep 600`}, Stdout: in})
	if err != nil {
		t.Fatal(err)
	}
	pid := readPID(t, out)
	if err := p.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err == nil {
		t.Error("a command that was killed ended well")
	}
	eventually(t, "the command ends", func() bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
}

func TestWaitTellsTheExitCode(t *testing.T) {
	t.Parallel()
	for _, code := range []int{0, 3} {
		p, err := leash.Start(leash.Options{Command: []string{"sh", "-c", "exit " + strconv.Itoa(code)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := leash.ExitCode(p.Wait()); got != code {
			t.Errorf("got %d, want %d", got, code)
		}
	}
}

func readPID(t *testing.T, r io.Reader) int {
	t.Helper()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatalf("waited ten seconds in vain: %s", what)
		}
	}
}
