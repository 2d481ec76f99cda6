package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// browser is one with a session.
type browser struct {
	cookie string
	hash   []byte // of the session's id, as the database has it
}

func newBrowser() browser {
	id := make([]byte, 32)
	_, _ = rand.Read(id) // never fails
	hash := sha256.Sum256(id)
	return browser{cookie: "session=" + base64.RawURLEncoding.EncodeToString(id), hash: hash[:]}
}

// newBrowsers gives a person so many sessions, written straight into the table: signing in that often would take minutes.
func newBrowsers(ctx context.Context, pool *pgxpool.Pool, of uuid.UUID, n int) ([]browser, error) {
	all := make([]browser, n)
	rows := make([][]any, n)
	for i := range all {
		all[i] = newBrowser()
		rows[i] = []any{all[i].hash, uuid.New(), of, time.Now().Add(24 * time.Hour), netip.AddrFrom4([4]byte{198, 18, 0, 1})}
	}
	columns := []string{"id_hash", "public_id", "person_id", "expires_at", "address"}
	if _, err := pool.CopyFrom(ctx, pgx.Identifier{"sessions"}, columns, pgx.CopyFromRows(rows)); err != nil {
		return nil, err
	}
	_, err := pool.Exec(ctx, "ANALYZE sessions")
	return all, err
}

// newBrowserEach gives one to each of so many people.
func newBrowserEach(ctx context.Context, pool *pgxpool.Pool, people int) ([]browser, error) {
	rows, err := pool.Query(ctx, "SELECT id FROM people LIMIT $1", people)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, err
	}
	all := make([]browser, len(ids))
	for i, id := range ids {
		one, err := newBrowsers(ctx, pool, id, 1)
		if err != nil {
			return nil, err
		}
		all[i] = one[0]
	}
	return all, nil
}

// at is the browser's way to web.
func (b browser) at(web *caller) *caller {
	own := *web
	own.authorize = func(h http.Header) error {
		h.Set("Cookie", b.cookie)
		return nil
	}
	return &own
}
