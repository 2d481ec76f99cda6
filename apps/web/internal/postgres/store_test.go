package postgres_test

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

func setup(t *testing.T) (*pgxpool.Pool, *postgres.Store) {
	t.Helper()
	pool, err := pg.Open(context.Background(), pgtest.New(t, migrations.Auth, postgres.Schema))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool, postgres.New(pool)
}

func exec(t *testing.T, pool *pgxpool.Pool, sql string) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, pool *pgxpool.Pool, table string) int {
	t.Helper()
	var n int
	if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEmailsAreUniqueOnlyWhereVerified(t *testing.T) {
	t.Parallel()
	pool, _ := setup(t)
	add := func(verified *time.Time) error {
		_, err := pool.Exec(t.Context(), "INSERT INTO people (id, name, email, email_verified_at) VALUES ($1, 'Ines', 'ines@fernway.example', $2)", uuid.New(), verified)
		return err
	}
	now := time.Now()
	for _, verified := range []*time.Time{nil, &now, nil} {
		if err := add(verified); err != nil {
			t.Error(err)
		}
	}
	var refused *pgconn.PgError
	if err := add(&now); !errors.As(err, &refused) || refused.ConstraintName != "people_verified_email" {
		t.Errorf("a second verified owner: %v", err)
	}
}

func TestNoTwoPeopleShareAPasswordAccount(t *testing.T) {
	t.Parallel()
	pool, store := setup(t)
	from := identity.Origin{Address: netip.MustParseAddr("192.0.2.1")}
	errs := make(chan error)
	for range 8 {
		go func() {
			_, err := store.CreatePasswordPerson(t.Context(), identity.PasswordPerson{
				ID: uuid.Must(uuid.NewV7()), Name: "Ines", Email: "ines@fernway.example", Hash: "$argon2id$none",
			}, from)
			errs <- err
		}()
	}
	made := 0
	for range 8 {
		if err := <-errs; err == nil {
			made++
		} else if !problem.Is(err, problem.Conflict) {
			t.Error(err)
		}
	}
	if made != 1 || count(t, pool, "people") != 1 || count(t, pool, "passwords") != 1 || count(t, pool, "audit") != 1 {
		t.Errorf("%d were made", made)
	}
}

func TestSweepTakesOnlyWhatNoLongerMatters(t *testing.T) {
	t.Parallel()
	pool, store := setup(t)
	exec(t, pool, `INSERT INTO throttles SELECT 'address', sha256(n::text::bytea), 1, now() - n * interval '1 hour' FROM generate_series(0, 3) n`)
	exec(t, pool, `INSERT INTO people (id, name) VALUES ('0198f2a0-0000-7000-8000-000000000001', 'Ines')`)
	exec(t, pool, `INSERT INTO sessions (id_hash, public_id, person_id, created_at, expires_at, address)
		SELECT sha256(n::text::bytea), gen_random_uuid(), '0198f2a0-0000-7000-8000-000000000001', now() - interval '90 days', now() - n * interval '20 days', '192.0.2.1'
		FROM generate_series(0, 3) n`)
	exec(t, pool, `INSERT INTO flows (state_hash, browser_hash, provider, purpose, verifier, nonce, kept, return_to, created_at, expires_at)
		SELECT sha256(n::text::bytea), sha256('b'), 'google', 'sign_in', 'v', 'n', '', '', now() - interval '1 day', now() + n * interval '1 minute'
		FROM generate_series(-1, 1, 2) n`)
	exec(t, pool, `INSERT INTO mail_tokens (id, purpose, email, expires_at) SELECT gen_random_uuid(), 'invite', 'ines@fernway.example', now() + n * interval '1 hour' FROM generate_series(-1, 1) n`)
	service := identity.New(identity.Config{Store: store, Log: slog.New(slog.DiscardHandler)})
	running, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); service.Run(running) }()
	deadline := time.Now().Add(20 * time.Second)
	for count(t, pool, "throttles") != 1 || count(t, pool, "sessions") != 2 || count(t, pool, "flows") != 1 || count(t, pool, "mail_tokens") != 1 {
		if time.Now().After(deadline) {
			t.Fatal("not swept")
		}
	}
	stop()
	<-ended
}

func TestTryThatIsGivenBackCostsNoWaitUnlessAnotherCameSince(t *testing.T) {
	t.Parallel()
	pool, store := setup(t)
	throttle := identity.Throttle{Scope: "x", Limit: identity.Limit{Free: 1, FirstWait: time.Hour, LongestWait: 4 * time.Hour, Memory: 8 * time.Hour}}
	take := func() identity.Try {
		t.Helper()
		try, err := store.TakeTry(t.Context(), throttle)
		if err != nil {
			t.Fatal(err)
		}
		return try
	}
	giveBack := func(try identity.Try) {
		t.Helper()
		if err := store.GiveBackTry(t.Context(), throttle, try.At); err != nil {
			t.Fatal(err)
		}
	}
	spent := take()
	if take().Allowed {
		t.Fatal("there is no wait")
	}
	pass := func() { exec(t, pool, "UPDATE throttles SET tried_at = tried_at - interval '1 hour'") }
	pass()
	for range 3 {
		try := take()
		if !try.Allowed || try.Count != 2 {
			t.Fatalf("it waits for what was given back: %+v", try)
		}
		giveBack(try)
	}
	if try := take(); !try.Allowed || try.Count != 2 {
		t.Fatalf("%+v", try)
	}
	giveBack(spent) // an earlier one
	if take().Allowed {
		t.Error("giving an earlier try back ends the wait for a later one")
	}
}
