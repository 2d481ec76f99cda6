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
	environ := with("DATABASE_URL=" + database.URL)
	for _, step := range []struct{ command, email, says string }{
		{"disable", "Ines@Fernway.example", "Ines@Fernway.example is disabled and signed out everywhere.\n"},
		{"disable", "ines@fernway.example", "ines@fernway.example was disabled already.\n"},
		{"enable", "ines@fernway.example", "ines@fernway.example is enabled and may sign in again.\n"},
		{"enable", "ines@fernway.example", "ines@fernway.example was not disabled.\n"},
		{"disable", "nobody@fernway.example", "Nobody here has that e-mail."},
		{"disable", "twin@fernway.example", "Several people gave that e-mail and none of them has verified it, so it doesn't say who is meant."},
		{"disable", "ines", "That doesn't look like an e-mail address. It should read like you@example.org."},
	} {
		run := map[string]func(string) (string, error){
			"disable": func(email string) (string, error) {
				var out strings.Builder
				err := disable(t.Context(), email, environ, &out)
				return out.String(), err
			},
			"enable": func(email string) (string, error) {
				var out strings.Builder
				err := enable(t.Context(), email, environ, &out)
				return out.String(), err
			},
		}[step.command]
		said, err := run(step.email)
		if err != nil {
			said += err.Error()
		}
		if said != step.says || (err == nil) != strings.HasSuffix(step.says, "\n") {
			t.Errorf("%s %s says %q, %v", step.command, step.email, said, err)
		}
	}
}
