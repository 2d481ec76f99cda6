package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cardwall/packages/postgres/pgtest"
)

const patience = 60 * time.Second

// TestMain lets this test binary be the command itself, so that it can be killed like one.
func TestMain(m *testing.M) {
	if os.Getenv("DEV_COMMAND") != "" {
		main()
	}
	os.Exit(m.Run())
}

// project is a small workspace of the same shape as ours, in a folder that the server's account can enter.
func project(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "project"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// runner is the command at work in a project.
type runner struct {
	t        *testing.T
	dir      string
	cmd      *exec.Cmd
	stdout   *bufio.Reader
	stderr   *record
	web, api string // addresses
}

func start(t *testing.T, dir string, env ...string) *runner {
	t.Helper()
	r := &runner{t: t, dir: dir, stderr: &record{}, web: freeAddr(t), api: freeAddr(t)}
	r.cmd = exec.Command(os.Args[0])
	r.cmd.Dir = dir
	r.cmd.Env = append(os.Environ(), "DEV_COMMAND=1", "GOWORK=", "WEB_ADDR="+r.web, "API_ADDR="+r.api)
	r.cmd.Env = append(r.cmd.Env, env...)
	r.cmd.Stderr = r.stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.stdout = bufio.NewReader(out)
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
		if t.Failed() {
			t.Logf("the runner said:\n%s", r.stderr)
		}
	})
	return r
}

// startShared uses the tests' own server: quicker than a private one.
func startShared(t *testing.T, dir string, env ...string) *runner {
	t.Helper()
	return start(t, dir, append(env, "DATABASE_URL="+pgtest.Server(t))...)
}

func (r *runner) waitForLine() string {
	r.t.Helper()
	line, err := r.stdout.ReadString('\n')
	if err != nil {
		r.t.Fatalf("no line: %v", err)
	}
	return strings.TrimSpace(line)
}

// edit replaces text in a file of the project as an editor does: in a new file that takes the old one's place.
func (r *runner) edit(file, old, replacement string) time.Time {
	r.t.Helper()
	name := filepath.Join(r.dir, filepath.FromSlash(file))
	content, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	if !bytes.Contains(content, []byte(old)) {
		r.t.Fatalf("%s doesn't hold %q", file, old)
	}
	r.write(file, strings.Replace(string(content), old, replacement, 1))
	return time.Now()
}

func (r *runner) write(file, content string) {
	r.t.Helper()
	name := filepath.Join(r.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name+"~", []byte(content), 0o644); err != nil {
		r.t.Fatal(err)
	}
	if err := os.Rename(name+"~", name); err != nil {
		r.t.Fatal(err)
	}
}

// page is what an app answers, "" while it doesn't.
func page(addr string) string {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + addr + "/")
	if err != nil {
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return ""
	}
	return string(body)
}

// waitUntilServed waits for a text on an app's page.
func (r *runner) waitUntilServed(addr, text string) {
	r.t.Helper()
	eventually(r.t, fmt.Sprintf("%q is served", text), func() bool { return strings.Contains(page(addr), text) })
}

var pidPattern = regexp.MustCompile(`pid (\d+)`)

func pid(t *testing.T, addr string) int {
	t.Helper()
	var match []string
	eventually(t, "a process number is served", func() bool {
		match = pidPattern.FindStringSubmatch(page(addr))
		return match != nil
	})
	return number(t, match)
}

func number(t *testing.T, match []string) int {
	t.Helper()
	if match == nil {
		t.Fatal("there is no process number")
	}
	n, err := strconv.Atoi(match[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func isAlive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatalf("waited %v in vain until %s", patience, what)
		}
	}
}

// record keeps what a process writes, for reading meanwhile.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}
