package dev

import (
	"context"
	"slices"
	"sync"
)

// build carries out a plan and returns the apps whose programs are new. Complaints go to the
// developer as the tools worded them.
func (r *runner) build(ctx context.Context, p plan) []string {
	var mu sync.Mutex
	var built []string
	var wg sync.WaitGroup
	for _, name := range p.apps {
		wg.Go(func() {
			err := r.sources(ctx, name, p)
			if err == nil {
				err = r.project.program(ctx, name)
			}
			if err != nil {
				r.complain(ctx, name, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			built = append(built, name)
		})
	}
	wg.Wait()
	slices.Sort(built)
	return built
}

// sources makes what an app's program is built from besides Go: templates, and what only web has.
func (r *runner) sources(ctx context.Context, name string, p plan) error {
	for _, step := range []struct {
		wanted bool
		do     func(context.Context) error
	}{
		{p.templates, func(ctx context.Context) error { return r.templates(ctx, name) }},
		{p.packages && name == web, r.project.packages},
		{p.bundle && name == web, r.project.bundle},
	} {
		if !step.wanted {
			continue
		}
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// templates generates the Go of an app's templates. Both apps are built at once, with one templ.
func (r *runner) templates(ctx context.Context, app string) error {
	r.tool.Lock()
	err := r.project.templ(ctx)
	r.tool.Unlock()
	if err != nil {
		return err
	}
	return r.project.templates(ctx, app)
}

func (r *runner) complain(ctx context.Context, name string, err error) {
	if ctx.Err() == nil {
		r.say("%s can't be built; the last good one, if any, goes on:\n%v", name, err)
	}
}
