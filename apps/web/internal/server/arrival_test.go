package server_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"cardwall/packages/fakeidp"
)

func TestTheIdentityIsIssuerAndSubjectNeverAnEmail(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("oidc", ines)
	before := v.who().Person
	h.idp.SetPerson(fakeidp.Person{Subject: ines, Email: "ines.new@example.org", EmailVerified: true, Name: "Ines Renamed"})
	v.arrive("oidc", ines)
	if after := v.who().Person; after != before {
		t.Errorf("another e-mail made %+v of %+v", after, before)
	}
	h.idp.SetPerson(fakeidp.Person{Subject: "7", Email: "ines@example.org", EmailVerified: false, Name: "Mallory"})
	v.arrive("oidc", "7")
	if mallory := v.who().Person; mallory.ID == before.ID || mallory.Email != "" {
		t.Errorf("an e-mail opened the account: %+v", mallory)
	}
	if got := query[string](t, h, "SELECT provider || ' ' || email || ' ' || email_verified || ' ' || name FROM accounts WHERE subject = $1", ines); got != "oidc ines.new@example.org true Ines Renamed" {
		t.Errorf("the account says %q", got)
	}
}

func TestTwoIdentitiesJoinByThemselvesWhenBothEmailsAreVerified(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	first := v.who()
	for _, provider := range []string{"github", "oidc"} {
		v.arrive(provider, ines)
		if v.who() != first {
			t.Errorf("%s is somebody else", provider)
		}
	}
	if got := h.audit(t); !strings.Contains(got, "signed_up Ines Moreau ines@example.org google") || strings.Count(got, " same verified e-mail") != 2 {
		t.Errorf("the audit says %s", got)
	}
}

func TestTwoIdentitiesDoNotJoinWhileOneEmailIsUnverified(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", tomas) // both say the same e-mail, neither has verified it
	first := v.who().Person
	v.arrive("oidc", tomas)
	second := v.who().Person
	if first.Email != "tomas@example.org" || second.ID == first.ID || second.Email != "" {
		t.Errorf("%+v and %+v", first, second)
	}
	h.idp.SetPerson(fakeidp.Person{Subject: "8", Email: "tomas@example.org", EmailVerified: true, Name: "Tomas the owner"})
	v.arrive("oidc", "8")
	if owner := v.who().Person; owner.ID == first.ID || owner.ID == second.ID || owner.Email != "tomas@example.org" {
		t.Errorf("the owner is %+v", owner)
	}
	if n := query[string](t, h, "SELECT string_agg(email || ' ' || (email_verified_at IS NOT NULL), ', ') FROM people WHERE email <> ''"); n != "tomas@example.org true" {
		t.Errorf("the e-mail's people: %s", n)
	}
}

func TestTheVerifiedOwnerStripsASquattersEmailAndPassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	squatter, owner := h.visitor(t), h.visitor(t)
	squatter.signUp("Squatter", "ines@example.org")
	taken := squatter.who().Person
	owner.arrive("google", ines)
	got := owner.who().Person
	if got.ID == taken.ID || got.Email != "ines@example.org" {
		t.Fatalf("the owner is %+v", got)
	}
	if again := h.visitor(t); again.signIn("ines@example.org").status != http.StatusUnauthorized {
		t.Error("the squatter's password still opens")
	}
	if left := squatter.who().Person; left.ID != taken.ID || left.Email != "" {
		t.Errorf("the squatter is %+v", left)
	}
	if n := query[int](t, h, "SELECT (SELECT count(*) FROM passwords) + (SELECT count(*) FROM accounts WHERE issuer = 'password')"); n != 0 {
		t.Errorf("%d rows of the password are left", n)
	}
	if again := h.visitor(t).signUp("Squatter", "ines@example.org"); again.status != http.StatusConflict {
		t.Errorf("the e-mail can be claimed anew: %d", again.status)
	}
	if h.visitor(t).arrive("google", ines).location != "/boards" {
		t.Error("the owner can't come back")
	}
	if !strings.Contains(h.audit(t), "stripped Squatter ines@example.org") {
		t.Errorf("the audit says %s", h.audit(t))
	}
	if where := query[string](t, h, "SELECT host(address) || user_agent FROM audit WHERE what = 'stripped'"); where != "::" {
		t.Errorf("the squatter learns that the owner is at %q", where)
	}
}

func TestSomebodyWithoutAnEmailIsFine(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	for _, provider := range []string{"google", "github"} {
		if got := v.arrive(provider, wren); got.location != "/boards" {
			t.Errorf("%s: %d %s", provider, got.status, got.alert(t))
		}
		if who := v.who().Person; who.Email != "" {
			t.Errorf("%+v", who)
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM people"); n != 2 {
		t.Errorf("no e-mail is the same as no e-mail: %d people", n)
	}
}

func TestDisabledPersonIsTurnedAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	v := h.visitor(t)
	v.arrive("google", ines)
	h.exec(t, "UPDATE people SET disabled_at = now(), disabled_by = 'test'")
	for provider, way := range map[string]string{"google": "known", "github": "joining"} {
		got := h.visitor(t).arrive(provider, ines)
		if got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "has been disabled") {
			t.Errorf("%s: %d %q", way, got.status, got.alert(t))
		}
		if !strings.Contains(h.audit(t), "sign_in_failed Ines Moreau ines@example.org "+provider+" disabled") {
			t.Errorf("the audit says %s", h.audit(t))
		}
	}
	if n := query[int](t, h, "SELECT count(*) FROM accounts"); n != 1 {
		t.Errorf("%d accounts", n)
	}
}

func TestArrivalsOfOneNewIdentityAtOnceMakeOnePerson(t *testing.T) {
	t.Parallel()
	h := open(t)
	atOnce(t, h, func(int) (string, string) { return "oidc", wren }) // who has no e-mail that could hold them apart
	if n := query[string](t, h, "SELECT (SELECT count(*) FROM people) || ' ' || (SELECT count(*) FROM accounts)"); n != "1 1" {
		t.Errorf("people and accounts: %s", n)
	}
}

func TestArrivalsWithOneEmailAtOnceMakeOneOwner(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.visitor(t).signUp("Squatter", "ines@example.org")
	names := []string{"google", "github", "oidc"}
	atOnce(t, h, func(i int) (string, string) { return names[i%3], ines })
	if n := query[string](t, h, "SELECT count(*) || ' ' || count(*) FILTER (WHERE email = 'ines@example.org' AND email_verified_at IS NOT NULL) FROM people"); n != "2 1" {
		t.Errorf("people and owners: %s", n)
	}
}

// atOnce has six visitors come back at the same time, fewer than there are connections; each must get in.
func atOnce(t *testing.T, h house, as func(i int) (provider, subject string)) {
	t.Helper()
	const visitors = 6
	var back [visitors]func() page
	for i := range visitors {
		provider, subject := as(i)
		v := h.visitor(t)
		callback := v.consent(v.leave(provider, ""), subject)
		back[i] = func() page { return v.back(callback) }
	}
	var wg sync.WaitGroup
	h.meet(t, func() {
		for _, back := range back {
			wg.Go(func() {
				if got := back(); got.location != "/boards" {
					t.Errorf("%d %s", got.status, got.alert(t))
				}
			})
		}
	})
	wg.Wait()
}
