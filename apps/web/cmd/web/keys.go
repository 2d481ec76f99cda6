package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"cardwall/apps/web/internal/keyring"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/packages/postgres"
	"cardwall/packages/process"
)

// keysRotate makes the next key; whoever serves does the rest when the time has come.
func keysRotate(ctx context.Context, environ map[string]string, out io.Writer) error {
	return withKeys(ctx, environ, func(keys *keyring.Keyring, _ *store.Store) error {
		turn, err := keys.Rotate(ctx)
		if err != nil {
			return err
		}
		said := "Key %s is published from now on and"
		if !turn.Made {
			said = "No key was made, because key %s is published already: it"
		}
		_, err = fmt.Fprintf(out, said+" signs from %s (in %s); key %s signs until then and goes at %s.\n",
			turn.Next, clock(turn.At), max(0, turn.At.Sub(turn.Now)).Round(time.Second), turn.Active, clock(turn.GoneAt))
		return err
	})
}

// keysList shows each key with the time since when it is what it is.
func keysList(ctx context.Context, environ map[string]string, out io.Writer) error {
	return withKeys(ctx, environ, func(_ *keyring.Keyring, kept *store.Store) error {
		keys, err := kept.SigningKeys(ctx)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, key := range keys.Keys {
			_, _ = fmt.Fprintf(table, "%s\t%s\tsince %s\n", key.ID, key.State(), clock(key.Since()))
		}
		return table.Flush()
	})
}

// withKeys opens the keys for a command.
func withKeys(ctx context.Context, environ map[string]string, do func(*keyring.Keyring, *store.Store) error) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	if config.TokenSecret != "" {
		return errors.New("there are no keys: web and the api share TOKEN_SECRET; change it in both at once")
	}
	pool, err := postgres.Open(ctx, config.pool())
	if err != nil {
		return err
	}
	defer pool.Close()
	kept := store.New(pool)
	keys, err := openKeys(ctx, config, slog.New(slog.DiscardHandler), kept)
	if err != nil {
		return postgres.ForOperator(err)
	}
	return do(keys, kept)
}

func clock(at time.Time) string { return at.UTC().Format(time.DateTime + " UTC") }
