package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// server is the Postgres that everything is measured on, by its superuser's URL.
type server struct{ url string }

func newServer(environ []string) server {
	for _, pair := range environ {
		if value, ok := strings.CutPrefix(pair, "TEST_DATABASE_URL="); ok {
			return server{value}
		}
	}
	return server{}
}

var errNoServer = errors.New("TEST_DATABASE_URL must name a Postgres server to measure on; `task bench` starts one")

// database makes an empty database, and the function that drops it.
func (s server) database(ctx context.Context) (address string, drop func(), err error) {
	name := "bench_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := s.exec(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(s.url)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() { _ = s.exec(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)") }, nil
}

func (s server) exec(ctx context.Context, sql string) error {
	return s.with(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

func (s server) with(ctx context.Context, fn func(*pgx.Conn) error) error {
	if s.url == "" {
		return errNoServer
	}
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return fmt.Errorf("the server to measure on: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return fn(conn)
}
