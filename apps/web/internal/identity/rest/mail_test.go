package rest_test

import (
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/job"
	"cardwall/apps/web/internal/mail"
	"cardwall/apps/web/internal/mail/smtptest"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

const site = "https://cardwall.fernway.example"

// mailing is a bundle that can send mails, to a real mail server.
type mailing struct {
	bundle
	smtp *smtptest.Server
}

func withMail(t *testing.T, adjust ...func(*identity.Config)) mailing {
	t.Helper()
	return mailingOn(t, pgtest.New(t, migrations.Auth, postgres.Schema), smtptest.New(t).Start(t), adjust...)
}

func mailingOn(t *testing.T, database pg.Config, smtp *smtptest.Server, adjust ...func(*identity.Config)) mailing {
	t.Helper()
	b := onDatabase(t, database, append([]func(*identity.Config){func(c *identity.Config) {
		c.Post, c.PublicURL, c.Limits = postTo(t, smtp), site, identity.DefaultLimits()
		c.Limits.Mailed.Free, c.HashWait = 100, time.Minute
	}}, adjust...)...)
	doJobs(t, b)
	return mailing{b, smtp}
}

func postTo(t *testing.T, smtp *smtptest.Server) *mail.SMTP {
	t.Helper()
	var server mail.Server
	if err := server.UnmarshalText([]byte(smtp.URL())); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	post, err := mail.NewSMTP(mail.Sender{From: netmail.Address{Address: "cardwall@fernway.example"}, Site: at}, server, nil)
	if err != nil {
		t.Fatal(err)
	}
	return post
}

func doJobs(t *testing.T, b bundle) {
	t.Helper()
	jobs, err := job.New(job.Config{
		Pool: b.pool, Deliver: b.people.Deliver, Log: slog.New(slog.DiscardHandler), Poll: 50 * time.Millisecond,
		Retry: func(int) time.Duration { return 20 * time.Millisecond },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); jobs.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
}

// letter is a mail as its reader sees it.
type letter struct {
	to, subject, text string
	link              string // the first, or ""
	secret            string // of the link
}

func (m mailing) next(t *testing.T) letter {
	t.Helper()
	got := m.smtp.Next(t)
	text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(got.Data)))
	if err != nil {
		t.Fatal(err)
	}
	l := letter{to: got.To, subject: got.Message.Header.Get("Subject"), text: string(text)}
	l.link = regexp.MustCompile(`https?://\S+[?&](?:token|invitation)=[\w-]+`).FindString(l.text)
	_, l.secret, _ = strings.Cut(l.link, "=")
	return l
}

// nothingMore waits until every job is done and fails if another mail came of it.
func (m mailing) nothingMore(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for query[int](t, m.bundle, "SELECT count(*) FROM river_job WHERE finalized_at IS NULL") > 0 {
		if time.Now().After(deadline) {
			t.Fatal("the jobs don't end")
		}
		<-time.After(5 * time.Millisecond)
	}
	if m.smtp.Waiting() != 0 {
		t.Errorf("another mail came: %+v", m.next(t))
	}
}

// forgot asks for a new password of Ines and returns the link's secret.
func (m mailing) forgot(t *testing.T) string {
	t.Helper()
	if got := m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines}); got.StatusCode != 204 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	l := m.next(t)
	if l.subject != "Choose a new password for Cardwall" || l.to != ines || !strings.HasPrefix(l.link, site+"/reset?token=") {
		t.Fatalf("the mail is %+v", l)
	}
	return l.secret
}

// verified signs Ines up, who confirms her e-mail.
func (m mailing) verified(t *testing.T, b *browser) {
	t.Helper()
	b.signUp(ines)
	if got := b.json("/api/auth/verify", map[string]string{"token": m.next(t).secret}); got.StatusCode != 204 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
}

// ask has whoever is signed in on a browser ask for a link: for the e-mail they have, or for another one to change to.
func (m mailing) ask(t *testing.T, b *browser, email string) error {
	t.Helper()
	self := identity.Self{PersonID: readSession(t, b.get("/api/auth/session")).Person.ID, From: identity.NewOrigin(netip.MustParseAddr(b.address), "")}
	if email == "" {
		return m.people.SendVerification(t.Context(), self)
	}
	return m.people.ChangeEmail(t.Context(), self, identity.EmailChange{Email: email, Password: rightPassword})
}

// asks is ask, which has to work.
func (m mailing) asks(t *testing.T, b *browser, email string) {
	t.Helper()
	if err := m.ask(t, b, email); err != nil {
		t.Fatal(err)
	}
}

func (b *browser) reset(secret, password string) answer {
	b.t.Helper()
	return b.json("/api/auth/reset", map[string]string{"token": secret, "password": password})
}
