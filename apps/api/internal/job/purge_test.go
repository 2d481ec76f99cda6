package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/api/internal/job"
	"cardwall/apps/api/internal/kanban"
	store "cardwall/apps/api/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/job/jobtest"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

// child names the environment variable that makes this test's program one more process that does jobs.
const child = "CARDWALL_JOB_TEST_DATABASE"

func TestMain(m *testing.M) {
	if database := os.Getenv(child); database != "" {
		doJobsUntilKilled(database)
	}
	os.Exit(m.Run())
}

func doJobsUntilKilled(database string) {
	var config pg.Config
	if err := json.Unmarshal([]byte(database), &config); err != nil {
		panic(err)
	}
	pool, err := pg.Open(context.Background(), config)
	if err != nil {
		panic(err)
	}
	service, err := kanban.New(store.New(pool))
	if err != nil {
		panic(err)
	}
	runner, err := job.New(job.Config{Pool: pool, Purge: service.Purge, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond})
	if err != nil {
		panic(err)
	}
	runner.Run(context.Background())
}

// run does jobs until the test or stop ends it.
func run(t *testing.T, pool *pgxpool.Pool, purge func(context.Context) (kanban.Purged, error), every time.Duration) (stop func()) {
	t.Helper()
	runner, err := job.New(job.Config{Pool: pool, Purge: purge, Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond, Every: every})
	if err != nil {
		t.Fatal(err)
	}
	return jobtest.Run(t, runner)
}

func count(t *testing.T, pool *pgxpool.Pool, of string, args ...any) (n int) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM "+of, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func service(t *testing.T, pool *pgxpool.Pool) *kanban.Service {
	t.Helper()
	made, err := kanban.New(store.New(pool))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Two replicas, and a third one that comes when the leader has gone: each period's purge is done by one of them, once.
func TestReplicasPurgeOnceAPeriod(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	pool := jobtest.Open(t, database)
	var purges [3]atomic.Int32
	counting := func(i int) func(context.Context) (kanban.Purged, error) {
		return func(context.Context) (kanban.Purged, error) { purges[i].Add(1); return kanban.Purged{}, nil }
	}
	const period = 100 * 365 * 24 * time.Hour // none ends while this runs
	leader := run(t, jobtest.Open(t, database), counting(0), period)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_leader) = 1")
	run(t, jobtest.Open(t, database), counting(1), period)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")

	var first string
	if err := pool.QueryRow(t.Context(), "SELECT leader_id FROM river_leader").Scan(&first); err != nil {
		t.Fatal(err)
	}
	leader()
	run(t, jobtest.Open(t, database), counting(2), period)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_leader WHERE leader_id <> $1) = 1", first)
	jobtest.Until(t, pool, "(SELECT last_value FROM river_job_id_seq) = 2") // the new leader has asked for a purge, too
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE finalized_at IS NULL) = 0")
	if n := purges[0].Load() + purges[1].Load() + purges[2].Load(); n != 1 {
		t.Errorf("%d purges", n)
	}
	if n := count(t, pool, "river_job"); n != 1 {
		t.Errorf("%d jobs", n)
	}
}

func TestEachPeriodHasItsPurge(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	pool := jobtest.Open(t, database)
	var purges atomic.Int32
	counting := func(context.Context) (kanban.Purged, error) { purges.Add(1); return kanban.Purged{}, nil }
	stop := run(t, jobtest.Open(t, database), counting, time.Second)
	other := run(t, jobtest.Open(t, database), counting, time.Second)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') >= 3")
	stop()
	other()
	if done, jobs := int(purges.Load()), count(t, pool, "river_job WHERE state = 'completed'"); done != jobs {
		t.Errorf("%d purges for %d jobs", done, jobs)
	}
	if twice := count(t, pool, "(SELECT FROM river_job GROUP BY unique_key HAVING count(*) > 1) twice"); twice != 0 {
		t.Errorf("%d periods have several", twice)
	}
}

