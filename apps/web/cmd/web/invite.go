package main

import (
	"context"
	"fmt"
	"io"

	"cardwall/apps/web/internal/identity"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/packages/postgres"
	"cardwall/packages/process"
)

// invite asks for the mail of an invitation. The running web sends it; in development, which has no mail server, too.
func invite(ctx context.Context, email string, environ map[string]string, out io.Writer) error {
	config, err := process.ReadConfig[Config](environ)
	if err != nil {
		return err
	}
	post, err := config.post(out)
	if err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, config.pool())
	if err != nil {
		return err
	}
	defer pool.Close()
	people := identity.New(identity.Config{
		Store: store.New(pool), Log: process.NewLog(out, config.LogLevel, config.LogFormat),
		DotlessMail: config.Development(), PublicURL: config.origin(), Post: post, SignUp: config.signUpRules(),
	})
	if !people.CanMail() {
		return fmt.Errorf("an invitation is a mail, and SMTP_URL is not set")
	}
	if err := people.Invite(ctx, email); err != nil {
		return forOperator(err)
	}
	_, err = fmt.Fprintf(out, "An invitation is on its way to %s, as soon as web runs. It works once, for a week.\n", email)
	return err
}
