package rest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
)

type sessionBody struct {
	Person struct {
		ID                   uuid.UUID
		Name, Email, Picture string
	}
	ExpiresAt time.Time `json:"expires_at"`
}

func readSession(t *testing.T, got answer) sessionBody {
	t.Helper()
	var body sessionBody
	decoder := json.NewDecoder(strings.NewReader(got.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		t.Fatalf("%d %s: %v", got.StatusCode, got.body, err)
	}
	return body
}

func TestSignUpSignOutSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)

	up := browser.signUp(" Ines@Fernway.example ")
	made := readSession(t, up)
	if up.StatusCode != http.StatusCreated || made.Person.Name != "Ines Moreau" || made.Person.Email != ines || made.Person.ID.Version() != 7 {
		t.Fatalf("sign-up: %d %s", up.StatusCode, up.body)
	}
	if left := time.Until(made.ExpiresAt); left < 29*24*time.Hour || left > 31*24*time.Hour {
		t.Errorf("expires in %s", left)
	}
	who := browser.get("/api/auth/session")
	if got := readSession(t, who); who.StatusCode != http.StatusOK || got != made || who.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("session: %d %s", who.StatusCode, who.body)
	}
	if out := browser.send("POST", "/api/auth/sign-out", "", ""); out.StatusCode != http.StatusNoContent || out.body != "" {
		t.Errorf("sign-out: %d %s", out.StatusCode, out.body)
	}
	if gone := browser.get("/api/auth/session"); gone.StatusCode != http.StatusUnauthorized || gone.problem().Code != "signed_out" {
		t.Errorf("after sign-out: %d %s", gone.StatusCode, gone.body)
	}
	in := browser.signIn("INES@fernway.example", rightPassword)
	if got := readSession(t, in); in.StatusCode != http.StatusOK || got.Person != made.Person {
		t.Errorf("sign-in: %d %s", in.StatusCode, in.body)
	}
	if strings.Contains(in.body+up.body+who.body, "eyJ") {
		t.Error("an answer holds a token")
	}
}

func TestFormsAnswerWithARedirect(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	redirects := func(got answer, to string) {
		t.Helper()
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != to || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d to %q: %s", got.StatusCode, got.Header.Get("Location"), got.body)
		}
	}
	redirects(browser.form("/api/auth/sign-up", "name", "Ines", "email", ines, "password", rightPassword), "/boards")
	redirects(browser.form("/api/auth/sign-out"), "/")
	redirects(browser.form("/api/auth/sign-in", "email", ines, "password", rightPassword, "return_to", "/boards/1?q=x"), "/boards/1?q=x")
	redirects(browser.form("/api/auth/sign-in", "email", ines, "password", rightPassword, "return_to", "//evil.example"), "/")
	if got := browser.get("/api/auth/session"); got.StatusCode != http.StatusOK {
		t.Errorf("not signed in: %d", got.StatusCode)
	}
}

