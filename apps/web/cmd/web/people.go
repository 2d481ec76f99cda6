package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"cardwall/apps/web/internal/identity"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/packages/postgres"
	"cardwall/packages/problem"
	"cardwall/packages/process"
)

// disable shuts somebody out; every web hears of it from the database.
func disable(ctx context.Context, whom string, environ map[string]string, out io.Writer) error {
	return withPeople(ctx, environ, func(people *identity.Service) error {
		changed, err := people.Disable(ctx, whom)
		return say(out, whom, changed, err, "is disabled and signed out everywhere", "was disabled already")
	})
}

// enable lets somebody in again.
func enable(ctx context.Context, whom string, environ map[string]string, out io.Writer) error {
	return withPeople(ctx, environ, func(people *identity.Service) error {
		changed, err := people.Enable(ctx, whom)
		return say(out, whom, changed, err, "is enabled and may sign in again", "was not disabled")
	})
}

func say(out io.Writer, whom string, changed bool, err error, done, already string) error {
	if err != nil {
		return forOperator(err)
	}
	if !changed {
		done = already
	}
	_, err = fmt.Fprintf(out, "%s %s.\n", whom, done)
	return err
}

// forOperator leaves the sentence of what an operator can mend by themselves.
func forOperator(err error) error {
	switch e := problem.From(err); e.Kind {
	case problem.Invalid, problem.NotFound, problem.Conflict:
		return errors.New(e.Detail)
	}
	return postgres.ForOperator(err)
}

func withPeople(ctx context.Context, environ map[string]string, do func(*identity.Service) error) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, config.pool())
	if err != nil {
		return err
	}
	defer pool.Close()
	return do(identity.New(identity.Config{Store: store.New(pool), Log: slog.New(slog.DiscardHandler)}))
}
