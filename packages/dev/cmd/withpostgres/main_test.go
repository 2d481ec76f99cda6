package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestMain lets this test binary be the command itself.
func TestMain(m *testing.M) {
	if os.Getenv("WITHPOSTGRES_COMMAND") != "" {
		main()
	}
	os.Exit(m.Run())
}

func TestTheCommandGetsAServerOfItsOwn(t *testing.T) {
	t.Parallel()
	for fsync, args := range map[string][]string{"off": {"--"}, "on": {"-durable", "--"}} {
		cmd := command(t, append(args, "sh", "-c", `echo "$TEST_DATABASE_URL"; read -r _; exit 7`)...)
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		url := begin(t, cmd)
		wantSetting(t, url, "fsync", fsync)
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 7 {
			t.Errorf("it ended with %d, want the command's 7", code)
		}
		wantGone(t, url)
	}
}

func wantSetting(t *testing.T, url, name, want string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	var got string
	if err := conn.QueryRow(t.Context(), "SELECT current_setting($1)", name).Scan(&got); err != nil || got != want {
		t.Errorf("%s is %q, %v; want %q", name, got, err, want)
	}
}

func TestSignalsReachTheCommand(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		cmd := command(t, "sh", "-c", `trap 'exit 9' INT TERM HUP; echo "$TEST_DATABASE_URL"; while :; do sleep 0.05; done`)
		url := begin(t, cmd)
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 9 {
			t.Errorf("%v: it ended with %d", signal, code)
		}
		wantGone(t, url)
	}
}

func TestTheServerEndsWhenWeAreKilled(t *testing.T) {
	t.Parallel()
	cmd := command(t, "sh", "-c", `echo "$TEST_DATABASE_URL"; read -r _`)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	url := begin(t, cmd)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	wantGone(t, url)
}

func TestAGivenServerIsUsed(t *testing.T) {
	t.Parallel()
	cmd := command(t, "--", "sh", "-c", `echo "$TEST_DATABASE_URL"`)
	cmd.Env = append(cmd.Env, "TEST_DATABASE_URL=postgres://given")
	if got := begin(t, cmd); got != "postgres://given" {
		t.Errorf("got %q", got)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	cmd := command(t, "--")
	said := &strings.Builder{}
	cmd.Stderr = said
	_ = cmd.Run()
	if cmd.ProcessState.ExitCode() != 2 || !strings.Contains(said.String(), "Usage: withpostgres") {
		t.Errorf("it ended with %d and %q", cmd.ProcessState.ExitCode(), said)
	}
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "WITHPOSTGRES_COMMAND=1", "TEST_DATABASE_URL=")
	cmd.Stderr = os.Stderr
	t.Cleanup(func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
		}
	})
	return cmd
}

// begin starts the command and returns the first line that it prints.
func begin(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func wantGone(t *testing.T, url string) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			return
		}
		_ = conn.Close(t.Context())
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatal("the server is still there")
		}
	}
}
