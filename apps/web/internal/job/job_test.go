package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
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
	"cardwall/packages/job/jobtest"
	"cardwall/packages/postgres/pgtest"

	pg "cardwall/packages/postgres"
)

// run does jobs until the test or stop ends it.
func run(t *testing.T, pool *pgxpool.Pool, deliver func(context.Context, identity.Mail) error, adjust ...func(*job.Config)) {
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
	jobtest.Run(t, runner)
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

func TestMailIsSentIfAndOnlyIfItsTransactionCommitted(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, pgtest.New(t, migrations.Auth, "auth"))
	delivered := make(chan identity.Mail, 10)
	run(t, pool, func(_ context.Context, m identity.Mail) error { delivered <- m; return nil })
	ask(t, pool, false)
	want := ask(t, pool, true)
	if got := <-delivered; got != want {
		t.Errorf("delivered %+v, asked for %+v", got, want)
	}
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
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
	pool := jobtest.Open(t, database)
	run(t, pool, deliver)
	run(t, jobtest.Open(t, database), deliver)
	run(t, jobtest.Open(t, database), deliver)
	const mails = 60
	for range mails {
		ask(t, pool, true)
	}
	jobtest.Until(t, pool, fmt.Sprintf("(SELECT count(*) FROM river_job WHERE state = 'completed') = %d", mails))
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
	pool := jobtest.Open(t, pgtest.New(t, migrations.Auth, "auth"))
	attempts := make(chan identity.Mail, 10)
	run(t, pool, func(_ context.Context, m identity.Mail) error {
		attempts <- m
		if len(attempts) < 3 {
			return errors.New("the mail server can't be reached")
		}
		return nil
	})
	ask(t, pool, true)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed' AND attempt = 3) = 1")
	if len(attempts) != 3 {
		t.Errorf("%d attempts", len(attempts))
	}
}

func TestMailThatCanNeverArriveEndsAndIsLoggedWithoutItsAddress(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, pgtest.New(t, migrations.Auth, "auth"))
	var attempts atomic.Int32
	log := &lockedBuffer{}
	run(t, pool, func(context.Context, identity.Mail) error {
		attempts.Add(1)
		return fmt.Errorf("%w: no such mailbox", identity.ErrUndeliverable)
	}, func(c *job.Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
	ask(t, pool, true)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'cancelled') = 1")
	if attempts.Load() != 1 {
		t.Errorf("%d attempts", attempts.Load())
	}
	if said := log.String(); !strings.Contains(said, "mail given up") || strings.Contains(said, "fernway") || strings.Contains(said, "Ines") {
		t.Errorf("the log says:\n%s", said)
	}
}

func TestMailIsGivenUpAfterItsLastAttempt(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, pgtest.New(t, migrations.Auth, "auth"))
	var attempts atomic.Int32
	run(t, pool, func(context.Context, identity.Mail) error { attempts.Add(1); return errors.New("not today") })
	ask(t, pool, true)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'discarded') = 1")
	if attempts.Load() != 12 {
		t.Errorf("%d attempts", attempts.Load())
	}
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