func TestWhatHasBeenInTheTrashFor30DaysIsPurgedAndNothingElse(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	pool := jobtest.Open(t, database)
	w := newWorld(t, pool)
	kept := w.board(t, "Garden")
	w.cards(t, kept, 3, "30 days 1 hour")
	w.cards(t, kept, 5, "29 days 23 hours")
	w.cards(t, kept, 7, "")
	w.exec(t, `UPDATE cards SET archived_at = now() - interval '90 days', archived_by = $2 WHERE board_id = $1 AND number > 10`, kept, w.ada)
	w.column(t, kept, "Old", 2, "30 days 1 hour")
	w.column(t, kept, "Young", 2, "29 days 23 hours")
	gone, fresh, archived := w.board(t, "Gone"), w.board(t, "Fresh"), w.board(t, "Archived")
	w.cards(t, gone, 4, "")
	w.exec(t, `UPDATE board_seq SET deleted_at = now() - interval '30 days 1 hour', deleted_by = $2 WHERE board_id = $1`, gone, w.ada)
	w.exec(t, `UPDATE board_seq SET deleted_at = now() - interval '29 days 23 hours', deleted_by = $2 WHERE board_id = $1`, fresh, w.ada)
	w.exec(t, `UPDATE board_seq SET archived_at = now() - interval '900 days', archived_by = $2 WHERE board_id = $1`, archived, w.ada)
	run(t, pool, service(t, pool).Purge, time.Hour)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed') = 1")
	if n := count(t, pool, "cards"); n != 14 {
		t.Errorf("%d cards are left", n)
	}
	if n := count(t, pool, "boards WHERE id = ANY ($1)", []uuid.UUID{kept, fresh, archived}); n != 3 || count(t, pool, "boards") != 3 {
		t.Errorf("%d boards are left of those, %d in all", n, count(t, pool, "boards"))
	}
	if n := count(t, pool, "columns WHERE title = 'Young'"); n != 1 || count(t, pool, "columns WHERE title = 'Old'") != 0 {
		t.Errorf("%d young columns are left", n)
	}
	if n := count(t, pool, "activity WHERE verb = 'column_created' AND became ->> 'title' = 'Young'"); n != 1 || count(t, pool, "activity WHERE became ->> 'title' = 'Old'") != 0 {
		t.Error("the old one's title is there still")
	}
	w.wantForgotten(t, kept, 5)
	if seq := count(t, pool, "board_seq WHERE board_id = $1 AND seq = 22", kept); seq != 1 {
		t.Error("the purge was an activity")
	}
}

func TestInvitationsThatEnded30DaysAgoArePurgedAndNoOthers(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, pgtest.New(t, migrations.Kanban, "kanban"))
	w := newWorld(t, pool)
	board := w.board(t, "Garden")
	for ended, set := range map[string]string{
		"accepted": "accepted_at = now() - AGO, accepted_by = $2", "declined": "declined_at = now() - AGO, declined_by = $2",
		"withdrawn": "withdrawn_at = now() - AGO, withdrawn_by = $2", "expired": "invited_by = $2",
	} {
		for age, ago := range map[string]string{"old": "interval '30 days 1 hour'", "young": "interval '29 days 23 hours'"} {
			email := age + "-" + ended + "@example.org"
			w.exec(t, `INSERT INTO invitations (board_id, id, email, email_key, role, invited_by, expires_at)
				VALUES ($1, gen_random_uuid(), $3, $3, 'viewer', $2, now() - `+ago+`)`, board, w.ada, email)
			w.exec(t, `UPDATE invitations SET `+strings.ReplaceAll(set, "AGO", ago)+` WHERE board_id = $1 AND email = $3`, board, w.ada, email)
		}
	}
	w.exec(t, `INSERT INTO invitations (board_id, id, email, email_key, role, invited_by, expires_at) VALUES ($1, gen_random_uuid(), 'young-waits', 'x', 'viewer', $2, now() + interval '1 day')`, board, w.ada)
	purged, err := service(t, pool).Purge(t.Context())
	if young := count(t, pool, "invitations WHERE email LIKE 'young%'"); err != nil || purged != (kanban.Purged{Invitations: 4}) || young != 5 || count(t, pool, "invitations") != 5 {
		t.Errorf("%+v, %v, and %d of 5 young ones are left of %d", purged, err, young, count(t, pool, "invitations"))
	}
}

// A process is killed while it purges the second of two boards, whose cards it has deleted but not forgotten: the first
// one's cards are gone, each with what was written on it, the second's are whole, and the next process purges them.
func TestAPurgeThatIsKilledInTheMiddleLosesNothing(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Kanban, "kanban")
	pool := jobtest.Open(t, database)
	w := newWorld(t, pool)
	first, second := w.board(t, "First"), w.board(t, "Second")
	w.cards(t, first, 450, "40 days")
	w.cards(t, second, 30, "35 days")
	w.cards(t, second, 10, "")

	hold, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hold.Exec(t.Context(), `SELECT FROM activity WHERE board_id = $1 AND seq = 3 FOR UPDATE`, second); err != nil {
		t.Fatal(err)
	}
	process := exec.CommandContext(t.Context(), os.Args[0])
	process.Env = append(os.Environ(), child+"="+asJSON(t, database))
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	jobtest.Until(t, pool, `(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') = 1
		AND NOT EXISTS (SELECT FROM cards WHERE board_id = $1)`, first)
	if err := process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = process.Wait() // it was killed
	if err := hold.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	jobtest.Until(t, pool, `(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') = 0`)
	w.wantForgotten(t, first, 450)
	w.wantForgotten(t, second, 0)
	if n := count(t, pool, "cards WHERE board_id = $1", second); n != 40 {
		t.Fatalf("%d cards are left of 40 on the board that it wasn't done with", n)
	}
	if running := count(t, pool, "river_job WHERE state = 'running'"); running != 1 {
		t.Errorf("%d jobs are at work, for all that is known", running)
	}

	// The dead leader's lease would end by itself, after 15 s.
	w.exec(t, "UPDATE river_leader SET expires_at = now()")
	run(t, jobtest.Open(t, database), service(t, pool).Purge, time.Second)
	jobtest.Until(t, pool, "(SELECT count(*) FROM cards WHERE board_id = $1) = 10", second)
	w.wantForgotten(t, second, 30)
}

