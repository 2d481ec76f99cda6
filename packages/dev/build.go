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

// sources makes what an app's program is built from besides Go: only web has such.
func (r *runner) sources(ctx context.Context, name string, p plan) error {
	if name != web {
		return nil
	}
	for _, step := range []struct {
		wanted bool
		do     func(context.Context) error
	}{
		{p.templates, r.project.templates},
		{p.packages, r.project.packages},
		{p.bundle, r.project.bundle},
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

func (r *runner) complain(ctx context.Context, name string, err error) {
	if ctx.Err() == nil {
		r.say("%s can't be built; the last good one, if any, goes on:\n%v", name, err)
	}
}
