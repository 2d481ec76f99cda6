package rest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
)

// Anybody can sign up with a stranger's e-mail, and would have us send them whatever they chose as a name.
func TestMailToAnUnverifiedAddressHoldsNothingOfTheSendersChoice(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	const spam = "Cheap pills at spam.example"
	browser := m.browser(t, home)
	if got := browser.json("/api/auth/sign-up", map[string]string{"name": spam, "email": ines, "password": rightPassword}); got.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	letters := map[string]letter{"of a sign-up": m.next(t)}
	m.asks(t, browser, "")
	letters["asked for again"] = m.next(t)
	m.asks(t, browser, "another@fernway.example")
	letters["to change to"] = m.next(t)
	m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines})
	letters["for a forgotten password"] = m.next(t)
	for name, l := range letters {
		if strings.Contains(l.text, "pills") || !strings.Contains(l.text, "Hello,") {
			t.Errorf("%s:\n%s", name, l.text)
		}
	}
	m.exec(t, "UPDATE people SET email_verified_at = now()")
	m.browser(t, abroad).json("/api/auth/forgotten", map[string]string{"email": ines})
	if l := m.next(t); !strings.Contains(l.text, "Hello "+spam+",") {
		t.Errorf("once it is hers:\n%s", l.text)
	}
	m.asks(t, browser, "third@fernway.example")
	for range 2 {
		if l := m.next(t); l.to != ines && strings.Contains(l.text, "pills") {
			t.Errorf("to change to, once the present one is verified:\n%s", l.text)
		}
	}
}

func TestMailWhosePersonIsGoneIsNotSent(t *testing.T) {
	t.Parallel()
	m := withMail(t)
	browser := m.browser(t, home)
	m.verified(t, browser)
	m.nothingMore(t)
	person := readSession(t, browser.get("/api/auth/session")).Person.ID
	// A notice that somebody is at work on: the deletion can't take it away, only what it holds.
	m.exec(t, `INSERT INTO river_job (kind, max_attempts, state, attempted_at, args)
		VALUES ('mail', 12, 'running', now(), jsonb_build_object('id', $1::uuid, 'what', 'linked', 'person', $1::uuid, 'to', $2::text, 'about', 'Google'))`, person, ines)
	held := func() (mail identity.Mail) {
		t.Helper()
		if err := json.Unmarshal(query[[]byte](t, m.bundle, "SELECT args FROM river_job WHERE state = 'running'"), &mail); err != nil {
			t.Fatal(err)
		}
		return mail
	}
	if err := m.people.Deliver(t.Context(), held()); err != nil || m.next(t).to != ines {
		t.Fatalf("it isn't sent as long as she is here: %v", err)
	}
	leaving := identity.Deletion{Words: identity.DeletionWords, Password: rightPassword}
	self := identity.Self{PersonID: person, From: identity.NewOrigin(netip.MustParseAddr(home), "")}
	if err := m.people.DeletePerson(t.Context(), self, leaving, func(context.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := m.people.Deliver(t.Context(), held()); err != nil {
		t.Errorf("it is tried again: %v", err)
	}
	if m.smtp.Waiting() != 0 {
		t.Errorf("it is sent: %+v", m.next(t))
	}
}

func TestSignUpsOwnMailCountsAgainstWhoGetsIt(t *testing.T) {
	t.Parallel()
	m := withMail(t, func(c *identity.Config) { c.Limits = identity.DefaultLimits() })
	for i := range 3 {
		m.browser(t, network(i)).json("/api/auth/forgotten", map[string]string{"email": ines})
	}
	m.nothingMore(t) // nobody had that e-mail yet
	browser := m.browser(t, home)
	if got := browser.signUp(ines); got.StatusCode != http.StatusCreated {
		t.Fatalf("whoever asks for mails keeps the owner out: %d %s", got.StatusCode, got.body)
	}
	m.nothingMore(t)
	m.exec(t, "DELETE FROM throttles")
	for i := range 4 { // refused: nothing is sent, and nothing counted
		if got := m.browser(t, network(i)).signUp(ines); got.StatusCode != http.StatusConflict {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
	}
	if n := query[int](t, m.bundle, "SELECT coalesce(sum(tries), 0) FROM throttles WHERE scope = 'mail_to'"); n != 0 {
		t.Errorf("%d mails are counted that never went out", n)
	}
	m.asks(t, browser, "")
	if l := m.next(t); l.to != ines {
		t.Errorf("%+v", l)
	}
	if n := query[string](t, m.bundle, fmt.Sprintf("SELECT string_agg(tries::text, ' ') FROM throttles WHERE scope = 'mail_to' AND key = sha256('%s')", ines)); n != "1" {
		t.Errorf("what her address gets is counted under another name: %s", n)
	}
}
