package postgres

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// How a Listener waits. A server that fell silent without a word counts as lost after silence and pingTimeout.
const (
	silence       = time.Second            // without a notification, until the server is asked for a sign of life
	shortestPause = 100 * time.Millisecond // before it connects anew
	longestPause  = 2 * time.Second
	goodbye       = 200 * time.Millisecond // to take leave of the server
)

// Listener hears what is notified on a channel, over a connection of its own. It calls its three functions one at a
// time and waits for them, so they must be quick: Up, then Heard any number of times, then Down, and again Up.
type Listener struct {
	Config  Config // its URL must lead to the server itself, not to a pooler
	Channel string
	Log     *slog.Logger

	Up    func()               // from now on every notification of what commits is heard
	Heard func(payload string) // in the order of the commits
	Down  func()               // the connection is lost, and with it what was notified in the last two seconds and is from now on
}

// Run listens until ctx ends, and connects anew whenever it must.
func (l Listener) Run(ctx context.Context) {
	pause, told := shortestPause, false
	for {
		heard, err := l.listen(ctx)
		if ctx.Err() != nil {
			return
		}
		if heard || !told {
			l.Log.WarnContext(ctx, "not listening; connecting until it works", "channel", l.Channel, "err", err)
			pause, told = shortestPause, true
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause/2 + rand.N(pause)):
		}
		pause = min(2*pause, longestPause)
	}
}

// listen hears until the connection is lost, and reports whether it ever heard.
func (l Listener) listen(ctx context.Context) (bool, error) {
	conn, err := l.connect(ctx)
	if err != nil {
		return false, err
	}
	defer leave(conn)
	l.Log.InfoContext(ctx, "listening for notifications", "channel", l.Channel)
	l.Up()
	defer l.Down() // before the leave-taking, which may take a while
	for {
		if err := l.hear(ctx, conn); err != nil {
			return true, err
		}
	}
}

func (l Listener) connect(ctx context.Context) (*pgx.Conn, error) {
	config, err := l.Config.parse()
	if err != nil {
		return nil, err
	}
	config.ConnConfig.RuntimeParams["application_name"] += " listener"
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	if _, err := conn.Exec(within, "LISTEN "+quoteIdentifier(l.Channel)); err != nil {
		leave(conn)
		return nil, err
	}
	return conn, nil
}

// hear waits for a notification, and after a silence for a sign of life.
func (l Listener) hear(ctx context.Context, conn *pgx.Conn) error {
	within, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	notification, err := conn.WaitForNotification(within)
	if notification != nil {
		l.Heard(notification.Payload)
	}
	if err == nil || ctx.Err() != nil || !pgconn.Timeout(err) {
		return err
	}
	answer, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return conn.Ping(answer)
}

func leave(conn *pgx.Conn) {
	within, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	_ = conn.Close(within) // there is nothing left to lose
}
