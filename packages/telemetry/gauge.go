package telemetry

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// gaugeTime is what the reading of one may take of a scrape.
const gaugeTime = time.Second

type gauge struct {
	desc *prometheus.Desc
	read func(context.Context) (map[string]int64, error)
}

// Describe is prometheus.Collector's.
func (g *gauge) Describe(out chan<- *prometheus.Desc) { out <- g.desc }

// Collect is prometheus.Collector's.
func (g *gauge) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), gaugeTime)
	defer cancel()
	values, err := g.read(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(g.desc, err)
		return
	}
	for label, value := range values {
		out <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, float64(value), label)
	}
}
