package pgserver_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cardwall/packages/postgres/pgserver"

	"github.com/jackc/pgx/v5"
)

// TestMain lets this test binary play the starter that gets killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("PGSERVER_STARTER")
	if dir == "" {
		os.Exit(m.Run())
	}
	server, err := pgserver.Start(context.Background(), pgserver.Options{BinDir: os.Getenv("PG_BIN"), Dir: dir})
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintln(os.Stdout, server.Dir())
	<-server.Done()
}

func TestStart(t *testing.T) {
	t.Parallel()

	t.Run("a temporary server leaves nothing behind", func(t *testing.T) {
		t.Parallel()
		server := start(t, pgserver.Options{})
		if got := ask(t, server.URL("postgres", "postgres"), "SHOW fsync"); got != "off" {
			t.Errorf("fsync is %s", got)
		}
		pid := postmaster(t, server.Dir())
		stop(t, server)
		if _, err := os.Stat(server.Dir()); !os.IsNotExist(err) || isAlive(pid) {
			t.Errorf("the folder: %v; alive: %v", err, isAlive(pid))
		}
	})

	t.Run("a durable one keeps its data", func(t *testing.T) {
		t.Parallel()
		options := pgserver.Options{Dir: folder(t), Durable: true}
		server := start(t, options)
		run(t, server, "CREATE TABLE kept AS SELECT 'yes' AS answer")
		stop(t, server)
		server = start(t, options)
		if got := ask(t, server.URL("postgres", "postgres"), "SELECT answer FROM kept"); got != "yes" {
			t.Errorf("got %q", got)
		}
		if got := ask(t, server.URL("postgres", "postgres"), "SHOW fsync"); got != "on" {
			t.Errorf("fsync is %s", got)
		}
	})

	t.Run("nobody gets in without the password", func(t *testing.T) {
		t.Parallel()
		server := start(t, pgserver.Options{})
		u, err := url.Parse(server.URL("postgres", "postgres"))
		if err != nil {
			t.Fatal(err)
		}
		for _, user := range []*url.Userinfo{url.User("postgres"), url.UserPassword("postgres", "guess")} {
			u.User = user
			if conn, err := pgx.Connect(t.Context(), u.String()); err == nil {
				_ = conn.Close(t.Context())
				t.Errorf("%s got in", user)
			}
		}
		info, err := os.Stat(server.Dir())
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("the folder is %v, %v", info.Mode(), err)
		}
	})

	t.Run("a taken port is named", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		port := l.Addr().(*net.TCPAddr).Port
		_, err = pgserver.Start(t.Context(), pgserver.Options{BinDir: binDir(t), Port: port})
		if err == nil || !strings.Contains(err.Error(), strconv.Itoa(port)) {
			t.Errorf("got %v", err)
		}
	})

	t.Run("two servers don't share a folder", func(t *testing.T) {
		t.Parallel()
		options := pgserver.Options{BinDir: binDir(t), Dir: folder(t)}
		start(t, options)
		if second, err := pgserver.Start(t.Context(), options); err == nil {
			stop(t, second)
			t.Error("the second one started")
		}
	})
}

func TestTheServerDiesWithItsStarter(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	starter := exec.Command(os.Args[0])
	starter.Env = append(os.Environ(), "PGSERVER_STARTER="+dir, "PG_BIN="+binDir(t))
	out, err := starter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid := postmaster(t, strings.TrimSpace(line))
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()
	// The next start doesn't wait for us to see the old server gone: it waits itself.
	start(t, pgserver.Options{Dir: dir})
	if isAlive(pid) {
		t.Error("the first server is still there")
	}
}

func TestStartAfterACrash(t *testing.T) {
	t.Parallel()

	t.Run("of everything at once", func(t *testing.T) {
		t.Parallel()
		options := pgserver.Options{Dir: folder(t), Durable: true}
		server := start(t, options)
		run(t, server, "CREATE TABLE kept AS SELECT 'yes' AS answer")
		if err := syscall.Kill(postmaster(t, server.Dir()), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		<-server.Done()
		server = start(t, options)
		if got := ask(t, server.URL("postgres", "postgres"), "SELECT answer FROM kept"); got != "yes" {
			t.Errorf("got %q", got)
		}
	})

	t.Run("when somebody else has the server's old number", func(t *testing.T) {
		t.Parallel()
		options := pgserver.Options{Dir: folder(t)}
		server := start(t, options)
		lock := filepath.Join(server.Dir(), "data", "postmaster.pid")
		content, err := os.ReadFile(lock)
		if err != nil {
			t.Fatal(err)
		}
		stop(t, server)
		_, rest, _ := strings.Cut(string(content), "\n")
		if err := os.WriteFile(lock, fmt.Appendf(nil, "%d\n%s", os.Getpid(), rest), 0o644); err != nil {
			t.Fatal(err)
		}
		start(t, options)
	})
}

// Root hands the server to another account, which can't enter a private home; others keep it in place.
func TestAFolderBehindAClosedDoor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	if err := os.Chmod(home, 0o700); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(home, ".data")
	server := start(t, pgserver.Options{Dir: dir})
	t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(server.Dir())) })
	if inside := strings.HasPrefix(server.Dir(), dir); inside == (os.Geteuid() == 0) {
		t.Errorf("the data is in %s", server.Dir())
	}
	again, err := pgserver.Reachable(dir)
	if err != nil || again != filepath.Dir(server.Dir()) {
		t.Errorf("the next time it would be in %q, %v", again, err)
	}
}

// folder is a temporary one that the server's account can enter; t.TempDir's parent is closed to it.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func binDir(t *testing.T) string {
	t.Helper()
	dir, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, o pgserver.Options) *pgserver.Server {
	t.Helper()
	if o.BinDir == "" {
		o.BinDir = binDir(t)
	}
	server, err := pgserver.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, server) })
	return server
}

func stop(t *testing.T, server *pgserver.Server) {
	t.Helper()
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
}

func run(t *testing.T, server *pgserver.Server, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func ask(t *testing.T, url, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// isAlive gives a process a moment to be taken from the table by whoever inherited it.
func isAlive(pid int) bool {
	deadline := time.After(5 * time.Second)
	for syscall.Kill(pid, 0) != syscall.ESRCH {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			return true
		}
	}
	return false
}
