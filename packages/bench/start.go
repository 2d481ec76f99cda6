package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// rest is how long an app is left alone before its memory is read: the collections of its start are over.
const rest = 3 * time.Second

// starts measures how soon each app is ready, on a database that is up and migrated, and how big it is.
func (b *bench) starts(ctx context.Context) ([]table, error) {
	database, drop, err := b.server.database(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	d, err := deploy(ctx, database)
	if err != nil {
		return nil, err
	}
	if _, _, err := d.once(ctx); err != nil { // this one migrates
		return nil, err
	}
	var webs, apis samples
	for round := range b.rounds {
		b.say("start %d of %d", round+1, b.rounds)
		w, a, err := d.once(ctx)
		if err != nil {
			return nil, err
		}
		webs.add(w)
		apis.add(a)
	}
	web, err := webs.row("web", webProgram)
	if err != nil {
		return nil, err
	}
	api, err := apis.row("api", apiProgram)
	return []table{{
		title: "Each app",
		head:  []string{"", "ready after (target: < 150 ms)", "binary (< 30 MB)", "resident at rest (< 30 MB)"},
		rows:  [][]string{web, api},
		notes: []string{"From the start of the process until `/readyz` answers 200, with the database up and migrated; " +
			"the api with web up, because it waits for web's keys. " + fmt.Sprintf("Resident: VmRSS %s after that.", seconds(rest))},
	}}, err
}

// sample is one start of one app.
type sample struct {
	took     time.Duration
	resident float64
}

// once starts both and stops them.
func (d deployment) once(ctx context.Context) (web, api sample, err error) {
	w, err := d.startWeb(ctx)
	if err != nil {
		return web, api, err
	}
	defer w.stop()
	a, err := d.startAPI(ctx, d.apiAddr, d.webKeys())
	if err != nil {
		return web, api, err
	}
	defer a.stop()
	err = leaveAlone(ctx)
	return sample{w.took, w.resident()}, sample{a.took, a.resident()}, err
}

// leaveAlone waits until an app that has just started is at rest.
func leaveAlone(ctx context.Context) error {
	select {
	case <-time.After(rest):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type samples struct {
	took     []time.Duration
	resident []float64
}

func (s *samples) add(one sample) {
	s.took, s.resident = append(s.took, one.took), append(s.resident, one.resident)
}

func (s *samples) row(name, program string) ([]string, error) {
	info, err := os.Stat(program)
	if err != nil {
		return nil, err
	}
	return []string{
		name, fmt.Sprintf("%s ms", millis(median(s.took))), megabytes(float64(info.Size())), megabytes(median(s.resident)),
	}, nil
}
