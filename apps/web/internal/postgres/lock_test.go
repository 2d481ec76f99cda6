package postgres_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

// couple is two people, each of whom claims the e-mail that the other is about to get.
type couple struct {
	store *postgres.Store
	ids   [2]uuid.UUID
}

var claims = [2]string{"ada@fernway.example", "grace@fernway.example"}

func (c couple) token(i int) identity.TokenHash { return identity.TokenHash{byte(i + 1)} }

// Each of these changes concerns both people. Done in the wrong order, one gets what the other waits for.
func TestPeopleWhoConcernEachOtherNeverWaitForEachOther(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(context.Context, couple, int) error{
		"asking_for_each_others_email": func(ctx context.Context, c couple, i int) error {
			token := identity.MailToken{ID: uuid.New(), What: identity.OnVerify, PersonID: c.ids[i], Email: claims[1-i]}
			return c.store.AskForVerification(ctx, token, identity.Nowhere())
		},
		"verifying_each_others_email": func(ctx context.Context, c couple, i int) error {
			_, err := c.store.VerifyEmail(ctx, identity.Self{PersonID: c.ids[i], From: identity.Nowhere()}, c.token(i))
			return err
		},
		"linking_each_others_email": func(ctx context.Context, c couple, i int) error {
			a := identity.Arrived{
				Arrival: identity.Arrival{Issuer: "https://idp.example", Subject: claims[i], Email: claims[1-i], EmailVerified: true}, Provider: "oidc",
				Leaver: &identity.Leaver{PersonID: c.ids[i]},
			}
			return c.store.SettleArrival(ctx, a, func(identity.Known) (identity.Settlement, error) {
				return identity.Settlement{PersonID: c.ids[i], Link: true, Email: claims[1-i], EmailVerified: true}, nil
			}, identity.Nowhere())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := pgtest.New(t, migrations.Auth, postgres.Schema)
			watch := openPool(t, config)
			for range 3 {
				if n := meet(t, config, watch, change); n != 0 {
					t.Fatalf("%d deadlocks", n)
				}
			}
		})
	}
}

// meet lets both changes begin while both people are held, so that each takes its first lock as the other does, and
// returns how many deadlocks there were.
func meet(t *testing.T, config pg.Config, watch *pgxpool.Pool, change func(context.Context, couple, int) error) int {
	t.Helper()
	pool, err := pg.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	c := couple{store: postgres.New(pool), ids: [2]uuid.UUID{uuid.New(), uuid.New()}}
	exec(t, watch, "TRUNCATE people CASCADE")
	for i, id := range c.ids {
		hash := c.token(i)
		if _, err := watch.Exec(t.Context(), "INSERT INTO people (id, name, email) VALUES ($1, 'Ada', $2)", id, claims[i]); err != nil {
			t.Fatal(err)
		}
		if _, err := watch.Exec(t.Context(), `INSERT INTO mail_tokens (id, purpose, person_id, email, hash, expires_at)
			VALUES (gen_random_uuid(), 'verify', $1, $2, $3, now() + interval '1 hour')`, id, claims[1-i], hash[:]); err != nil {
			t.Fatal(err)
		}
	}
	both(t, watch, func(i int) {
		_ = change(t.Context(), c, i) // one may rightly refuse: it is the waiting that counts
	})
	pool.Close() // what a connection has counted is known once it ends
	until(t, watch, "SELECT count(*) <= 2 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'")
	var deadlocks int
	if err := watch.QueryRow(t.Context(), "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").Scan(&deadlocks); err != nil {
		t.Fatal(err)
	}
	return deadlocks
}

// both runs two changes that find everybody locked, and goes on as soon as they wait.
func both(t *testing.T, watch *pgxpool.Pool, do func(i int)) {
	t.Helper()
	hold, err := watch.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = hold.Rollback(t.Context()) }()
	if _, err := hold.Exec(t.Context(), "SELECT FROM people FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() { do(i) })
	}
	until(t, watch, "SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
	if err := hold.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
}

func until(t *testing.T, pool *pgxpool.Pool, condition string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for met := false; !met; {
		if err := pool.QueryRow(t.Context(), condition).Scan(&met); err != nil || time.Now().After(deadline) {
			t.Fatalf("it never came to %s (%v)", condition, err)
		}
	}
}

func openPool(t *testing.T, config pg.Config) *pgxpool.Pool {
	t.Helper()
	config.MaxConns = 2
	pool, err := pg.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}
