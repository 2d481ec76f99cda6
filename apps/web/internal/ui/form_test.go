package ui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestFormsAreReadWithinALimit(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]problem.Kind{
		"title=%zz":                           problem.Invalid,
		"title=" + strings.Repeat("a", 2<<20): problem.TooLarge,
	} {
		if err := ui.ReadForm(httptest.NewRecorder(), post(body)); !problem.Is(err, want) {
			t.Errorf("%.20s: %v, want %s", body, err, want)
		}
	}
	r := post("title=Buy+seeds")
	if err := ui.ReadForm(httptest.NewRecorder(), r); err != nil || r.PostForm.Get("title") != "Buy seeds" {
		t.Errorf("%v %v", err, r.PostForm)
	}
}

func TestATitleIsOneLine(t *testing.T) {
	t.Parallel()
	if got := ui.Line("  Buy\r\n seeds\t and soil "); got != "Buy seeds and soil" {
		t.Errorf("%q", got)
	}
}

func TestAFailureKeepsWhatWasTypedForItsOwnFormOnly(t *testing.T) {
	t.Parallel()
	r := post("title=")
	if err := ui.ReadForm(httptest.NewRecorder(), r); err != nil {
		t.Fatal(err)
	}
	f, ok := ui.Retry(r, "rename", problem.Validation(problem.Field{Field: "title", Code: "required", Detail: "A title needs at least one character."}))
	if !ok || f.Value("rename", "title", "Garden") != "" || f.Value("other", "title", "Garden") != "Garden" {
		t.Errorf("%+v", f)
	}
	if f.Status() != http.StatusBadRequest || f.Sentence("rename") == "" || f.Sentence("other") != "" {
		t.Errorf("status %d, sentence %q", f.Status(), f.Sentence("rename"))
	}
	for _, kind := range []problem.Kind{problem.Forbidden, problem.NotFound, problem.BadGateway, problem.Unavailable, problem.Internal} {
		if _, ok := ui.Retry(r, "rename", problem.New(kind, "x", "X.")); ok {
			t.Errorf("%s can't be mended in the form", kind)
		}
	}
	if _, ok := ui.Retry(r, "title", problem.New(problem.Conflict, "archived", "This card is in the archive.")); ok {
		t.Error("an archived card's page has no form to show the text in")
	}
}

func TestAThingHasOneAddress(t *testing.T) {
	t.Parallel()
	const id = "01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"
	for path, want := range map[string]bool{
		id: true, "urn:uuid:" + id: false, "{" + id + "}": false, strings.ReplaceAll(id, "-", ""): false, "x": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetPathValue("board", path)
		got, err := ui.PathID(r, "board")
		if (err == nil) != want || want && got.String() != id || !want && !problem.Is(err, problem.NotFound) {
			t.Errorf("%s: %s, %v", path, got, err)
		}
	}
}

func TestAlertIsWhatNoFieldSays(t *testing.T) {
	t.Parallel()
	wrong := ui.Failure{Form: "password", Reason: problem.Validation(problem.Field{Field: "current", Code: "wrong", Detail: "That is not it."})}
	for name, c := range map[string]struct{ got, want string }{
		"the field's":             {wrong.Fault("password", "current"), "That is not it."},
		"another field's":         {wrong.Fault("password", "new"), ""},
		"another form's":          {wrong.Fault("name", "current"), ""},
		"said by a field":         {wrong.Alert("password", "current", "new"), ""},
		"said by no field shown":  {wrong.Alert("password", "new"), wrong.Reason.Detail},
		"of another form":         {wrong.Alert("name"), ""},
		"of a form without fault": {ui.Failure{}.Alert(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q", name, c.got)
		}
	}
}
