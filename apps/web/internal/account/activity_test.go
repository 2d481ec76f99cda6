package account_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every kind that the audit may hold has its sentence, but what isn't shown.
func TestEveryKindOfEventHasItsSentence(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	kinds := eventKinds(t)
	if len(kinds) < 20 {
		t.Fatalf("only %d kinds were read", len(kinds))
	}
	for _, kind := range kinds {
		b.exec(t, "INSERT INTO audit (what, person_id, address) SELECT $1, id, '192.0.2.1' FROM people", kind)
	}
	page := me.get("/account/activity").body
	for _, kind := range kinds {
		if strings.Contains(page, "<p>"+strings.ReplaceAll(kind, "_", " ")+"</p>") {
			t.Errorf("%s is told by its own word", kind)
		}
	}
}

var eventKind = regexp.MustCompile(`EventKind = "(\w+)"`)

func eventKinds(t *testing.T) (kinds []string) {
	t.Helper()
	source, err := os.ReadFile("../identity/event.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range eventKind.FindAllStringSubmatch(string(source), -1) {
		kinds = append(kinds, found[1])
	}
	return kinds
}

func TestPersonReadsTheirOwnEventsOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.person(t)
	b.browser(t).signIn("kettle bridge loop")
	me.form("/account/password", "current", password, "password", better)
	b.exec(t, `INSERT INTO audit (what, person_id, address) VALUES ('disabled', gen_random_uuid(), '192.0.2.1')`)
	page := me.get("/account/activity").body
	for _, told := range []string{"Account created", "Signed in with the password", "Failed sign-in: wrong password", "Password changed", "Firefox on Linux", "<time datetime"} {
		if !strings.Contains(page, told) {
			t.Errorf("it doesn't tell of %q", told)
		}
	}
	if strings.Contains(page, "disabled") {
		t.Error("it tells of somebody else")
	}
	if strings.Index(page, "Password changed") > strings.Index(page, "Account created") {
		t.Error("the newest isn't first")
	}
	b.exec(t, `INSERT INTO audit (what, person_id, address) SELECT 'name_changed', p.id, '192.0.2.1' FROM people p, generate_series(1, 60)`)
	first := me.get("/account/activity").body
	_, link, more := strings.Cut(first, `href="/account/activity?before=`)
	if !more || strings.Count(first, "Name changed") != 50 {
		t.Fatalf("the first page has %d", strings.Count(first, "Name changed"))
	}
	cursor, _, _ := strings.Cut(link, `"`)
	if second := me.get("/account/activity?before=" + cursor).body; strings.Count(second, "Name changed") != 10 || !strings.Contains(second, "Account created") || strings.Contains(second, "before=") {
		t.Error("the second page isn't the rest")
	}
}
