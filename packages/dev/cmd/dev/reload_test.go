package main

import (
	"net"
	"strings"
	"testing"
	"time"
)

func TestSavedFilesAreServed(t *testing.T) {
	t.Parallel()
	r := startShared(t, project(t))
	_, webPort, err := net.SplitHostPort(r.web)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.waitForLine(), "Cardwall is at http://localhost:"+webPort; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	for _, text := range []string{"word one", "templ one", "css one"} {
		r.waitUntilServed(r.web, text)
	}

	t.Run("each kind of file restarts the apps that hold it, and no other", func(t *testing.T) {
		for _, change := range []struct {
			file, old, new string
			web, api       bool
		}{
			{"apps/web/page/page.templ", "templ one", "templ two", true, false},
			{"apps/web/assets/css/app.css", "css one", "css two", true, false},
			{"migrations/kanban/00001_first.sql", "sql one", "sql two", true, true},
			{"apps/api/cmd/api/main.go", "api one", "api two", false, true},
			{"packages/word/word.go", "word one", "word two", true, true},
		} {
			web, api := pid(t, r.web), pid(t, r.api)
			saved := r.edit(change.file, change.old, change.new)
			if change.web {
				r.waitUntilServed(r.web, change.new)
			}
			if change.api {
				r.waitUntilServed(r.api, change.new)
			}
			t.Logf("%s: served after %v", change.file, time.Since(saved).Round(time.Millisecond))
			if !change.web && pid(t, r.web) != web || change.api == (pid(t, r.api) == api) {
				t.Errorf("%s restarted the wrong app", change.file)
			}
		}
	})

	t.Run("a new package in a new folder is noticed", func(t *testing.T) {
		r.write("apps/api/fresh/fresh.go", "package fresh\n\nconst Fresh = \"fresh one\"\n")
		r.edit("apps/api/cmd/api/main.go", `"api two"`, `fresh.Fresh`)
		r.edit("apps/api/cmd/api/main.go", `"fixture/word"`, "\"fixture/word\"\n\t\"fixture/api/fresh\"")
		r.waitUntilServed(r.api, "fresh one")
		r.edit("apps/api/fresh/fresh.go", "fresh one", "fresh two")
		r.waitUntilServed(r.api, "fresh two")
	})

	t.Run("what doesn't compile is told, and the old program goes on", func(t *testing.T) {
		web := pid(t, r.web)
		r.edit("apps/web/page/page.templ", "<p>", "<p>{ missing }")
		eventually(t, "the compiler is heard", func() bool { return strings.Contains(r.stderr.String(), "undefined: missing") })
		if pid(t, r.web) != web {
			t.Error("the old program was replaced")
		}
		r.edit("apps/web/page/page.templ", "<p>{ missing }", "<p>mended ")
		r.waitUntilServed(r.web, "mended")
	})

	t.Run("a program that ends is told, and comes back with a change", func(t *testing.T) {
		r.edit("apps/api/cmd/api/main.go", "func main() {", "func main() {\n\tlog.Fatal(\"no way\")")
		eventually(t, "the end is told", func() bool {
			said := r.stderr.String()
			return strings.Contains(said, "no way") && strings.Contains(said, "api has ended with code 1")
		})
		r.edit("apps/api/cmd/api/main.go", "\tlog.Fatal(\"no way\")", "")
		r.waitUntilServed(r.api, "fresh two")
	})
}
