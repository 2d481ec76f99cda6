package keys

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/session"
)

// open reads the page as somebody with single keys on or off.
func open(t *testing.T, off bool) *goquery.Document {
	t.Helper()
	mux := http.NewServeMux()
	Register(mux)
	ctx := session.Into(context.Background(), session.Session{Person: session.Person{Name: "Ada", KeysOff: off}})
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, Path, nil).WithContext(ctx))
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v", w.Code, err)
	}
	return doc
}

func shown(doc *goquery.Document) (caps []string) {
	doc.Find("main dt kbd").Each(func(_ int, kbd *goquery.Selection) { caps = append(caps, kbd.Text()) })
	return caps
}

func TestThePageListsEveryKey(t *testing.T) {
	t.Parallel()
	doc := open(t, false)
	if got := doc.Find("main dd").Length(); got != len(All()) {
		t.Errorf("%d keys, not %d", got, len(All()))
	}
	for i, key := range All() {
		if got := doc.Find("main dd").Eq(i).Text(); got != key.Does {
			t.Errorf("in place %d is %q, not %q", i, got, key.Does)
		}
	}
	if caps := shown(doc); !slices.Contains(caps, "G then S") || !slices.Contains(caps, "Ctrl+Shift+Z") || !slices.Contains(caps, "?") {
		t.Errorf("it shows %q", caps)
	}
	if doc.Find("body").AttrOr("data-keys", "") != "" || doc.Find(`.app-bar a[href="/keys"] kbd`).Text() != "?" {
		t.Error("single keys are off, or the menu doesn't tell of the page")
	}
}

func TestWhoeverTurnedSingleKeysOffIsShownWhatWorks(t *testing.T) {
	t.Parallel()
	doc := open(t, true)
	if caps, want := shown(doc), []string{"Esc", "Ctrl+Z", "Ctrl+Shift+Z", "Arrows", "Home", "End", "Enter", "Space", "Shift+Arrows"}; !slices.Equal(slices.DeleteFunc(caps, func(s string) bool { return s == "Ctrl+K" }), want) {
		t.Errorf("it shows %q", caps)
	}
	if doc.Find("body").AttrOr("data-keys", "") != "off" || doc.Find(`main a[href="/account#keys"]`).Length() != 1 || doc.Find(".app-bar kbd").Text() != "" && doc.Find(".app-bar kbd").Text() != "Ctrl+K" {
		t.Error("it doesn't say that they are off, or not where the switch is")
	}
}

var (
	pressing = regexp.MustCompile(`data-key="([^"]*)"`)
	hinting  = regexp.MustCompile(`Kbd\("([^"]*)"\)`)
)

// What a template has for a key stands in the table.
func TestTemplatesKnowNoOtherKeys(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, key := range All() {
		for _, press := range key.Presses {
			known[press], known[strings.ReplaceAll(press, " ", "")] = true, true
		}
	}
	found := 0
	check := func(path, press string) {
		if found++; !known[press] {
			t.Errorf("%s: %q isn't in the table", path, press)
		}
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range pressing.FindAllStringSubmatch(string(text), -1) {
			for press := range strings.FieldsSeq(match[1]) {
				check(path, press)
			}
		}
		for _, match := range hinting.FindAllStringSubmatch(string(text), -1) {
			check(path, match[1])
		}
		return err
	})
	if err != nil || found < 15 {
		t.Errorf("found %d: %v", found, err)
	}
}
