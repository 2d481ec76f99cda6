package rest_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// What an api can answer with is made in these folders.
var sources = []string{"..", "../../../../packages/httpserver", "../../../../packages/postgres", "../../../../packages/token", "../../../../packages/problem", "../../../../packages/filter"}

// notTheAPIs are codes that httpserver has for statuses which nothing in the api makes, and for the health routes,
// which aren't in the contract.
var notTheAPIs = []string{"forbidden", "unsupported_media", "too_many", "unavailable", "not_ready"}

var (
	kindNames   = regexp.MustCompile(`(?m)^\t([A-Z]\w+) +Kind = "(\w+)"`)
	madeWith    = regexp.MustCompile(`\bNew\((?:problem\.)?([A-Z]\w+),\s*"([a-z_0-9]+)"`)
	fieldCodes  = regexp.MustCompile(`Field: "?\w+[^}]*?"?, Code: "([a-z_0-9]+)"`)
	filtering   = regexp.MustCompile(`\bwrong\("([a-z_]+)"`)
	complaining = regexp.MustCompile(`\{"([a-z_]+)", (?:always|func)`)
)

// sourceText is what the api is made of, without its tests.
func sourceText(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, root := range sources {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path) //nolint:gosec // our own sources
			text.Write(source)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return text.String()
}

func contract(t *testing.T) *openapi3.T {
	t.Helper()
	return must(openapi3.NewLoader().LoadFromData(kanbanapi.Document()))(t)
}

// statuses are the codes that the api makes, each with its status.
func statuses(t *testing.T, source string) map[string]int {
	t.Helper()
	kinds := map[string]problem.Kind{}
	for _, kind := range kindNames.FindAllStringSubmatch(source, -1) {
		kinds[kind[1]] = problem.Kind(kind[2])
	}
	made := map[string]int{"validation_failed": problem.Invalid.Status()}
	for _, each := range madeWith.FindAllStringSubmatch(source, -1) {
		kind, known := kinds[each[1]]
		if !known {
			t.Errorf("%s is made of an unknown kind %s", each[2], each[1])
		}
		if !slices.Contains(notTheAPIs, each[2]) {
			made[each[2]] = kind.Status()
		}
	}
	return made
}

func TestEveryProblemCodeIsInTheContractWithAnExample(t *testing.T) {
	t.Parallel()
	spec := contract(t)
	shown := map[string]int{}
	for code, example := range spec.Components.Examples {
		var document problem.Document
		if err := json.Unmarshal(must(json.Marshal(example.Value.Value))(t), &document); err != nil {
			t.Fatal(err)
		}
		shown[code] = document.Status
		want := problem.New(problem.KindOf(document.Status), code, document.Detail).Document("")
		if document.Code != code || document.Title != want.Title || document.Detail == "" || example.Value.Summary == "" {
			t.Errorf("the example of %s: %+v", code, document)
		}
	}
	if made := statuses(t, sourceText(t)); !maps.Equal(made, shown) {
		for code, status := range made {
			if shown[code] != status {
				t.Errorf("the api answers %d %s, the contract's example has status %d (0: there is none)", status, code, shown[code])
			}
		}
		for code := range shown {
			if made[code] == 0 {
				t.Errorf("the contract has %s, which nothing makes", code)
			}
		}
	}
	answer := spec.Components.Responses["Problem"].Value.Content["application/problem+json"]
	if got, want := slices.Sorted(maps.Keys(answer.Examples)), slices.Sorted(maps.Keys(shown)); !slices.Equal(got, want) {
		t.Errorf("the answer Problem shows %q of %q", got, want)
	}
}

func TestEveryFieldsCodeIsInTheContract(t *testing.T) {
	t.Parallel()
	said := contract(t).Components.Schemas["Problem"].Value.Properties["errors"].Value.Items.Value.Properties["code"].Value.Description
	_, list, _ := strings.Cut(said, ":")
	listed := strings.FieldsFunc(list, func(c rune) bool { return strings.ContainsRune(" ,.\n", c) })
	source := sourceText(t)
	var made []string
	for _, found := range slices.Concat(fieldCodes.FindAllStringSubmatch(source, -1), complaining.FindAllStringSubmatch(source, -1), filtering.FindAllStringSubmatch(source, -1)) {
		made = append(made, found[1])
	}
	slices.Sort(listed)
	slices.Sort(made)
	if made = slices.Compact(made); !slices.Equal(made, listed) {
		t.Errorf("the api says %q, the contract %q", made, listed)
	}
}

func TestTheContractsPageShowsEveryProblem(t *testing.T) {
	t.Parallel()
	_, page := setup(t).person(t, "Ada").send(t, "GET", "/docs", "", "Authorization", "")
	for code := range contract(t).Components.Examples {
		if !strings.Contains(page, `<article id="`+code+`">`) || !strings.Contains(page, "code&#34;: &#34;"+code+"&#34;") {
			t.Errorf("the page doesn't show %s", code)
		}
	}
}
