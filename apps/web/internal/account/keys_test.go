package account_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/waittest"
)

const keysAreOff = ` data-keys="off"`

func TestSingleKeysAreOffForThePersonWhereverTheyAreSignedIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me, other := b.person(t), b.again(t)
	elsewhere := &browser{t: t, http: other.http, url: replica(t, b.database).url}
	off := func(b *browser) bool { return strings.Contains(b.get("/keys").body, keysAreOff) }
	if off(me) || off(other) || off(elsewhere) {
		t.Fatal("they are off from the beginning")
	}

	me.wantDone(me.form("/account/keys-off"), "keys-off")
	if !off(me) || !off(other) || off(b.browser(t)) {
		t.Error("they are still on, or off for a guest")
	}
	waittest.Within(t, time.Second, "off on the other replica", func() bool { return off(elsewhere) })
	if !off(b.again(t)) {
		t.Error("they are on in the next session")
	}
	since := query[time.Time](t, b, "SELECT keys_off_at FROM people")
	me.wantDone(me.form("/account/keys-off"), "keys-off")
	if now := query[time.Time](t, b, "SELECT keys_off_at FROM people"); !now.Equal(since) {
		t.Errorf("off since %s, and now since %s", since, now)
	}

	me.wantDone(me.form("/account/keys-on"), "keys-on")
	if off(me) {
		t.Error("they are off still")
	}
	if got := me.get("/account/activity").body; !strings.Contains(got, "Single-key shortcuts turned off") || !strings.Contains(got, "Single-key shortcuts turned on") {
		t.Error("the activity doesn't tell")
	}
}

func TestTheSwitchOfSingleKeysSaysHowTheyAre(t *testing.T) {
	t.Parallel()
	me := setup(t).person(t)
	for form, path := range map[string]string{"keys-off": "/account/keys-off", "keys-on": "/account/keys-on"} {
		me.form(map[string]string{"keys-off": "/account/keys-on", "keys-on": "/account/keys-off"}[form])
		if got := me.get("/account").body; strings.Count(got, `action="`+path+`"`) != 1 || strings.Count(got, `action="/account/keys-`) != 1 {
			t.Errorf("%s isn't offered alone", form)
		}
	}
	if got := me.get("/account/keys-off"); got.StatusCode != http.StatusSeeOther || got.location() != "/account" {
		t.Errorf("asked for by hand: %d %q", got.StatusCode, got.location())
	}
}
