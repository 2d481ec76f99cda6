package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"cardwall/packages/postgres/pgserver/leash"
)

// runner holds the apps while they run. One goroutine does all of its work but the building.
type runner struct {
	settings settings
	project  project
	tool     sync.Mutex // held while templ is made
	stdout   io.Writer
	stderr   io.Writer
	services map[string]*service
	events   chan event
	ready    map[string]bool // those that have been ready at least once
}

// serve starts what was built and follows the sources until ctx ends, or the database.
func (r *runner) serve(ctx context.Context, db database, key string, built []string, changes <-chan []string) error {
	r.services = map[string]*service{
		api: r.service(api, r.settings.apiAddr, r.settings.api(db.url)),
		web: r.service(web, r.settings.webAddr, r.settings.web(db.url, key)),
	}
	defer r.stop()
	r.restart(ctx, built, time.Now())
	for {
		select {
		case files := <-changes:
			since := time.Now()
			r.restart(ctx, r.build(ctx, planFor(files)), since)
		case e := <-r.events:
			r.hear(e)
		case <-db.gone():
			return errors.New("the private Postgres has ended; start again")
		case <-ctx.Done():
			return nil
		}
	}
}

func (r *runner) service(name, addr string, env []string) *service {
	return &service{
		name: name, program: r.project.binary(name), env: env,
		readyz: "http://" + addr + "/readyz", output: newLabelled(name, r.stderr),
	}
}

// restart replaces the apps whose programs are new; since is when the change was noticed. Web goes
// first, because the api waits for its keys.
func (r *runner) restart(ctx context.Context, built []string, since time.Time) {
	slices.SortFunc(built, func(a, b string) int { return strings.Compare(b, a) })
	for _, name := range built {
		if ctx.Err() != nil {
			return
		}
		if err := r.services[name].restart(ctx, since, r.events); err != nil {
			r.say("%s can't be started: %v", name, err)
		} else if name != built[len(built)-1] {
			r.services[name].settle(ctx)
		}
	}
}

// hear takes note of a service's news. The one line goes out when all have been ready; later ones
// tell how long a change took.
func (r *runner) hear(e event) {
	if e.process != e.service.process {
		return
	}
	switch {
	case e.kind == ended:
		r.say("%s has ended with code %d; it starts again with the next change.", e.service.name, leash.ExitCode(e.ended))
	case len(r.ready) == len(r.services):
		r.say("%s is back after %.1f s.", e.service.name, e.took.Seconds())
	default:
		r.ready[e.service.name] = true
		if len(r.ready) == len(r.services) {
			_, _ = fmt.Fprintf(r.stdout, "Cardwall is at %s\n", r.settings.publicURL)
		}
	}
}

func (r *runner) say(format string, args ...any) {
	_, _ = fmt.Fprintf(r.stderr, format+"\n", args...)
}

func (r *runner) stop() {
	var wg sync.WaitGroup
	for _, s := range r.services {
		wg.Go(s.stop)
	}
	wg.Wait()
}
