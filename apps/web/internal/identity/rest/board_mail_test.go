package rest_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail/smtptest"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
)

// desk stands in for the api's word on invitations, and keeps what it was asked.
type desk struct {
	sync.Mutex
	asked []identity.BoardMail
}

func (d *desk) seal(_ context.Context, _ identity.Sender, m identity.BoardMail) (identity.BoardInvitation, error) {
	d.Lock()
	defer d.Unlock()
	d.asked = append(d.asked, m)
	return identity.BoardInvitation{To: "grace@example.org", Board: "Garden", Secret: fmt.Sprintf("s3cret-%d", len(d.asked)), Life: time.Hour}, nil
}

// invitesFrom is what Ines invites somebody with.
func (m mailing) invitesFrom(t *testing.T) identity.BoardMail {
	t.Helper()
	m.browser(t, home).signUp(ines)
	m.next(t)
	by := query[uuid.UUID](t, m.bundle, "SELECT id FROM people")
	return identity.BoardMail{By: by, Board: uuid.New(), Invitation: uuid.New(), SentAt: time.Date(2026, 11, 22, 8, 0, 0, 123456000, time.UTC)}
}

// Whoever is invited never asked for it: what one mailbox gets is counted whoever invites, to whatever board, and before anything is made.
func TestInvitationsToABoardCountAsEveryMailToAMailbox(t *testing.T) {
	t.Parallel()
	d := &desk{}
	m := withMail(t, func(c *identity.Config) {
		c.BoardInvitations, c.Limits.Mailed = d.seal, identity.DefaultLimits().Mailed
	})
	sends := m.invitesFrom(t)
	var made int
	invite := func(to string, err error) error {
		return m.people.MailBoardInvitation(t.Context(), to, func() (identity.BoardMail, error) {
			made++
			return sends, err
		})
	}
	taken := problem.New(problem.Conflict, "invited_already", "…")
	for range 5 {
		if err := invite("grace@example.org", taken); !errors.Is(err, taken) {
			t.Fatal(err)
		}
	}
	for _, to := range []string{"grace@example.org", " Grace@Example.org", "GRACE@example.ORG"} {
		if err := invite(to, nil); err != nil {
			t.Fatal(err)
		}
		m.next(t)
	}
	before := made
	if err := invite("grace@EXAMPLE.org", nil); problem.From(err).Code != "too_many_tries" || made != before {
		t.Errorf("a fourth: %v, %d made", err, made-before)
	}
	if err := invite("hedy@example.org", nil); err != nil {
		t.Errorf("to somebody else: %v", err)
	}
	m.next(t)
	m.nothingMore(t)
}

// The server takes the mail and is gone before it says so: the next attempt sends the same mail again. Each has a link of its own, of one and the
// same sending, so that the api keeps both.
func TestEachAttemptAtAnInvitationsMailIsOfOneSending(t *testing.T) {
	t.Parallel()
	d, smtp := &desk{}, smtptest.New(t)
	var cut atomic.Bool
	gone := make(chan struct{})
	smtp.AfterData = func() {
		if cut.CompareAndSwap(true, false) {
			smtp.Stop()
			close(gone)
		}
	}
	m := mailingOn(t, pgtest.New(t, migrations.Auth, postgres.Schema), smtp.Start(t), func(c *identity.Config) { c.BoardInvitations = d.seal })
	sends := m.invitesFrom(t)
	cut.Store(true)
	if err := m.people.MailBoardInvitation(t.Context(), "grace@example.org", func() (identity.BoardMail, error) { return sends, nil }); err != nil {
		t.Fatal(err)
	}
	first := m.smtp.Next(t)
	<-gone
	smtp.Start(t)
	second := m.smtp.Next(t)
	m.nothingMore(t)
	if a, b := first.Message.Header.Get("Message-ID"), second.Message.Header.Get("Message-ID"); a != b || a == "" {
		t.Errorf("the mail came as %s and as %s", a, b)
	}
	d.Lock()
	defer d.Unlock()
	if len(d.asked) < 2 {
		t.Fatalf("asked %d times", len(d.asked))
	}
	for _, asked := range d.asked {
		if asked.SentAt = asked.SentAt.UTC(); asked != sends {
			t.Errorf("asked for %+v, not %+v", asked, sends)
		}
	}
}
