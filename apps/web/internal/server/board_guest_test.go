package server_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// boardDesk stands in for the api's word on invitations to boards.
type boardDesk struct {
	sync.Mutex
	waits map[string]uuid.UUID // by secret
	away  bool
	asked int
}

func (d *boardDesk) find(_ context.Context, secret string) (uuid.UUID, error) {
	d.Lock()
	defer d.Unlock()
	d.asked++
	id, waits := d.waits[secret]
	switch {
	case d.away:
		return uuid.Nil, problem.New(problem.Unavailable, "api_away", "The boards can't be reached.").Because(errors.New("refused"))
	case !waits:
		return uuid.Nil, problem.New(problem.NotFound, "invitation_over", "…")
	}
	return id, nil
}

// deskOf is a house that takes whoever was invited to a board; one invitation waits, whose secret is "s3cret".
func deskOf(t *testing.T, mode identity.SignUpMode, domains ...string) (*boardDesk, house) {
	t.Helper()
	desk := &boardDesk{waits: map[string]uuid.UUID{"s3cret": uuid.Must(uuid.NewV7())}}
	return desk, open(t, canMail(t), signUpRules(mode, domains...), func(c *identity.Config) { c.FindBoardInvitation = desk.find })
}

func (v *visitor) signUpWith(email, secret string) page {
	v.t.Helper()
	return v.post("/api/auth/sign-up", "name", "Grace", "email", email, "password", rightPassword, "invitation", identity.BringFromBoard(secret))
}

func (h house) people(t *testing.T) int { return query[int](t, h, "SELECT count(*) FROM people") }

func TestAnInvitationToABoardLetsOnePersonIn(t *testing.T) {
	t.Parallel()
	for way, comes := range map[string]func(*visitor, string) page{
		"password": func(v *visitor, name string) page { return v.signUpWith(name+"@example.org", "s3cret") },
		"provider": func(v *visitor, name string) page {
			return v.arrive("oidc", map[string]string{"grace": ines, "mallory": wren}[name], "?invitation=board.s3cret")
		},
	} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			_, h := deskOf(t, identity.SignUpInvite)
			if got := comes(h.visitor(t), "grace"); got.location != "/boards" {
				t.Fatalf("%d to %q: %s", got.status, got.location, got.alert(t))
			}
			if got := comes(h.visitor(t), "mallory"); got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "That invitation was used already") {
				t.Errorf("a second person: %d %s", got.status, got.alert(t))
			}
			if n := h.people(t); n != 1 {
				t.Errorf("%d people", n)
			}
			if n := query[int](t, h, "SELECT count(*) FROM flows f, people p WHERE strpos(f::text || p::text, 's3cret') > 0"); n != 0 {
				t.Error("a row holds the secret")
			}
		})
	}
}

// Whoever owns a board can make a link for any e-mail, and follow it themselves.
func TestAnInvitationToABoardShowsNobodysMailbox(t *testing.T) {
	t.Parallel()
	_, h := deskOf(t, identity.SignUpInvite)
	h.visitor(t).signUpWith("victim@example.org", "s3cret")
	if verified := query[bool](t, h, "SELECT email_verified_at IS NOT NULL FROM people"); verified {
		t.Error("the e-mail counts as theirs")
	}
	if mails := query[int](t, h, "SELECT count(*) FROM mail_tokens WHERE purpose = 'verify'"); mails != 1 {
		t.Errorf("%d mails ask for a confirmation", mails)
	}
}

func TestTwoWhoComeWithOneInvitationToABoardAtOnce(t *testing.T) {
	t.Parallel()
	_, h := deskOf(t, identity.SignUpInvite)
	var both sync.WaitGroup
	for _, email := range []string{"grace@example.org", "mallory@example.org"} {
		v := h.visitor(t)
		both.Go(func() { v.signUpWith(email, "s3cret") })
	}
	both.Wait()
	if n := h.people(t); n != 1 {
		t.Errorf("%d people", n)
	}
}

