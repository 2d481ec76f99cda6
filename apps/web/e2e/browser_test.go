package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/cdp"
	"github.com/go-rod/rod/lib/utils"

	"cardwall/packages/postgres/pgserver/leash"
)

// chromium is the one browser of the test process; it is started when a test first needs it.
var chromium browser

// browser is a running browser; each person in it has a context of their own, as in another profile.
type browser struct {
	mu      sync.Mutex
	process *leash.Process
	control *rod.Browser
	err     error
}

func (b *browser) open(t *testing.T) *rod.Browser {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.control == nil && b.err == nil {
		b.control, b.err = b.start()
	}
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.control
}

// peek is the browser's process, nil when no test needed one.
func (b *browser) peek() *leash.Process {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.process
}

var (
	errNoBrowser = errors.New("there is no Chromium for the browser tests: install one (`apt-get install chromium-headless-shell`, or `brew install chromium`)")
	listening    = regexp.MustCompile(`DevTools listening on (ws://\S+)`)
)

func (b *browser) start() (*rod.Browser, error) {
	program, err := findBrowser()
	if err != nil {
		return nil, err
	}
	said := &output{}
	b.process, err = leash.Start(leash.Options{Stdout: said, Stderr: said, Command: []string{
		program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4", // as with a mouse
		"--no-proxy-server", "--lang=en-GB", "--remote-debugging-port=0", "--user-data-dir=" + filepath.Join(scratch, "profile"), "about:blank",
	}})
	if err != nil {
		return nil, err
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(2 * patience); ; <-tick.C {
		if found := listening.FindStringSubmatch(said.String()); found != nil {
			client, err := cdp.StartWithURL(context.Background(), found[1], nil)
			if err != nil {
				return nil, err
			}
			control := rod.New().Client(asksTheNext{client}).Sleeper(often)
			return control, control.Connect()
		}
		if time.Now().After(deadline) {
			b.process.Stop()
			return nil, fmt.Errorf("%s doesn't start:\n%s", program, said)
		}
	}
}

// asksTheNext has what was asked of a page that is being left be asked of the one that comes, as the library does for the name that
// Chromium had for it before.
type asksTheNext struct{ *cdp.Client }

var errLeft = &cdp.Error{Code: -32000, Message: "Inspected target navigated or closed"}

func (c asksTheNext) Call(ctx context.Context, session, method string, params any) ([]byte, error) {
	answer, err := c.Client.Call(ctx, session, method, params)
	if errors.Is(err, errLeft) {
		return nil, cdp.ErrCtxNotFound
	}
	return answer, err
}

// often is how what isn't on a page yet is looked for. By itself the library looks again after 200 ms, 400 more, and then once a second.
func often() utils.Sleeper { return utils.BackoffSleeper(2*time.Millisecond, 40*time.Millisecond, nil) }

// findBrowser prefers Chromium without the windows around its pages: the same engine, in half the time, since a whole one
// draws tabs and a toolbar, which are pages too, for each person in it.
func findBrowser() (string, error) {
	for _, name := range []string{"chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoBrowser
}
