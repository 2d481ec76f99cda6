package account_test

import (
	"testing"

	"cardwall/apps/web/internal/identity"
)

// A thief in a stolen session may have asked for a link; whatever the owner does to be rid of them ends it too.
func TestWhatShutsOthersOutEndsMailedLinks(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*testing.T, *bundle, *browser){
		"a new password": func(_ *testing.T, _ *bundle, me *browser) {
			me.wantDone(me.form("/account/password", "current", password, "password", better), "password")
		},
		"all other sessions end": func(_ *testing.T, _ *bundle, me *browser) {
			me.wantDone(me.form("/account/sessions-end"), "sessions-end")
		},
		"disabled": func(t *testing.T, b *bundle, _ *browser) {
			t.Helper()
			if changed, err := b.people.Disable(t.Context(), ines); err != nil || !changed {
				t.Fatal(changed, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			me := b.person(t)
			b.exec(t, "INSERT INTO people (id, name) VALUES (gen_random_uuid(), 'Tomas')")
			for _, what := range []identity.Occasion{identity.OnVerify, identity.OnReset} {
				b.exec(t, `INSERT INTO mail_tokens (id, purpose, person_id, email, expires_at)
					SELECT gen_random_uuid(), $1, id, 'thief@elsewhere.example', now() + interval '1 hour' FROM people`, string(what))
			}
			act(t, b, me)
			if left := query[string](t, b, "SELECT string_agg(p.name || ' ' || t.purpose, ', ' ORDER BY p.name, t.purpose) FROM mail_tokens t JOIN people p ON p.id = t.person_id"); left != "Tomas reset, Tomas verify" {
				t.Errorf("links are left of %s", left)
			}
		})
	}
}
