package pgserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"cardwall/packages/postgres/pgserver/leash"

	"github.com/jackc/pgx/v5"
)

const (
	superuser     = "postgres"
	readyWithin   = 30 * time.Second // a crash may need replaying
	connectWithin = 2 * time.Second
	readyPoll     = 10 * time.Millisecond
	portAttempts  = 5
	lockAttempts  = 100 // each readyPoll × 5 apart: five seconds for a predecessor to finish
)

// Options say which server to start.
type Options struct {
	// BinDir holds the server's programs: what Find returns.
	BinDir string
	// Dir is the folder that keeps the cluster; it is made. Empty means a temporary one, gone when the
	// server ends: on disk when Durable, else in memory where the system offers that.
	Dir string
	// Port on 127.0.0.1; 0 picks a free one.
	Port int
	// Durable keeps what was committed through a crash of the machine. Tests do without and are
	// several times faster.
	Durable bool
	// Log gets the server's own lines, at debug; nil is silence.
	Log *slog.Logger
}

// Server is a running private server.
type Server struct {
	process  *leash.Process
	port     int
	password string
	dir      string
}

// Start makes the cluster when needed, starts the server and waits until it answers. The error is a
// sentence for the person at the keyboard.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c, remove, err := o.cluster()
	if err != nil {
		return nil, err
	}
	server, err := start(ctx, o, c, remove)
	if err != nil && remove != "" {
		_ = os.RemoveAll(remove)
	}
	return server, err
}

func start(ctx context.Context, o Options, c cluster, remove string) (*Server, error) {
	password, err := c.prepare()
	if err != nil {
		return nil, err
	}
	if err := waitForLock(ctx, c); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		server, err := launch(ctx, o, c, password, remove)
		if err == nil || o.Port != 0 || !errors.Is(err, errPortTaken) || attempt == portAttempts {
			return server, err
		}
	}
}

// waitForLock gives a server whose starter has just died the time to shut down.
func waitForLock(ctx context.Context, c cluster) error {
	for attempt := 1; ; attempt++ {
		err := c.removeStaleLock(ctx)
		if !errors.Is(err, errInUse) || attempt == lockAttempts {
			return err
		}
		select {
		case <-time.After(5 * readyPoll):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func launch(ctx context.Context, o Options, c cluster, password, remove string) (*Server, error) {
	port := o.Port
	if port == 0 {
		free, err := freePort(ctx)
		if err != nil {
			return nil, err
		}
		port = free
	}
	said := &output{log: o.Log}
	process, err := leash.Start(leash.Options{
		Command: append([]string{filepath.Join(o.BinDir, "postgres"), "-D", c.data()}, settings(port, o.Durable)...),
		Dir:     c.dir, Env: environment(), Stdout: said, Stderr: said, Credential: c.account,
		Signal: "INT", Remove: remove,
	})
	if err != nil {
		return nil, err
	}
	s := &Server{process: process, port: port, password: password, dir: c.dir}
	if err := s.waitUntilReady(ctx); err != nil {
		process.Stop()
		return nil, explain(err, said.String(), port)
	}
	return s, nil
}

var (
	errEnded     = errors.New("the private Postgres didn't start")
	errPortTaken = errors.New("the port is taken")
)

func explain(err error, said string, port int) error {
	if errors.Is(err, errEnded) && strings.Contains(said, "could not bind") {
		return fmt.Errorf("the private Postgres can't listen on port %d: %w", port, errPortTaken)
	}
	return fmt.Errorf("%w: %s", err, lastLines(said))
}

func (s *Server) waitUntilReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		err := s.connect(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-time.After(readyPoll):
		case <-s.process.Done():
			return errEnded
		case <-ctx.Done():
			return fmt.Errorf("the private Postgres doesn't answer: %w", err)
		}
	}
}

// connect has a limit of its own: if the port was taken, its owner may keep us waiting for ever.
func (s *Server) connect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL(superuser, superuser))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// URL leads to a database as a role of the server. The role "postgres" is the superuser; a role that a
// test makes gets in when it was given the same password, see Password.
func (s *Server) URL(database, user string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(user, s.password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), Path: "/" + database, RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Password is the superuser's.
func (s *Server) Password() string { return s.password }

// Dir is the folder that holds the cluster.
func (s *Server) Dir() string { return s.dir }

// Done is closed once the server has ended.
func (s *Server) Done() <-chan struct{} { return s.process.Done() }

// Stop ends every session and the server, in a few hundredths of a second; a temporary cluster goes too.
func (s *Server) Stop() error {
	s.process.Stop()
	return nil
}

func freePort(ctx context.Context) (int, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}