func TestFormThatFailsIsDrawnAgainWithoutThePassword(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	got := browser.form("/api/auth/sign-in", "email", ines, "password", wrongPassword, "return_to", "/boards/1")
	want := "/sign-in name= email=ines@fernway.example return_to=/boards/1: That e-mail and password do not match. Four more tries before a short wait."
	if got.StatusCode != http.StatusUnauthorized || got.body != want || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	got = browser.form("/api/auth/sign-up", "name", "Ines", "email", "ines", "password", rightPassword)
	want = "/sign-up name=Ines email=ines return_to=: That doesn't look like an e-mail address. It should read like you@example.org."
	if got.StatusCode != http.StatusBadRequest || got.body != want {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestSignUpNamesEveryWrongField(t *testing.T) {
	t.Parallel()
	b := setup(t)
	got := b.browser(t, home).json("/api/auth/sign-up", map[string]string{"name": " ", "email": "ines@@fernway.example", "password": "password1"})
	doc := got.problem()
	if got.StatusCode != http.StatusBadRequest || doc.Code != "validation_failed" || len(doc.Errors) != 3 || doc.RequestID == "" {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	for i, want := range []string{"name required", "email malformed", "password too_common"} {
		if field := doc.Errors[i]; field.Field+" "+field.Code != want || !strings.HasSuffix(field.Detail, ".") {
			t.Errorf("error %d: %+v", i, field)
		}
	}
	if n := query[int](t, b, "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM throttles) + (SELECT count(*) FROM sessions)"); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestTakenEmailIsAConflictAndLeavesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.browser(t, home).signUp(ines)
	got := b.browser(t, abroad).signUp("INES@fernway.example")
	if got.StatusCode != http.StatusConflict || got.problem().Code != "email_taken" || len(got.Cookies()) != 0 {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
	if n := query[int](t, b, "SELECT count(*) FROM people"); n != 1 {
		t.Errorf("%d people", n)
	}
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	const asJSON, asForm = "application/json", "application/x-www-form-urlencoded"
	for name, c := range map[string]struct {
		contentType, body string
		status            int
		code              string
	}{
		"unknown field":     {asJSON, `{"email":"a@b.example","password":"x","admin":true}`, 400, "malformed"},
		"field of sign-up":  {asJSON, `{"email":"a@b.example","password":"x","name":"x"}`, 400, "malformed"},
		"wrong type":        {asJSON, `{"email":7,"password":"x"}`, 400, "malformed"},
		"cut off":           {asJSON, `{"email":`, 400, "malformed"},
		"two values":        {asJSON, `{"email":"a@b.example","password":"x"}{}`, 400, "malformed"},
		"an array":          {asJSON, `[]`, 400, "malformed"},
		"deep":              {asJSON, strings.Repeat("[", 60_000), 400, "malformed"},
		"empty":             {asJSON, ``, 400, "validation_failed"},
		"null":              {asJSON, `null`, 400, "validation_failed"},
		"no fields":         {asJSON, `{}`, 400, "validation_failed"},
		"NUL in the e-mail": {asJSON, `{"email":"a\u0000@b.example","password":"x"}`, 400, "validation_failed"},
		"large":             {asJSON, `{"email":"` + strings.Repeat("a", 64<<10) + `"}`, 413, "too_large"},
		"large form":        {asForm, "email=" + strings.Repeat("a", 64<<10), 413, "too_large"},
		"bad escape":        {asForm, "email=%zz", 400, "malformed"},
		"text":              {"text/plain", `{"email":"a@b.example","password":"x"}`, 415, "unsupported_media"},
		"multipart":         {"multipart/form-data; boundary=x", `--x--`, 415, "unsupported_media"},
		"no type":           {"", `{"email":"a@b.example","password":"x"}`, 415, "unsupported_media"},
		"odd type":          {"application/json; charset", `{}`, 415, "unsupported_media"},
		"a 1 KiB password":  {asJSON, `{"email":"a@b.example","password":"` + strings.Repeat("p", 1024) + `"}`, 401, "wrong_credentials"},
		"SQL in the e-mail": {asJSON, `{"email":"a@b.example'; DROP TABLE people; --","password":"x"}`, 400, "validation_failed"},
	} {
		got := browser.send("POST", "/api/auth/sign-in", c.contentType, c.body)
		if got.StatusCode != c.status || got.problem().Code != c.code || len(got.Cookies()) != 0 || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.body)
		}
	}
}

func TestSignInOnASignedInBrowserEndsItsOldSession(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	browser.signIn(ines, rightPassword)
	if live := query[int](t, b, "SELECT count(*) FROM sessions WHERE revoked_at IS NULL"); live != 1 {
		t.Errorf("%d live sessions", live)
	}
}

func TestPollingTheSessionDoesNotProlongIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	b.exec(t, "UPDATE sessions SET touched_at = now() - interval '1 day'")
	if got := browser.get("/api/auth/session"); got.StatusCode != http.StatusOK {
		t.Fatalf("%d", got.StatusCode)
	}
	if n := query[int](t, b, "SELECT count(*) FROM sessions WHERE touched_at > now() - interval '23 hours'"); n != 0 {
		t.Error("it was touched")
	}
}

func TestTheAddressOfARefusedFormLeadsToItsPage(t *testing.T) {
	t.Parallel()
	browser := setup(t).browser(t, home)
	for _, page := range []string{"/sign-in", "/sign-up", "/forgotten"} {
		if got := browser.get("/api/auth" + page); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != page {
			t.Errorf("%s: %d to %q", page, got.StatusCode, got.Header.Get("Location"))
		}
	}
}

func TestSignOutIsPOSTOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE"} {
		if got := browser.send(method, "/api/auth/sign-out", "", ""); got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, got.StatusCode)
		}
	}
	if got := browser.get("/api/auth/session"); got.StatusCode != http.StatusOK {
		t.Error("signed out by another method")
	}
}

func TestJWKSIsPublic(t *testing.T) {
	t.Parallel()
	got := setup(t).browser(t, home).get("/api/auth/jwks")
	if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "application/jwk-set+json" ||
		got.Header.Get("Cache-Control") != "public, max-age=60" || got.body != `{"keys":[]}` {
		t.Errorf("%d %v %s", got.StatusCode, got.Header, got.body)
	}
}

func TestAuditHasARowForEachEvent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	id := readSession(t, browser.signUp(ines)).Person.ID
	browser.form("/api/auth/sign-out")
	browser.signIn(ines, wrongPassword)
	browser.signIn("nobody@fernway.example", wrongPassword)
	browser.signIn(ines, rightPassword)
	browser.signIn(ines, rightPassword)
	rows, err := b.pool.Query(t.Context(), `SELECT concat_ws(' ', what, CASE WHEN person_id = $1 THEN 'hers' ELSE 'nobody''s' END,
		nullif(email, ''), host(address), details->>'reason', details->>'why', details->>'issuer') FROM audit ORDER BY id`, id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	want := []string{
		"signed_up hers ines@fernway.example 192.0.2.10", "signed_in hers 192.0.2.10 password", "signed_out hers 192.0.2.10 signed out",
		"sign_in_failed hers ines@fernway.example 192.0.2.10 wrong_password", "sign_in_failed nobody's nobody@fernway.example 192.0.2.10 unknown_email",
		"signed_in hers 192.0.2.10 password", "signed_out hers 192.0.2.10 signed in anew", "signed_in hers 192.0.2.10 password",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("audit:\n%s", strings.Join(got, "\n"))
	}
}

func TestSessionThatHasEndedIsNoRecentSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	browser := b.browser(t, home)
	browser.signUp(ines)
	self := identity.Self{PersonID: readSession(t, browser.get("/api/auth/session")).Person.ID, From: identity.Nowhere()}
	self.SessionID = query[uuid.UUID](t, b, "SELECT public_id FROM sessions")
	for _, live := range []bool{true, false} {
		if p, err := b.people.Profile(t.Context(), self); err != nil || p.Recent != live {
			t.Errorf("live: %v, recent: %v %v", live, p.Recent, err)
		}
		browser.json("/api/auth/sign-out", map[string]string{})
	}
}
