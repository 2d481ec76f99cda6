package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"

	"cardwall/packages/bench/stand"
	"cardwall/packages/postgres"
)

const (
	fullBuffer  = 32 << 10 // what web copies bodies with, in bytes
	smallBuffer = 4 << 10  // what it copies event streams with
)

// runStand is the program's other face: `bench stand api ADDRESS`, or `bench stand bare ADDRESS API BUFFER`.
func runStand(ctx context.Context, args []string) error {
	switch {
	case len(args) == 2 && args[0] == "api":
		return stand.API(ctx, args[1])
	case len(args) == 4 && args[0] == "bare":
		api, err := url.Parse(args[2])
		if err != nil {
			return err
		}
		buffer, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return stand.Bare(ctx, args[1], api, buffer)
	default:
		return errors.New("a stand is api ADDRESS, or bare ADDRESS API BUFFER")
	}
}

// track is where proxies run side by side: a stand-in for the api, and web deployed before it with either kind of token.
type track struct {
	api           *program
	apiAddr       string
	eddsa, secret deployment
	stops         []func()
}

// openTrack leaves nothing running when it fails.
func openTrack(ctx context.Context, on server) (*track, error) {
	t := &track{}
	if err := t.open(ctx, on); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *track) open(ctx context.Context, on server) error {
	var err error
	if t.apiAddr, err = freeAddr(ctx); err != nil {
		return err
	}
	if t.api, err = startStand(ctx, t.apiAddr, "api", t.apiAddr); err != nil {
		return err
	}
	t.stops = append(t.stops, t.api.stop)
	if t.eddsa, err = t.deploy(ctx, on); err != nil {
		return err
	}
	if t.secret, err = t.deploy(ctx, on); err != nil {
		return err
	}
	secret := make([]byte, 64)
	_, _ = rand.Read(secret) // never fails
	t.secret.secret = base64.StdEncoding.EncodeToString(secret)
	return nil
}

// deploy prepares a web with a database of its own.
func (t *track) deploy(ctx context.Context, on server) (deployment, error) {
	database, drop, err := on.database(ctx)
	if err != nil {
		return deployment{}, err
	}
	t.stops = append(t.stops, drop)
	d, err := deploy(ctx, database)
	d.apiAddr, d.trusted = t.apiAddr, "127.0.0.1/32"
	return d, err
}

func (t *track) close() {
	for _, stop := range slices.Backward(t.stops) {
		stop()
	}
}

// startStand starts this very program with its other face.
func startStand(ctx context.Context, addr string, args ...string) (*program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return launch{
		command: append([]string{self, "stand"}, args...), environ: []string{},
		ready: "http://" + addr + "/readyz", poll: readyPoll, atMost: readyWait,
	}.start(ctx)
}

// runner is a proxy that has been started, or the stand-in itself.
type runner struct {
	*program
	way  *caller   // as a person who is signed in
	ways []*caller // as many people, each with a session
}

// startBare starts the bare proxy with buffers of so many bytes.
func (t *track) startBare(ctx context.Context, buffer int) (runner, error) {
	addr, err := freeAddr(ctx)
	if err != nil {
		return runner{}, err
	}
	p, err := startStand(ctx, addr, "bare", addr, "http://"+t.apiAddr, strconv.Itoa(buffer))
	if err != nil {
		return runner{}, err
	}
	return t.anonymous(p, addr), nil
}

// direct is the way past all proxies.
func (t *track) direct() runner { return t.anonymous(t.api, t.apiAddr) }

// anonymous is a way that doesn't ask who comes. It gets what web gets, a cookie too.
func (t *track) anonymous(p *program, addr string) runner {
	way := newBrowser().at(newCaller("http://"+addr+"/v1", nil)).dressed()
	return runner{p, way, []*caller{way}}
}

// dressed is the caller with what a browser sends along with a fetch.
func (c *caller) dressed() *caller {
	own := *c
	own.authorize = func(h http.Header) error {
		for name, value := range map[string]string{
			"Accept": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en-GB,en;q=0.9",
			"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
			"Sec-Ch-Ua":  `"Chromium";v="142", "Not_A Brand";v="99"`, "Sec-Ch-Ua-Mobile": "?0", "Sec-Ch-Ua-Platform": `"Linux"`,
			"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin",
			"Referer": c.base + "/boards/0198f2f0-0000-7000-8000-000000000000",
		} {
			h[name] = []string{value}
		}
		return c.authorize(h)
	}
	return &own
}

// startWeb starts web and gives so many people a session there.
func (t *track) startWeb(ctx context.Context, d deployment, people int) (runner, error) {
	web, err := d.startWeb(ctx)
	if err != nil {
		return runner{}, err
	}
	r := runner{program: web}
	if r.ways, err = signInAll(ctx, d, people); err != nil {
		web.stop()
		return runner{}, err
	}
	r.way = r.ways[0]
	return r, nil
}

// signInAll signs up the people whom the database doesn't know yet, and gives each a new session.
func signInAll(ctx context.Context, d deployment, people int) ([]*caller, error) {
	pool, err := postgres.Open(ctx, postgres.Config{URL: d.database, Schema: "auth"})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	var known int
	if err := pool.QueryRow(ctx, "SELECT count(*) FROM people").Scan(&known); err != nil {
		return nil, err
	}
	visitor := newVisitor(d.publicURL())
	for n := known; n < people; n++ {
		if _, err := newAccount(n).signUp(ctx, visitor); err != nil {
			return nil, err
		}
	}
	browsers, err := newBrowserEach(ctx, pool, people)
	if err != nil {
		return nil, err
	}
	ways := make([]*caller, people)
	for i, browser := range browsers {
		ways[i] = browser.at(newCaller(d.publicURL()+"/api/v1", nil)).dressed()
		if err := ways[i].call(ctx, http.MethodGet, "/me", nil, http.StatusOK, nil); err != nil {
			return nil, fmt.Errorf("person %d: %w", i, err)
		}
	}
	return ways, nil
}
