package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/migrations"
	"cardwall/packages/postgres/pgserver"
	"cardwall/packages/postgres/pgtest"

	pg "cardwall/packages/postgres"
)

// run does jobs until the test or stop ends it.
func run(t *testing.T, pool *pgxpool.Pool, deliver func(context.Context, identity.Mail) error, adjust ...func(*job.Config)) (stop func()) {
	t.Helper()
	config := job.Config{
		Pool: pool, Deliver: deliver, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond,
		Retry: func(int) time.Duration { return 10 * time.Millisecond },
	}
	for _, change := range adjust {
		change(&config)
	}
	runner, err := job.New(config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); runner.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

// ask leaves a mail in a transaction, which is committed or rolled back.
func ask(t *testing.T, pool *pgxpool.Pool, commit bool) identity.Mail {
	t.Helper()
	mail := identity.Mail{ID: uuid.New(), What: identity.OnPasswordChanged, To: "ines@fernway.example"}
	rolledBack := errors.New("rolled back")
	err := pg.InTx(t.Context(), pool, pgx.TxOptions{}, func(tx pgx.Tx) error {
		if err := job.NewQueue().Mail(t.Context(), tx, mail); err != nil {
			return err
		}
		if !commit {
			return rolledBack
		}
		return nil
	})
	if err != nil && (commit || !errors.Is(err, rolledBack)) {
		t.Fatal(err)
	}
	return mail
}

// until waits for a condition in the database.
func until(t *testing.T, pool *pgxpool.Pool, condition string) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		var so bool
		if err := pool.QueryRow(t.Context(), "SELECT "+condition).Scan(&so); err == nil && so {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("it never came to be that %s", condition)
		}
		<-time.After(5 * time.Millisecond)
	}
}

func TestMailIsSentIfAndOnlyIfItsTransactionCommitted(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	delivered := make(chan identity.Mail, 10)
	run(t, pool, func(_ context.Context, m identity.Mail) error { delivered <- m; return nil })
	ask(t, pool, false)
	want := ask(t, pool, true)
	if got := <-delivered; got != want {
		t.Errorf("delivered %+v, asked for %+v", got, want)
	}
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
	if len(delivered) != 0 {
		t.Errorf("another mail went out: %+v", <-delivered)
	}
}

func TestTwoReplicasSendAMailOnce(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Auth, "auth")
	var mu sync.Mutex
	times := map[uuid.UUID]int{}
	deliver := func(_ context.Context, m identity.Mail) error {
		mu.Lock()
		defer mu.Unlock()
		times[m.ID]++
		return nil
	}
	pool := open(t, database)
	run(t, pool, deliver)
	run(t, open(t, database), deliver)
	run(t, open(t, database), deliver)
	const mails = 60
	for range mails {
		ask(t, pool, true)
	}
	until(t, pool, fmt.Sprintf("(SELECT count(*) FROM river_job WHERE state = 'completed') = %d", mails))
	mu.Lock()
	defer mu.Unlock()
	for id, n := range times {
		if n != 1 {
			t.Errorf("mail %s went out %d times", id, n)
		}
	}
	if len(times) != mails {
		t.Errorf("%d of %d mails went out", len(times), mails)
	}
}

func TestFailedMailIsTriedAgain(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	attempts := make(chan identity.Mail, 10)
	run(t, pool, func(_ context.Context, m identity.Mail) error {
		attempts <- m
		if len(attempts) < 3 {
			return errors.New("the mail server can't be reached")
		}
		return nil
	})
	ask(t, pool, true)
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed' AND attempt = 3) = 1")
	if len(attempts) != 3 {
		t.Errorf("%d attempts", len(attempts))
	}
}

func TestMailThatCanNeverArriveEndsAndIsLoggedWithoutItsAddress(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	var attempts atomic.Int32
	log := &lockedBuffer{}
	run(t, pool, func(context.Context, identity.Mail) error {
		attempts.Add(1)
		return fmt.Errorf("%w: no such mailbox", identity.ErrUndeliverable)
	}, func(c *job.Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
	ask(t, pool, true)
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'cancelled') = 1")
	if attempts.Load() != 1 {
		t.Errorf("%d attempts", attempts.Load())
	}
	if said := log.String(); !strings.Contains(said, "mail given up") || strings.Contains(said, "fernway") || strings.Contains(said, "Ines") {
		t.Errorf("the log says:\n%s", said)
	}
}

func TestMailIsGivenUpAfterItsLastAttempt(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	var attempts atomic.Int32
	run(t, pool, func(context.Context, identity.Mail) error { attempts.Add(1); return errors.New("not today") })
	ask(t, pool, true)
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'discarded') = 1")
	if attempts.Load() != 12 {
		t.Errorf("%d attempts", attempts.Load())
	}
}

func TestStoppingLetsARunningJobFinish(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	at, goOn := make(chan struct{}), make(chan struct{})
	stop := run(t, pool, func(ctx context.Context, _ identity.Mail) error {
		close(at)
		<-goOn
		return ctx.Err()
	})
	ask(t, pool, true)
	<-at
	stopped := make(chan struct{})
	go func() { defer close(stopped); stop() }()
	select {
	case <-stopped:
		t.Fatal("it didn't wait")
	case <-time.After(100 * time.Millisecond): // the time itself is what is tested
	}
	close(goOn)
	<-stopped
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
}

func TestStoppingCutsAJobWhoseGraceIsOverAndItIsDoneLater(t *testing.T) {
	t.Parallel()
	pool := open(t, pgtest.New(t, migrations.Auth, "auth"))
	at := make(chan struct{})
	stop := run(t, pool, func(ctx context.Context, _ identity.Mail) error {
		close(at)
		<-ctx.Done()
		return ctx.Err()
	}, func(c *job.Config) { c.Grace = 20 * time.Millisecond })
	ask(t, pool, true)
	<-at
	stop()
	run(t, pool, func(context.Context, identity.Mail) error { return nil })
	until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
}

func TestJobsGoOnWhenTheDatabaseComesBack(t *testing.T) {
	t.Parallel()
	binDir, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	options := pgserver.Options{BinDir: binDir, Dir: t.TempDir()}
	server, err := pgserver.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	database := pg.Config{URL: server.URL("postgres", "postgres"), Schema: "auth"}
	if _, err := pg.Migrate(t.Context(), database, migrations.Auth); err != nil {
		t.Fatal(err)
	}
	pool := open(t, database)
	delivered := make(chan identity.Mail, 10)
	run(t, pool, func(_ context.Context, m identity.Mail) error { delivered <- m; return nil })
	ask(t, pool, true)
	<-delivered
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := pool.Ping(t.Context()); err == nil {
		t.Fatal("the database isn't gone")
	}
	options.Port = port(t, database.URL)
	if server, err = pgserver.Start(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	until(t, pool, "true")
	want := ask(t, pool, true)
	back := time.Now()
	if got := <-delivered; got != want {
		t.Errorf("delivered %+v, asked for %+v", got, want)
	}
	t.Logf("after %s", time.Since(back))
	if took := time.Since(back); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestJobsBeginOnceTheDatabaseIsThere(t *testing.T) {
	t.Parallel()
	stop := run(t, open(t, pg.Config{URL: "postgres://nobody@127.0.0.1:1/none", Schema: "auth"}), nil)
	stop() // it neither gave up nor hangs
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}
func (l *lockedBuffer) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

func port(t *testing.T, database string) int {
	t.Helper()
	at, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
