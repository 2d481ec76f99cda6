package main

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/mail"
)

// mailFolder is where development keeps its mails, beside the rest of its data.
var mailFolder = filepath.Join(".data", "mail")

// post is how this web sends mails: to the mail server, in development else into a folder, or, nil, not at all.
func (c *Config) post(out io.Writer) (identity.Post, error) {
	sender := mail.Sender{From: c.MailFrom.Address, Site: &c.PublicURL}
	switch {
	case c.SMTP.Named():
		return mail.NewSMTP(sender, c.SMTP, nil)
	case c.Development():
		return mail.NewFolder(sender, mailFolder, out), nil
	default:
		return nil, nil
	}
}

// startJobs does the jobs in the background until ctx ends and those at work are done. Without a way to send mails
// they wait for one.
func startJobs(ctx context.Context, background *sync.WaitGroup, pool *pgxpool.Pool, people *identity.Service, log *slog.Logger) error {
	if !people.CanMail() {
		log.WarnContext(ctx, "no mail can be sent: SMTP_URL is not set")
		return nil
	}
	jobs, err := job.New(job.Config{Pool: pool, Deliver: people.Deliver, Log: log})
	if err != nil {
		return err
	}
	background.Go(func() { jobs.Run(ctx) })
	return nil
}
