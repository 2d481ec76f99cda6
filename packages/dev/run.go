package dev

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
)

// Options say what to run and who listens.
type Options struct {
	Root    string    // the workspace
	Environ []string  // the developer's environment, as os.Environ gives it
	Stdout  io.Writer // gets one line: where Cardwall is
	Stderr  io.Writer // gets the apps' logs and what the tools have to say
}

// Run runs Cardwall until ctx ends, which is no error, and leaves no process behind. An error is a
// sentence that says what the developer can do.
func Run(ctx context.Context, o Options) error {
	s, err := readSettings(o.Environ)
	if err != nil {
		return err
	}
	if err := errors.Join(portIsFree(ctx, "WEB_ADDR", s.webAddr), portIsFree(ctx, "API_ADDR", s.apiAddr), s.idpIsFree(ctx), hasNode()); err != nil {
		return err
	}
	r := &runner{
		settings: s, project: project{o.Root}, stdout: o.Stdout, stderr: &together{to: o.Stderr},
		events: make(chan event), ready: map[string]bool{},
	}
	if err := r.run(ctx); ctx.Err() == nil {
		return err
	}
	return nil
}

// run opens the database while everything is built, for neither needs the other; then it serves.
func (r *runner) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes, err := watch(ctx, r.project.root)
	if err != nil {
		return err
	}
	key, err := keyEncryptionKey(r.project.dataDir())
	if err != nil {
		return err
	}
	if err := r.startIDP(ctx); err != nil {
		return err
	}
	_, missing := os.Stat(r.project.binary(web))
	var built []string
	var building sync.WaitGroup
	building.Go(func() { built = r.build(ctx, everything()) })
	defer building.Wait()

	db, err := openDatabase(ctx, r.settings.environ["DATABASE_URL"], r.project.dataDir(), r.stderr)
	if err != nil {
		cancel()
		return err
	}
	defer db.close()
	if missing != nil {
		r.say("Building Cardwall; the first time takes a minute …")
	}
	building.Wait()
	return r.serve(ctx, db, key, built, changes)
}
