package e2e_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// scratch holds the programs and the browser's profile; it goes with the test process.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "cardwall-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	scratch = dir
	code := m.Run()
	if started := chromium.peek(); started != nil {
		started.Stop()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// programs builds both apps once for all tests, each alone, as its image does.
var programs = sync.OnceValues(func() (map[string]string, error) {
	built := map[string]string{"api": filepath.Join(scratch, "api"), "web": filepath.Join(scratch, "web")}
	failed := make(chan error, len(built))
	for name, program := range built {
		go func() { failed <- build(name, program) }()
	}
	return built, errors.Join(<-failed, <-failed)
})

func build(name, program string) error {
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/"+name)
	build.Dir = filepath.Join("..", "..", name)
	build.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", name, err, said)
	}
	return nil
}

func program(t *testing.T, name string) string {
	t.Helper()
	return must(programs())(t)[name]
}

// root is the repository's.
func root(t *testing.T) string {
	t.Helper()
	for dir := must(os.Getwd())(t); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.work above this folder")
		}
	}
}

// must takes a result that the test can't go on without.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func ref[T any](value T) *T { return &value }

// contains reports which of the words a text holds.
func contains(text string, words ...string) (found []string) {
	for _, word := range words {
		if word != "" && strings.Contains(text, word) {
			found = append(found, word)
		}
	}
	return found
}
