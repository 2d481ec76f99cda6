package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"cardwall/packages/bench/stand"
)

const (
	allocationRequests = 4000
	allocationWorkers  = 8
)

// allocations counts what each proxy allocates for a request. Web tells it on its metrics' address, which is otherwise
// off: counting costs little and allocates nothing.
func (b *bench) allocations(ctx context.Context, t *track) (table, error) {
	out := table{
		title: "Allocations a request",
		head:  []string{"", "objects"},
		notes: []string{fmt.Sprintf("Of the proxy's own process, over %d requests for 2 KB, %d at once, after as many to warm up.", allocationRequests, allocationWorkers)},
	}
	bare, err := t.startBare(ctx, fullBuffer)
	if err != nil {
		return out, err
	}
	defer bare.stop()
	watched := t.eddsa
	if watched.metricsAddr, err = freeAddr(ctx); err != nil {
		return out, err
	}
	web, err := t.startWeb(ctx, watched, 1)
	if err != nil {
		return out, err
	}
	defer web.stop()
	for _, one := range []struct {
		name    string
		way     *caller
		metrics string
	}{
		{"bare", bare.way, strings.TrimSuffix(bare.way.base, "/v1") + stand.Metrics},
		{"web, EdDSA", web.way, "http://" + watched.metricsAddr + "/metrics"},
	} {
		objects, err := one.way.allocations(ctx, one.metrics)
		if err != nil {
			return out, fmt.Errorf("%s: %w", one.name, err)
		}
		out.rows = append(out.rows, []string{one.name, fmt.Sprintf("%.0f", objects)})
	}
	return out, nil
}

// allocations asks the metrics before and after many requests.
func (c *caller) allocations(ctx context.Context, metrics string) (float64, error) {
	if err := c.askOften(ctx); err != nil {
		return 0, err
	}
	before, err := mallocs(ctx, metrics)
	if err != nil {
		return 0, err
	}
	if err := c.askOften(ctx); err != nil {
		return 0, err
	}
	after, err := mallocs(ctx, metrics)
	return (after - before) / allocationRequests, err
}

func (c *caller) askOften(ctx context.Context) error {
	failed := make(chan error, allocationWorkers)
	for range allocationWorkers {
		go func() {
			for range allocationRequests / allocationWorkers {
				if err := c.call(ctx, http.MethodGet, "/answers/2048", nil, http.StatusOK, nil); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	var all error
	for range allocationWorkers {
		all = errors.Join(all, <-failed)
	}
	return all
}

var errNoMallocs = errors.New("the metrics don't tell of allocations")

func mallocs(ctx context.Context, address string) (float64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if name, _, _ = strings.Cut(name, "{"); name == "go_memstats_mallocs_total" {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, errNoMallocs
}
