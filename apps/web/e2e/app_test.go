package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cardwall/packages/postgres/pgserver/leash"
)

// app is one running program.
type app struct {
	name, addr string
	env        map[string]string
	said       *output
	process    *leash.Process
}

// start runs a program in an environment that holds nothing else, and has it stopped, with exit code 0, when
// the test ends.
func start(t *testing.T, name, addr string, env map[string]string) *app {
	t.Helper()
	a := &app{name: name, addr: addr, env: env, said: &output{}}
	a.launch(t)
	t.Cleanup(func() {
		a.stop(t)
		a.readLog(t)
	})
	return a
}

func (a *app) launch(t *testing.T) {
	t.Helper()
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(a.env)) {
		pairs = append(pairs, name+"="+a.env[name])
	}
	process, err := leash.Start(leash.Options{
		Command: []string{program(t, a.name)}, Dir: scratch, Env: pairs, Stdout: a.said, Stderr: a.said,
		Grace: 20 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	a.process = process
}

// waitUntilReady waits for /readyz to say so.
func (a *app) waitUntilReady(t *testing.T) {
	t.Helper()
	eventually(t, a.name+" is ready", func() bool {
		select {
		case <-a.process.Done():
			t.Fatalf("%s ended:\n%s", a.name, a.said)
		default:
		}
		return a.probe(t, "/readyz") == http.StatusOK
	})
}

// probe asks a health route; 0 when there is nobody to answer.
func (a *app) probe(t *testing.T, path string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req := must(http.NewRequestWithContext(ctx, http.MethodGet, "http://"+a.addr+path, http.NoBody))(t)
	req.Close = true
	res, err := direct().RoundTrip(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// stop asks the program to end, as an orchestrator does, and holds it to its word.
func (a *app) stop(t *testing.T) {
	t.Helper()
	began := time.Now()
	a.process.Stop()
	if code := leash.ExitCode(a.process.Wait()); code != 0 {
		t.Errorf("%s ended with code %d", a.name, code)
	}
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("%s took %s to stop", a.name, took)
	}
}

// kids are the ids of the public keys, as both apps log them: random letters, which spell "eyJ" now and then.
var kids = regexp.MustCompile(`"kid":"[\w-]{43}"|"kids":\["[\w-]{43}"(,"[\w-]{43}")*\]`)

// readLog checks what was logged: no token, no password, no panic.
func (a *app) readLog(t *testing.T) {
	t.Helper()
	log := kids.ReplaceAllLiteralString(a.said.String(), "")
	if found := contains(log, "eyJ", password, "panic", "goroutine "); found != nil {
		t.Errorf("the log of %s holds %q", a.name, found)
	}
	if t.Failed() {
		lines := strings.Split(strings.TrimSpace(log), "\n")
		t.Logf("%s said at last:\n%s", a.name, strings.Join(lines[max(0, len(lines)-30):], "\n"))
	}
}

// output collects what a program writes.
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

// given are the ports that freeAddr gave out: of those that run side by side, no two may get the same before either listens.
var given sync.Map

// freeAddr is an address of 127.0.0.1 that a program can be stopped and started again on: below the range
// from which the system takes the ports of outgoing connections, so that none of those lands on it.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(10_000))
		if _, taken := given.LoadOrStore(addr, true); taken {
			continue
		}
		if listener, err := net.Listen("tcp", addr); err == nil {
			_ = listener.Close()
			return addr
		}
	}
	t.Fatal("no free port")
	return ""
}

// direct is a transport that knows no proxies, and web's name without asking anybody.
func direct() *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, strings.Replace(addr, "localhost:", "127.0.0.1:", 1))
		},
	}
}
