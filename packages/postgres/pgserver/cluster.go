package pgserver

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"cardwall/packages/postgres/pgserver/leash"
)

// cluster is a folder of the server's own with its data and its password inside. The folder's name
// carries the major version (pg15), because data made by one can't be read by another.
type cluster struct {
	binDir  string
	dir     string
	durable bool
	account *syscall.Credential
}

func (c cluster) data() string         { return filepath.Join(c.dir, "data") }
func (c cluster) passwordFile() string { return filepath.Join(c.dir, "password") }

// prepare makes the cluster when it isn't there yet and returns the superuser's password.
func (c cluster) prepare() (string, error) {
	if err := makeOwn(c.dir, c.account); err != nil {
		return "", err
	}
	if _, err := os.Stat(c.data()); os.IsNotExist(err) {
		if err := c.create(); err != nil {
			return "", err
		}
	}
	password, err := os.ReadFile(c.passwordFile())
	if err != nil {
		return "", fmt.Errorf("the private server's password is gone; remove %s to start afresh: %w", c.dir, err)
	}
	return strings.TrimSpace(string(password)), nil
}

// create works beside the final place, so that being interrupted leaves no half a cluster.
func (c cluster) create() error {
	draft := c.data() + ".new"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	if err := c.writePassword(); err != nil {
		return err
	}
	args := []string{
		filepath.Join(c.binDir, "initdb"), "--pgdata", draft, "--username", superuser,
		"--auth", "scram-sha-256", "--pwfile", c.passwordFile(),
		"--encoding", "UTF8", "--locale", "C", "--lc-ctype", characterType(),
	}
	if !c.durable {
		args = append(args, "--no-sync")
	}
	var output bytes.Buffer
	process, err := leash.Start(leash.Options{
		Command: args, Dir: c.dir, Env: environment(), Stdout: &output, Stderr: &output, Credential: c.account,
	})
	if err != nil {
		return err
	}
	if err := process.Wait(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, lastLines(output.String()))
	}
	return os.Rename(draft, c.data())
}

func (c cluster) writePassword() error {
	if err := os.Remove(c.passwordFile()); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.WriteFile(c.passwordFile(), []byte(rand.Text()+"\n"), 0o600); err != nil {
		return err
	}
	return own(c.passwordFile(), c.account)
}

// removeStaleLock removes the lock file of a server that died together with the whole machine, when
// its process number belongs to somebody else by now: Postgres would take that for a running server.
func (c cluster) removeStaleLock(ctx context.Context) error {
	file := filepath.Join(c.data(), "postmaster.pid")
	content, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err == nil && syscall.Kill(pid, 0) != syscall.ESRCH && strings.Contains(commandLine(ctx, pid), c.data()) {
		return fmt.Errorf("%w: process %d works on %s", errInUse, pid, c.data())
	}
	return os.Remove(file)
}

var errInUse = errors.New("another server runs on this data")

// commandLine is what a process was started as, "" when nobody can tell.
func commandLine(ctx context.Context, pid int) string {
	if content, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return strings.ReplaceAll(string(content), "\x00", " ")
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// characterType lets lower() and friends know every alphabet, while texts still sort by code point.
func characterType() string {
	switch runtime.GOOS {
	case "linux":
		return "C.UTF-8"
	case "darwin":
		return "en_US.UTF-8"
	default:
		return "C"
	}
}

// environment is ours without what would make Postgres or its tools do something else.
func environment() []string {
	env := []string{"LC_ALL=C"}
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "PG") && !strings.HasPrefix(pair, "LC_") && !strings.HasPrefix(pair, "LANG") {
			env = append(env, pair)
		}
	}
	return env
}
