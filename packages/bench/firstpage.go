package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	pagePoll = 20 * time.Millisecond
	pageWait = 15 * time.Minute
)

// firstPages measures how long a developer waits for the first page. It does so in a clone, because the working
// copy's private Postgres holds the developer's own data and may be in use.
func (b *bench) firstPages(ctx context.Context) ([]table, error) {
	dir, err := os.MkdirTemp("", "cardwall-clone-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	clone := filepath.Join(dir, "cardwall")
	if out, err := exec.CommandContext(ctx, "git", "clone", "--quiet", ".", clone).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("git clone: %w\n%s", err, out)
	}
	environ := slices.Clone(b.environ)
	if b.cold {
		environ = append(environ, "GOCACHE="+filepath.Join(dir, "build-cache"))
	}
	b.say("first page of a fresh clone; this may take minutes")
	first, err := firstPage(ctx, clone, environ)
	if err != nil {
		return nil, err
	}
	var again []time.Duration
	for round := range b.rounds {
		b.say("first page %d of %d", round+1, b.rounds)
		took, err := firstPage(ctx, clone, environ)
		if err != nil {
			return nil, err
		}
		again = append(again, took)
	}
	return []table{b.pageTable(first, median(again))}, nil
}

func (b *bench) pageTable(first, again time.Duration) table {
	cold := "a fresh clone: no node_modules, no database, this machine's build cache (one run)"
	if b.cold {
		cold = "cold: a fresh clone, its build cache empty, no node_modules, no database (one run)"
	}
	return table{
		title: "First page from `task dev`", head: []string{"", "first 200 of `/`"},
		rows: [][]string{{cold, seconds(first)}, {"warm: started again", seconds(again)}},
		notes: []string{"From the start of `go run ./packages/dev/cmd/dev` in a clone of what is committed, on its private Postgres. " +
			"Modules and npm's packages come from this machine's caches, where it has them."},
	}
}

// firstPage starts what `task dev` starts and ends it again.
func firstPage(ctx context.Context, root string, environ []string) (time.Duration, error) {
	webAddr, err := freeAddr(ctx)
	if err != nil {
		return 0, err
	}
	apiAddr, err := freeAddr(ctx)
	if err != nil {
		return 0, err
	}
	dev, err := launch{
		command: []string{"go", "run", "./packages/dev/cmd/dev"}, dir: root,
		environ: append(slices.Clone(environ), "DATABASE_URL=", "PUBLIC_URL=", "WEB_ADDR="+webAddr, "API_ADDR="+apiAddr),
		ready:   strings.Replace("http://"+webAddr+"/", "127.0.0.1", "localhost", 1), poll: pagePoll, atMost: pageWait,
	}.start(ctx)
	if err != nil {
		return 0, err
	}
	dev.stop()
	return dev.took, nil
}
