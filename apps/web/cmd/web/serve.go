package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/assets"
	"cardwall/apps/web/internal/avatar"
	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/outbound"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/apps/web/internal/server"
	"cardwall/apps/web/internal/session"
	"cardwall/migrations"
	"cardwall/packages/httpserver"
	"cardwall/packages/postgres"
	"cardwall/packages/process"
	"cardwall/packages/telemetry"
	"cardwall/packages/token"
)

// serve runs web until ctx ends.
func serve(ctx context.Context, environ map[string]string, out io.Writer) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	if err := assets.Built(); err != nil {
		return err
	}
	log := process.NewLog(out, config.LogLevel, config.LogFormat).With("app", "web")
	watch, err := telemetry.Start(ctx, "web", config.Options, log)
	if err != nil {
		return err
	}
	defer watch.Stop()
	log = watch.Log(log)
	if err := migrate(ctx, config, log); err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, config.watchedPool(watch))
	if err != nil {
		return err
	}
	defer pool.Close()
	watch.Pool(pool)
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer background.Wait() // after stop, and before the pool is closed
	defer stop()
	signs, err := minting(ctx, config, log, store.New(pool))
	if err != nil {
		return err
	}
	health := httpserver.NewHealth(checks(pool, signs)...)
	post, err := config.post(out)
	if err != nil {
		return err
	}
	handler, err := assemble(ctx, config, parts{log: log, watch: watch, pool: pool, health: health, signs: signs, post: post, background: &background})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", config.Addr)
	if err != nil {
		return fmt.Errorf("WEB_ADDR %s can't be listened on; is another web running, or is the port taken? %w", config.Addr, err)
	}
	log.InfoContext(ctx, "listening", "addr", listener.Addr().String(), "public_url", config.origin())
	return httpserver.Run(ctx, listener, httpserver.Server{Handler: handler, Health: health, Log: log})
}

// parts are what web is assembled around.
type parts struct {
	log        *slog.Logger
	watch      *telemetry.Telemetry
	pool       *pgxpool.Pool
	health     *httpserver.Health
	signs      signing
	post       identity.Post   // nil: no mail can be sent
	background *sync.WaitGroup // of what must end before the pool is closed
}

// assemble puts web's parts together, and starts what works in the background until ctx ends.
func assemble(ctx context.Context, config Config, p parts) (*httpserver.Front, error) {
	log, kept := p.log, store.New(p.pool)
	people := identity.New(identity.Config{
		Store: kept, Log: log, DotlessMail: config.Development(), PublicURL: config.origin(), Post: p.post, Square: avatar.Square, Pictures: outbound.New(outbound.Config{}),
		Providers: config.ways(), SignUp: config.signUpRules(), BoardInvitations: server.BoardInvitations(&config.APIURL, p.signs.mint),
		FindBoardInvitation: server.FindBoardInvitation(&config.APIURL, p.signs.mint),
	})
	if people.NobodyCanJoin() {
		log.WarnContext(ctx, "nobody new can join but from a board whose owner passes a link on: SIGN_UP or SIGN_UP_DOMAINS asks for an invitation, which is a mail, and SMTP_URL is not set")
	}
	go people.Run(ctx)
	go people.RunPictures(ctx)
	if err := startJobs(ctx, p.background, p.pool, people, log); err != nil {
		return nil, err
	}
	sessions := session.New(kept, session.Cookie{Secure: config.secure()})
	go store.ListenForSessions(ctx, config.direct(), sessions.Changes(), log)
	show(p.watch, kept, sessions, p.signs)
	return server.New(server.Config{
		Log: log, Health: p.health, PublicURL: &config.PublicURL, APIURL: &config.APIURL, Proxies: config.TrustedProxies, Observer: p.watch.Observer(),
		Identity: people, Sessions: sessions, Guard: session.NewGuard(sessions, log),
		Mint: p.signs.mint, JWKS: p.signs.jwks, ProxyRequestHeaders: config.ProxyHeaders, ProxyLimits: config.proxyLimits(),
	})
}

// checks are what web needs to be ready. It is ready without the api: its pages say what is wrong, and sign-in works.
func checks(pool *pgxpool.Pool, signs signing) []httpserver.Check {
	all := []httpserver.Check{{Name: "database", Run: func(ctx context.Context) error { return postgres.Check(ctx, pool) }}}
	if signs.ready != nil {
		all = append(all, httpserver.Check{Name: "keys", Run: func(context.Context) error { return signs.ready() }})
	}
	return all
}

// signing is what tokens are made with: the keys in the database, or the secret that web and api share, which has
// nothing to publish and never grows old.
type signing struct {
	mint   func(token.Person) (string, error)
	minted func() uint64          // how many it made
	jwks   func() ([]byte, error) // nil with a secret, as is ready
	ready  func() error
}

func minting(ctx context.Context, config Config, log *slog.Logger, kept *store.Store) (signing, error) {
	if config.TokenSecret != "" {
		minter, err := token.NewMinter(token.MinterConfig{Issuer: config.origin(), Audience: audience, Secret: []byte(config.TokenSecret)})
		if err != nil {
			return signing{}, err
		}
		reuse := keyring.NewReuse()
		return signing{mint: func(p token.Person) (string, error) { return reuse.Mint("secret", p, minter.Mint) }, minted: reuse.Minted}, nil
	}
	keys, err := openKeys(ctx, config, log, kept)
	if err != nil {
		return signing{}, err
	}
	go keys.Run(ctx)
	return signing{mint: keys.Mint, minted: keys.Minted, jwks: keys.JWKS, ready: keys.Ready}, nil
}

func openKeys(ctx context.Context, config Config, log *slog.Logger, kept *store.Store) (*keyring.Keyring, error) {
	return keyring.Open(ctx, keyring.Config{
		Store: kept, EncryptionKey: config.KeyEncryptionKey, Issuer: config.origin(), Audience: audience,
		Rotation: config.rotation(), Log: log,
	})
}

func migrate(ctx context.Context, config Config, log *slog.Logger) error {
	applied, err := postgres.Migrate(ctx, config.direct(), migrations.Auth)
	if err != nil {
		return fmt.Errorf("migrate the schema %s: %w", store.Schema, postgres.ForOperator(err))
	}
	log.InfoContext(ctx, "migrated", "schema", store.Schema, "applied", applied)
	return nil
}