// A job whose process died is given to another: its next period needn't come.
func TestAJobWhoseProcessDiedIsRescued(t *testing.T) {
	t.Parallel()
	pool := jobtest.Open(t, pgtest.New(t, migrations.Kanban, "kanban"))
	w := newWorld(t, pool)
	w.exec(t, `INSERT INTO river_job (state, kind, args, attempt, max_attempts, attempted_at, attempted_by)
		VALUES ('running', 'purge', '{}', 1, 5, now() - interval '11 minutes', '{gone}')`)
	var purges atomic.Int32
	run(t, pool, func(context.Context) (kanban.Purged, error) { purges.Add(1); return kanban.Purged{}, nil }, time.Hour)
	jobtest.Until(t, pool, "(SELECT count(*) FROM river_job WHERE state = 'completed' AND attempt = 2) = 1")
}

// world is what the purge finds: boards of Ada's.
type world struct {
	pool *pgxpool.Pool
	ada  uuid.UUID
}

func newWorld(t *testing.T, pool *pgxpool.Pool) world {
	t.Helper()
	w := world{pool, uuid.New()}
	w.exec(t, `INSERT INTO people (id, name, email) VALUES ($1, 'Ada', 'ada@example.org')`, w.ada)
	return w
}

func (w world) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := w.pool.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// board puts up a board with a column.
func (w world) board(t *testing.T, title string) uuid.UUID {
	t.Helper()
	made, err := service(t, w.pool).CreateBoard(t.Context(), kanban.Actor{ID: w.ada}, nil, kanban.NewBoard{Title: title})
	if err != nil {
		t.Fatal(err)
	}
	w.exec(t, `INSERT INTO columns (board_id, id, title, rank, created_by) VALUES ($1, $1, 'To do', 'a0', $2)`, made.ID, w.ada)
	return made.ID
}

// column adds one with cards and an activity that tells of it; it has been in the trash for so long, and its cards have come along.
func (w world) column(t *testing.T, board uuid.UUID, title string, cards int, deleted string) {
	t.Helper()
	id := uuid.New()
	w.cards(t, board, cards, "")
	w.exec(t, `INSERT INTO columns (board_id, id, title, rank, created_by, archived_at, archived_by, deleted_at, deleted_by)
		VALUES ($1, $2, $3, 'a0', $4, now(), $4, now() - $5::interval, $4)`, board, id, title, w.ada, deleted)
	w.exec(t, `UPDATE cards SET column_id = $2 WHERE board_id = $1 AND number > (SELECT last_number - $3 FROM board_seq WHERE board_id = $1)`, board, id, cards)
	w.exec(t, `WITH taken AS (UPDATE board_seq SET seq = seq + 1 WHERE board_id = $1 RETURNING seq)
		INSERT INTO activity (board_id, seq, actor_id, verb, column_id, became)
		SELECT $1, seq, $2, 'column_created', $3, jsonb_build_object('title', $4::text, 'kind', 'active') FROM taken`, board, w.ada, id, title)
}

// cards adds some with an activity each; they have been in the trash for so long, if for any time.
func (w world) cards(t *testing.T, board uuid.UUID, n int, deleted string) {
	t.Helper()
	w.exec(t, `WITH taken AS (UPDATE board_seq SET seq = seq + $2, last_number = last_number + $2 WHERE board_id = $1 RETURNING seq - $2 AS seq, last_number - $2 AS number),
		made AS (
			INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by, deleted_at, deleted_by)
			SELECT $1, gen_random_uuid(), taken.number + i, $1, 'c' || to_char(taken.number + i, 'FM000'), 'secret', $3,
				now() - nullif($4, '')::interval, CASE WHEN $4 <> '' THEN $3::uuid END
			FROM taken, generate_series(1, $2::int) i RETURNING id, number
		)
		INSERT INTO activity (board_id, seq, actor_id, verb, card_id, column_id, became)
		SELECT $1, taken.seq + made.number - taken.number, $3, 'card_created', made.id, $1, jsonb_build_object('title', 'secret', 'number', made.number)
		FROM taken, made`, board, n, w.ada, deleted)
}

// wantForgotten checks that of so many cards of a board the activity is there without what was written, and that no other's is.
func (w world) wantForgotten(t *testing.T, board uuid.UUID, want int) {
	t.Helper()
	const forgotten = "activity a WHERE board_id = $1 AND verb = 'card_created' AND NOT became ? 'title' AND became ? 'number'"
	if n := count(t, w.pool, forgotten, board); n != want {
		t.Errorf("what was written is forgotten of %d cards, want %d", n, want)
	}
	if n := count(t, w.pool, forgotten+" AND EXISTS (SELECT FROM cards k WHERE k.board_id = a.board_id AND k.id = a.card_id)", board); n != 0 {
		t.Errorf("%d of them are there still", n)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(fmt.Sprint(string(text)))
}