func TestAnInvitationToABoardThatIsOverLetsNobodyIn(t *testing.T) {
	t.Parallel()
	desk, h := deskOf(t, identity.SignUpInvite)
	delete(desk.waits, "s3cret")
	v := h.visitor(t)
	for way, got := range map[string]page{"password": v.signUpWith("grace@example.org", "s3cret"), "provider": v.arrive("oidc", ines, "?invitation=board.s3cret"), "empty": v.signUpWith("grace@example.org", "")} {
		if got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "That invitation was used already") {
			t.Errorf("%s: %d %s", way, got.status, got.alert(t))
		}
	}
	if n := h.people(t); n != 0 {
		t.Errorf("%d people", n)
	}
}

func TestNobodyNewComesInFromABoardWhileTheAPIIsAway(t *testing.T) {
	t.Parallel()
	desk, h := deskOf(t, identity.SignUpInvite)
	h.visitor(t).arrive("oidc", ines, "?invitation=board.s3cret")
	desk.away = true
	v := h.visitor(t)
	if got := v.signUpWith("grace@example.org", "s3cret"); got.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", got.status, got.alert(t))
	}
	if got := v.arrive("oidc", ines, "?invitation=board.s3cret"); got.location != "/boards" {
		t.Errorf("who is here already: %d %s", got.status, got.alert(t))
	}
	if n := h.people(t); n != 1 {
		t.Errorf("%d people", n)
	}
}

// Closed is closed. And where a typed e-mail has to be shown to be theirs, a link that was passed on by hand shows nothing.
func TestAnInvitationToABoardLiftsNeitherClosedNorDomains(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]struct {
		mode    identity.SignUpMode
		domains []string
	}{"closed": {mode: identity.SignUpClosed}, "domains": {identity.SignUpInvite, []string{"example.org"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desk, h := deskOf(t, rules.mode, rules.domains...)
			v := h.visitor(t)
			if got := v.signUpWith("grace@example.org", "s3cret"); got.status != http.StatusForbidden || desk.asked != 0 {
				t.Errorf("%d %s, and the api was asked %d times", got.status, got.alert(t), desk.asked)
			}
			if got := v.get("/sign-up?invitation=board.s3cret"); got.find(t, `main form[action="/api/auth/sign-up"]`).Length() != 0 {
				t.Error("the page offers a password")
			}
			if n := h.people(t); n != 0 {
				t.Errorf("%d people", n)
			}
		})
	}
	desk, h := deskOf(t, identity.SignUpInvite, "fernway.example")
	v := h.visitor(t)
	if got := v.arrive("oidc", wren, "?invitation=board.s3cret"); got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "verified e-mail at fernway.example") || desk.asked != 1 {
		t.Errorf("another domain: %d %s", got.status, got.alert(t))
	}
}

func TestWhoeverWasInvitedToABoardIsOfferedToSignUp(t *testing.T) {
	t.Parallel()
	_, h := deskOf(t, identity.SignUpInvite)
	v := h.visitor(t)
	way, _ := v.get("/invitation?token=s3cret").find(t, `main a[href^="/sign-up"]`).Attr("href")
	page := v.get(way)
	if page.find(t, `input[name="invitation"][value="board.s3cret"]`).Length() != 1 || page.find(t, `input[name="return_to"][value="/invitation?token=s3cret"]`).Length() != 1 {
		t.Errorf("%s leads to %s", way, page.find(t, "main").Text())
	}
	_, h = deskOf(t, identity.SignUpClosed)
	closed := h.visitor(t).get("/invitation?token=s3cret")
	if closed.find(t, `main a[href^="/sign-up"]`).Length() != 0 || !strings.Contains(closed.find(t, "main").Text(), "This Cardwall takes no new people") {
		t.Errorf("where nobody new can join it says %s", closed.find(t, "main").Text())
	}
}
