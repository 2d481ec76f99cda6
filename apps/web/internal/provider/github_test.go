package provider_test

import (
	"net/http"
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/fakeidp"
)

func TestGitHubsEmailCountsOnlyWhenUserEmailsSaysVerifiedAndNoneIsFine(t *testing.T) {
	t.Parallel()
	w := setup(t)
	entry := func(email string, primary, verified bool) fakeidp.GitHubEmail {
		return fakeidp.GitHubEmail{Email: email, Primary: primary, Verified: verified}
	}
	for name, c := range map[string]struct {
		emails []fakeidp.GitHubEmail
		want   string
	}{
		"none":                    {nil, ""},
		"unverified":              {[]fakeidp.GitHubEmail{entry("a@example.org", true, false)}, ""},
		"verified_but_secondary":  {[]fakeidp.GitHubEmail{entry("a@example.org", false, true)}, ""},
		"the_primary_of_several":  {[]fakeidp.GitHubEmail{entry("a@example.org", false, true), entry("b@example.org", true, true)}, "b@example.org"},
		"only_the_other_verified": {[]fakeidp.GitHubEmail{entry("a@example.org", false, true), entry("b@example.org", true, false)}, ""},
	} {
		w.idp.SetPerson(fakeidp.Person{Subject: ines, Name: "Ines Moreau", GitHub: fakeidp.GitHubPerson{
			ID: 1001, Login: "ines", Email: "public@example.org", Emails: c.emails,
		}})
		got := w.mustArrive(github, ines)
		if got.Email != c.want || got.EmailVerified != (c.want != "") {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestGitHubMayKeepTheEmailsToItself(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, status := range []int{http.StatusForbidden, http.StatusNotFound} {
		w.idp.Fail(fakeidp.GitHubEmails, fakeidp.Status(status))
		if got := w.mustArrive(github, ines); got.Email != "" || got.EmailVerified {
			t.Errorf("got %+v", got)
		}
	}
}

func TestGitHubIsAskedForTheEmailsAndNothingMore(t *testing.T) {
	t.Parallel()
	w := setup(t)
	address, _, err := w.providers[github].Begin(t.Context(), secrets(github))
	if err != nil {
		t.Fatal(err)
	}
	if got := parse(t, address).Query().Get("scope"); got != "user:email" {
		t.Errorf("the scope is %q", got)
	}
	w.mustArrive(github, ines)
	if n := len(w.idp.Asked(fakeidp.GitHubEmails)); n != 1 {
		t.Errorf("the e-mails were asked for %d times", n)
	}
}

func TestGitHubGetsTheClientsSecretWhereItsDocumentationWantsIt(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.mustArrive(github, ines)
	sent := w.idp.Asked(fakeidp.GitHubToken)[0]
	if sent.Form.Get("client_id") != fakeidp.ClientID || sent.Form.Get("client_secret") != fakeidp.ClientSecret || sent.Header.Get("Authorization") != "" {
		t.Errorf("it was sent %v and %v", sent.Form, sent.Header)
	}
}

func TestWhoeverHasNoNameOnGitHubGoesByTheLogin(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.SetPerson(fakeidp.Person{Subject: ines, GitHub: fakeidp.GitHubPerson{ID: 7, Login: "ines"}})
	want := identity.Arrival{Issuer: w.idp.GitHub(), Subject: "7", Name: "ines"}
	if got := w.mustArrive(github, ines); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestWhatGitHubSaysInOtherTypesIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, says := range []string{`[]`, `null`, `{"id": "1001"}`, `{"id": [1001]}`, `{"id": 1001, "name": {}}`, `17`} {
		w.idp.Fail(fakeidp.GitHubUser, fakeidp.Says("application/json", says))
		arrival, err := w.arrive(github, ines)
		wantRefused(t, arrival, err, "GitHub")
	}
	w.idp.Honest()
	w.idp.Fail(fakeidp.GitHubEmails, fakeidp.Says("application/json", `{"message": "no list"}`))
	arrival, err := w.arrive(github, ines)
	wantRefused(t, arrival, err, "GitHub")
}
