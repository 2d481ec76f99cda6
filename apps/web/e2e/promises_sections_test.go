package e2e_test

import (
	"os"
	"strings"
	"testing"
)

// sections are what the promises are about, each with how many there are at least.
var sections = []struct {
	title string
	least int
}{{"The proxy", 35}, {"Sessions", 15}, {"Cross-site", 10}, {"Sign-in", 25}, {"The guard", 30}, {"The account", 5}, {"Pictures", 4}, {"Standing up", 20}, {"Finding cards", 12}}

func TestNoSectionOfThePromisesIsMissing(t *testing.T) {
	t.Parallel()
	text := string(must(os.ReadFile("../../../docs/promises.md"))(t))
	for _, section := range sections {
		_, after, found := strings.Cut(text, "\n## "+section.title+"\n")
		body, _, _ := strings.Cut(after, "\n## ")
		if n := strings.Count(body, "\n- "); !found || n < section.least {
			t.Errorf("%q has %d promises, not %d", section.title, n, section.least)
		}
	}
}
