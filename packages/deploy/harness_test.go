package deploy

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"cardwall/packages/postgres/pgserver/leash"
)

const patience = 30 * time.Second

// workshop is where the images are built, once for all tests.
var workshop string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if workshop, err = os.MkdirTemp("", "cardwall-deploy-"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(workshop)
		return m.Run()
	}())
}

var images = map[string]func() (*image, error){"api": once("api"), "web": once("web")}

func once(app string) func() (*image, error) {
	return sync.OnceValues(func() (*image, error) {
		text, err := os.ReadFile(filepath.Join(root, "apps", app, "Dockerfile"))
		if err != nil {
			return nil, err
		}
		stages, err := parseDockerfile(string(text))
		if err != nil {
			return nil, err
		}
		b, err := newBuilder(filepath.Join(workshop, app))
		if err != nil {
			return nil, err
		}
		return b.build(stages)
	})
}

func imageOf(t testing.TB, app string) *image {
	t.Helper()
	i, err := images[app]()
	if err != nil {
		t.Fatalf("apps/%s/Dockerfile: %v", app, err)
	}
	return i
}

// start runs a program with this environment and no other until the test ends.
func start(t testing.TB, env map[string]string, command ...string) {
	t.Helper()
	var said output
	process, err := leash.Start(leash.Options{Command: command, Env: pairs(env), Stdout: &said, Stderr: &said})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		process.Stop()
		if t.Failed() {
			t.Logf("%s said:\n%s", command[0], said.String())
		}
	})
}

// startImage starts the image's program and waits until the image's own health check passes. In here
// every command is the image's, found in its folder.
func startImage(t testing.TB, i *image, env map[string]string) {
	t.Helper()
	start(t, env, i.path(i.entrypoint[0]))
	waitUntilHealthy(t, i, env)
}

func waitUntilHealthy(t testing.TB, i *image, env map[string]string) {
	t.Helper()
	var said string
	var code int
	deadline := time.Now().Add(patience)
	for code = -1; code != 0 && time.Now().Before(deadline); {
		code, said = run(t, env, i.path(i.health[0]), i.health[1:]...)
	}
	if code != 0 {
		t.Fatalf("%s stays unhealthy: %s", i.entrypoint[0], said)
	}
}

// run runs a program to its end and returns its exit code and what it said.
func run(t testing.TB, env map[string]string, program string, args ...string) (code int, said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = pairs(env)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// pairs is never nil, which would mean this process's own environment.
func pairs(env map[string]string) []string {
	all := []string{}
	for name, value := range env {
		all = append(all, name+"="+value)
	}
	return all
}

// given are the ports that tests have got.
var given sync.Map

// freeAddr is a free address that no other test gets. The ports lie below those that systems give to whoever doesn't
// ask for a certain one, so that nobody happens to take it before it is used.
func freeAddr(t testing.TB) string {
	t.Helper()
	for range 1000 {
		addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(20_000+rand.IntN(12_000)))
		if _, taken := given.LoadOrStore(addr, true); taken {
			continue
		}
		if listener, err := net.Listen("tcp", addr); err == nil {
			_ = listener.Close()
			return addr
		}
	}
	t.Fatal("no port is free")
	return ""
}

func portOf(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !condition(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("it never came that %s", what)
		}
	}
}

// output gathers what a program says.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
