package e2e_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every promise of docs/promises.md names the tests that hold it, and all of them are there.
func TestEveryPromiseHasItsTest(t *testing.T) {
	t.Parallel()
	promises := readPromises(t, "../../../docs/promises.md")
	if len(promises) < 80 {
		t.Errorf("only %d promises were read", len(promises))
	}
	all := testsOf(t, "../../..")
	for _, promise := range promises {
		if len(promise.tests) == 0 {
			t.Errorf("no test: %s", promise.text)
		}
		for _, name := range promise.tests {
			if !all.has(name) {
				t.Errorf("there is no %s: %s", name, promise.text)
			}
		}
	}
}

type promise struct {
	text  string
	tests []string // as session.TestSessionEnds or rest.TestColumns/a_subtest
}

var testName = regexp.MustCompile("`([\\w/]+\\.Test[^`]+)`")

// readPromises takes each item of the lists for a promise, with the tests that stand in backquotes in it.
func readPromises(t *testing.T, path string) []promise {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []promise
	for _, item := range strings.Split("\n"+string(text), "\n- ")[1:] {
		item, _, _ = strings.Cut(item, "\n\n")
		one := promise{text: strings.SplitN(item, "\n", 2)[0]}
		for _, found := range testName.FindAllStringSubmatch(item, -1) {
			one.tests = append(one.tests, found[1])
		}
		all = append(all, one)
	}
	return all
}

// tests are those of the whole workspace, by folder: the names of functions, and every text in their files, among
// which the names of subtests must be.
type tests map[string]map[string]bool

// has finds token.TestGuard/EdDSA/kid_is_required.
func (all tests) has(name string) bool {
	folder, test, _ := strings.Cut(name, ".Test")
	for part := range strings.SplitSeq("Test"+test, "/") {
		if !all[folder][part] {
			return false
		}
	}
	return true
}

func testsOf(t *testing.T, root string) tests {
	t.Helper()
	all := tests{}
	for _, part := range []string{"apps", "packages"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() == "node_modules" {
				return filepath.SkipDir
			}
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			return all.add(root, path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (all tests) add(root, path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	within, err := filepath.Rel(root, filepath.Dir(path))
	if err != nil {
		return err
	}
	folder := shortPath(filepath.ToSlash(within))
	if all[folder] == nil {
		all[folder] = map[string]bool{}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			all[folder][n.Name.Name] = n.Recv == nil
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
				all[folder][strings.ReplaceAll(text, " ", "_")] = true
			}
		}
		return true
	})
	return nil
}

// shortPath is what a reader needs of a folder's path: apps/web/internal/session is session, the api's rest is api/rest.
func shortPath(path string) string {
	path = strings.Replace(path, "apps/api/internal/", "apps/api/", 1)
	for _, prefix := range []string{"apps/web/internal/", "apps/web/", "packages/", "apps/"} {
		if rest, ok := strings.CutPrefix(path, prefix); ok {
			return rest
		}
	}
	return path
}
