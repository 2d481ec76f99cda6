package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/api/internal/job"
	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/live"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/apps/api/internal/rest"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	"cardwall/packages/postgres"
	"cardwall/packages/process"
	"cardwall/packages/telemetry"
	"cardwall/packages/token"
)

// serve runs the api until ctx ends.
func serve(ctx context.Context, environ map[string]string, out io.Writer) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	log := process.NewLog(out, config.LogLevel, config.LogFormat).With("app", "api")
	watch, err := telemetry.Start(ctx, "api", config.Options, log)
	if err != nil {
		return err
	}
	defer watch.Stop()
	log = watch.Log(log)
	if err := migrate(ctx, config, log); err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, config.pool(watch))
	if err != nil {
		return err
	}
	defer pool.Close()
	watch.Pool(pool)
	verifier, ready, err := guardKeys(ctx, config, log)
	if err != nil {
		return err
	}
	checks := httpserver.NewHealth(
		httpserver.Check{Name: "database", Run: func(ctx context.Context) error { return postgres.Check(ctx, pool) }},
		httpserver.Check{Name: "keys", Run: ready},
	)
	return listen(ctx, config, parts{log: log, watch: watch, pool: pool, verifier: verifier, checks: checks})
}

// parts are what the api is put together from.
type parts struct {
	log      *slog.Logger
	watch    *telemetry.Telemetry
	pool     *pgxpool.Pool
	verifier *token.Verifier
	checks   *httpserver.Health
}

func listen(ctx context.Context, config Config, p parts) error {
	notices := store.NewNotices(p.pool, config.direct(), p.log)
	service, err := kanban.New(store.New(p.pool).Telling(notices.Tell))
	if err != nil {
		return err
	}
	hub := live.New(live.Config{Source: service, Notifier: notices, Encode: rest.EventWords, Log: p.log})
	watchLive(p.watch, hub)
	ctx, stop := context.WithCancel(ctx)
	ended, err := startJobs(ctx, service, p)
	if err != nil {
		stop()
		return err
	}
	last, silence := context.WithCancel(context.WithoutCancel(ctx)) // what the last requests change is still told to others
	told := inBackground(last, hub.Run)
	defer func() { stop(); silence(); <-ended; <-told }() // before the pool is closed
	// Only web and probes call the api, and web's request ids are ours.
	server := httpserver.New(httpserver.Config{Log: p.log, Health: p.checks, TrustRequestID: true, Observer: p.watch.Observer()})
	if err := rest.Register(server.Echo, rest.Config{
		Kanban: service, Verifier: p.verifier, Origins: config.CORSOrigins, RateLimit: config.RateLimit,
		Live: rest.Live{Hub: hub, Lasting: p.checks.Stream},
	}); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", config.Addr)
	if err != nil {
		return fmt.Errorf("API_ADDR %s can't be listened on; is another api running, or is the port taken? %w", config.Addr, err)
	}
	p.log.InfoContext(ctx, "listening", "addr", listener.Addr().String())
	return httpserver.Run(ctx, listener, httpserver.Server{Handler: server, Health: p.checks, Log: p.log})
}

// startJobs does the jobs in the background until ctx ends and those at work are done.
func startJobs(ctx context.Context, service *kanban.Service, p parts) (ended <-chan struct{}, err error) {
	jobs, err := job.New(job.Config{Pool: p.pool, Purge: service.Purge, Log: p.log})
	if err != nil {
		return nil, err
	}
	return inBackground(ctx, jobs.Run), nil
}

func inBackground(ctx context.Context, run func(context.Context)) (ended <-chan struct{}) {
	done := make(chan struct{})
	go func() { defer close(done); run(ctx) }()
	return done
}

func migrate(ctx context.Context, config Config, log *slog.Logger) error {
	applied, err := postgres.Migrate(ctx, config.direct(), migrations.Kanban)
	if err != nil {
		return fmt.Errorf("migrate the schema %s: %w", schema, postgres.ForOperator(err))
	}
	log.InfoContext(ctx, "migrated", "schema", schema, "applied", applied)
	return nil
}

// guardKeys makes the verifier of tokens, and the check that it has what it needs: with published keys it
// fetches them in the background until ctx ends, and is ready once it has some.
func guardKeys(ctx context.Context, config Config, log *slog.Logger) (*token.Verifier, func(context.Context) error, error) {
	verify := token.VerifierConfig{
		Issuer: config.TokenIssuer, Audience: config.TokenAudience, Algorithm: config.TokenAlgorithm,
		Profile: token.Profile(config.TokenProfile), Secret: []byte(config.TokenSecret),
	}
	ready := func(context.Context) error { return nil }
	if config.TokenSecret == "" {
		keys, err := token.NewKeys(token.KeysConfig{
			URL: config.TokenJWKSURL, Algorithm: config.TokenAlgorithm, RefreshEvery: config.TokenJWKSRefresh, Log: log,
		})
		if err != nil {
			return nil, nil, err
		}
		go keys.Run(ctx)
		verify.Keys, ready = keys, func(context.Context) error { return haveKeys(keys) }
	}
	verifier, err := token.NewVerifier(verify)
	return verifier, ready, err
}

func haveKeys(keys *token.Keys) error {
	if keys.Ready() {
		return nil
	}
	return errors.New("web has not been reached for its keys yet")
}
