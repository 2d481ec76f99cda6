package main

import (
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	store "cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	"cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
)

func TestOperatorDisablesAndEnablesAPerson(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Auth, store.Schema)
	pool, err := postgres.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	people := identity.New(identity.Config{Store: store.New(pool), Log: slog.New(slog.DiscardHandler)})
	here := identity.NewOrigin(netip.MustParseAddr("192.0.2.1"), "")
	if _, err := people.SignUp(t.Context(), identity.NewPerson{Name: "Ines", Email: "ines@fernway.example", Password: "kettle ridge loop"}, here); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := pool.Exec(t.Context(), `INSERT INTO people (id, name, email) VALUES ($1, 'Twin', 'twin@fernway.example')`, uuid.New()); err != nil {
			t.Fatal(err)
		}
	}
	var twin uuid.UUID // whom no e-mail tells from the other twin
	if err := pool.QueryRow(t.Context(), `SELECT id FROM people WHERE name = 'Twin' LIMIT 1`).Scan(&twin); err != nil {
		t.Fatal(err)
	}
	nobody := uuid.NewString()
	environ := with("DATABASE_URL=" + database.URL)
	for _, step := range []struct{ command, whom, says string }{
		{"disable", "Ines@Fernway.example", "Ines@Fernway.example is disabled and signed out everywhere.\n"},
		{"disable", "ines@fernway.example", "ines@fernway.example was disabled already.\n"},
		{"enable", "ines@fernway.example", "ines@fernway.example is enabled and may sign in again.\n"},
		{"enable", "ines@fernway.example", "ines@fernway.example was not disabled.\n"},
		{"disable", "nobody@fernway.example", "Nobody here has that e-mail."},
		{"disable", "twin@fernway.example", "Several people gave that e-mail and none of them has verified it, so it doesn't say who is meant. Name one by their id."},
		{"disable", twin.String(), twin.String() + " is disabled and signed out everywhere.\n"},
		{"disable", twin.String(), twin.String() + " was disabled already.\n"},
		{"enable", twin.String(), twin.String() + " is enabled and may sign in again.\n"},
		{"enable", nobody, "Nobody here has that id."},
		{"disable", "ines", "That doesn't look like an e-mail address. It should read like you@example.org."},
	} {
		run := map[string]func(string) (string, error){
			"disable": func(whom string) (string, error) {
				var out strings.Builder
				err := disable(t.Context(), whom, environ, &out)
				return out.String(), err
			},
			"enable": func(whom string) (string, error) {
				var out strings.Builder
				err := enable(t.Context(), whom, environ, &out)
				return out.String(), err
			},
		}[step.command]
		said, err := run(step.whom)
		if err != nil {
			said += err.Error()
		}
		if said != step.says || (err == nil) != strings.HasSuffix(step.says, "\n") {
			t.Errorf("%s %s says %q, %v", step.command, step.whom, said, err)
		}
	}
}

func TestOperatorInvitesNobodyWhoCouldNotJoin(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t, migrations.Auth, store.Schema)
	environ := with("DATABASE_URL="+database.URL, "SIGN_UP_DOMAINS=fernway.example, example.net", "SMTP_URL=smtp://127.0.0.1:1", "MAIL_FROM=cardwall@fernway.example")
	var out strings.Builder
	err := invite(t.Context(), "ines@elsewhere.example", environ, &out)
	const sentence = "Nobody could use that invitation: SIGN_UP_DOMAINS says that people who join have an e-mail at fernway.example or example.net."
	if err == nil || err.Error() != sentence || out.Len() > 0 {
		t.Errorf("%v, %q", err, out.String())
	}
	if err := invite(t.Context(), "ines@Fernway.example", environ, &out); err != nil || !strings.Contains(out.String(), "on its way to ines@Fernway.example") {
		t.Errorf("%v, %q", err, out.String())
	}
}
