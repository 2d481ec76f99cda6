package server_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/crypto/argon2"
)

func TestSignInOvertakenByANewPasswordIsRefused(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*visitor){"reset": (*visitor).reset, "change": (*visitor).changePassword} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, h, _, elsewhere := openOvertaken(t)
			o.checked = func() { meanwhile(elsewhere) }
			thief := h.visitor(t)
			got := thief.signIn("ada@example.org")
			if got.status != http.StatusUnauthorized || !strings.Contains(got.alert(t), "do not match") {
				t.Errorf("%d %s", got.status, got.body)
			}
			if thief.session() != "" || thief.get("/api/auth/session").status != http.StatusUnauthorized {
				t.Error("the old password opened a session")
			}
			if !strings.Contains(h.audit(t), "sign_in_failed Ada overtaken") {
				t.Errorf("the audit says %s", h.audit(t))
			}
		})
	}
}

func TestSignInOvertakenByDisablingIsRefused(t *testing.T) {
	t.Parallel()
	o, h, _, _ := openOvertaken(t)
	o.checked = func() { h.disable(t, "ada@example.org") }
	if got := h.visitor(t).signIn("ada@example.org"); got.status != http.StatusForbidden || !strings.Contains(got.alert(t), "has been disabled") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); n != 0 {
		t.Errorf("%d sessions live", n)
	}
}

func TestSignInThroughAProviderThatIsUnlinkedMeanwhileIsRefused(t *testing.T) {
	t.Parallel()
	o, h, squatter, owner := openOvertaken(t)
	squatter.arrive("github", wren, toLink)
	late := h.visitor(t)
	o.arrived = owner.reset // the e-mail was but a claim: its owner's reset takes every other way in away
	got := late.arrive("github", wren)
	if got.status != http.StatusUnauthorized || !strings.Contains(got.alert(t), "no way in any more") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if n := query[int](t, h, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); n != 0 || late.session() != "" {
		t.Errorf("%d sessions live", n)
	}
}

func TestSignInsAtOnceThatMakeAnOlderHashAnewAllSucceed(t *testing.T) {
	t.Parallel()
	o, h, _, elsewhere := openOvertaken(t)
	salt, encode := []byte("sixteen bytes of"), base64.RawStdEncoding.EncodeToString
	older := "$argon2id$v=19$m=8192,t=1,p=1$" + encode(salt) + "$" + encode(argon2.IDKey([]byte(rightPassword), salt, 1, 8192, 1, 32))
	h.exec(t, "UPDATE passwords SET hash = '"+older+"'")
	late := h.visitor(t)
	o.checked = func() { elsewhere.signIn("ada@example.org") }
	if got := late.signIn("ada@example.org"); got.status != http.StatusSeeOther || late.who().Person.Name != "Ada" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := query[string](t, h, "SELECT hash FROM passwords"); got == older {
		t.Error("the hash stayed")
	}
}
