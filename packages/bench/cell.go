package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// warmUp is how long a cell runs before it counts: connections open, statements get prepared.
const warmUp = 300 * time.Millisecond

// job does one thing, again and again.
type job func(context.Context) error

// outcome is what one cell came to in one round.
type outcome struct {
	rate     float64 // per second
	p50, p99 time.Duration
}

// cell runs jobs side by side for a while, each without a pause. The first error ends it.
func cell(ctx context.Context, jobs []job, lasting time.Duration) (outcome, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	from := time.Now().Add(warmUp)
	until := from.Add(lasting)
	took := make([][]time.Duration, len(jobs))
	var wg sync.WaitGroup
	for i, do := range jobs {
		wg.Go(func() {
			for ctx.Err() == nil {
				began := time.Now()
				if began.After(until) {
					return
				}
				if err := do(ctx); err != nil {
					cancel(err)
					return
				}
				if ended := time.Now(); ended.After(from) && !ended.After(until) {
					took[i] = append(took[i], ended.Sub(began))
				}
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return outcome{}, err
	}
	all := slices.Concat(took...)
	if len(all) == 0 {
		return outcome{}, errors.New("nothing was done in the time of a cell")
	}
	slices.Sort(all)
	return outcome{
		rate: float64(len(all)) / lasting.Seconds(), p50: percentile(all, 50), p99: percentile(all, 99),
	}, nil
}

// outcomes are those of all rounds.
type outcomes []outcome

func (o outcomes) rate() float64 {
	return median(each(o, func(one outcome) float64 { return one.rate }))
}

func (o outcomes) p50() time.Duration {
	return median(each(o, func(one outcome) time.Duration { return one.p50 }))
}

func (o outcomes) p99() time.Duration {
	return median(each(o, func(one outcome) time.Duration { return one.p99 }))
}

// ratioTo compares round by round, because what else goes on in the machine changes over time.
func (o outcomes) ratioTo(limit outcomes) float64 {
	ratios := make([]float64, len(o))
	for i := range o {
		ratios[i] = o[i].rate / limit[i].rate
	}
	return median(ratios)
}

func each[T, R any](values []T, of func(T) R) []R {
	out := make([]R, len(values))
	for i, v := range values {
		out[i] = of(v)
	}
	return out
}
