package telemetry

import (
	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

// Pool shows how the connections to Postgres are used.
func (t *Telemetry) Pool(pool *pgxpool.Pool) {
	if t.metrics != nil {
		t.metrics.register.MustRegister(connections{pool})
	}
}

type connections struct{ pool *pgxpool.Pool }

func poolDesc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("cardwall_postgres_"+name, help, labels, nil)
}

var (
	poolNow      = poolDesc("connections", "Connections of the pool: idle, used, or being made.", "state")
	poolMost     = poolDesc("connections_max", "How many connections the pool may have.")
	poolAcquired = poolDesc("acquires_total", "How often a connection was taken from the pool.")
	poolWaited   = poolDesc("acquires_waited_total", "How often that had to wait for one.")
	poolGivenUp  = poolDesc("acquires_given_up_total", "How often that was given up, in vain.")
	poolTook     = poolDesc("acquire_seconds_total", "Time spent on taking connections, in all.")
	poolMade     = poolDesc("connections_made_total", "How many connections were made.")
)

// Describe is prometheus.Collector's.
func (c connections) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{poolNow, poolMost, poolAcquired, poolWaited, poolGivenUp, poolTook, poolMade} {
		out <- desc
	}
}

// Collect is prometheus.Collector's.
func (c connections) Collect(out chan<- prometheus.Metric) {
	stat := c.pool.Stat()
	gauge := func(desc *prometheus.Desc, value int32, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(value), labels...)
	}
	counter := func(desc *prometheus.Desc, value float64) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.CounterValue, value)
	}
	gauge(poolNow, stat.IdleConns(), "idle")
	gauge(poolNow, stat.AcquiredConns(), "used")
	gauge(poolNow, stat.ConstructingConns(), "constructing")
	gauge(poolMost, stat.MaxConns())
	counter(poolAcquired, float64(stat.AcquireCount()))
	counter(poolWaited, float64(stat.EmptyAcquireCount()))
	counter(poolGivenUp, float64(stat.CanceledAcquireCount()))
	counter(poolTook, stat.AcquireDuration().Seconds())
	counter(poolMade, float64(stat.NewConnsCount()))
}

// Queries makes a span of every statement that belongs to a traced request; nil where there are no traces. A span has
// the name that the statement has in query/*.sql: neither its text nor its values, nor where the database is.
func (t *Telemetry) Queries() pgx.QueryTracer {
	if t.tracing == nil {
		return nil
	}
	return otelpgx.NewTracer(
		otelpgx.WithTracerProvider(t.tracing.provider),
		otelpgx.WithSpanNameFunc(queryName),
		otelpgx.WithDisableSQLStatementInAttributes(),
		otelpgx.WithDisableConnectionDetailsInAttributes(),
	)
}
