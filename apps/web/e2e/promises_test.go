package e2e_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
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

// A test that only seems to be there holds nothing: each of these names is a text of its folder's tests and no subtest.
func TestAPromiseOfATestThatIsNotThereIsNoticed(t *testing.T) {
	t.Parallel()
	all := testsOf(t, "../../..")
	for _, name := range []string{
		"session.TestNothing", "nowhere.TestSessionEnds",
		"token.TestGuard/EdDSA/exp", "token.TestGuard/RS256/exp_is_required", "token.TestGuard/EdDSA/on_an_empty_issuer",
		"token.TestKeysRefuse/no_usable_key", "token.TestSessionEnds", "cmd/web.TestEachWrongVariableIsNamed/PUBLIC_URL",
		"account.TestPasswordChange/password", "account.TestPasswordChange/asks for the current one",
	} {
		if all.has(name) {
			t.Errorf("%s was found", name)
		}
	}
}

// tests are the functions of the whole workspace's test files, by folder and name.
type tests map[string]map[string]*ast.FuncDecl

// has finds token.TestGuard/EdDSA/kid_is_required.
func (all tests) has(name string) bool {
	folder, test, _ := strings.Cut(name, ".Test")
	test, within, nested := strings.Cut("Test"+test, "/")
	if all[folder][test] == nil {
		return false
	}
	subtests := subtestsOf(all[folder], test)
	for part := range strings.SplitSeq(within, "/") {
		if nested && !subtests[part] {
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
		all[folder] = map[string]*ast.FuncDecl{}
	}
	for _, declared := range file.Decls {
		if function, ok := declared.(*ast.FuncDecl); ok && function.Recv == nil {
			all[folder][function.Name.Name] = function
		}
	}
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
