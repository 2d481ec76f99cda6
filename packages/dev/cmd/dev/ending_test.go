package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// One project throughout: each start finds what the end before it left.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	dir := project(t)
	keys := map[string]bool{}

	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL, syscall.SIGINT} {
		t.Run("after "+signal.String(), func(t *testing.T) {
			r := start(t, dir)
			r.waitForLine()
			keys[strings.Fields(page(r.web))[3]] = true
			pids := processes(t, dir, r.web, r.api)
			if err := r.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := r.cmd.Wait(); signal != syscall.SIGKILL && err != nil {
				t.Error(err)
			}
			waitUntilGone(t, pids)
		})
	}

	// As when Task is killed.
	t.Run("after the starter's death", func(t *testing.T) {
		web, api := freeAddr(t), freeAddr(t)
		starter := exec.Command("sh", "-c", `"$0"; :`, os.Args[0])
		starter.Dir = dir
		starter.Env = append(os.Environ(), "DEV_COMMAND=1", "GOWORK=", "WEB_ADDR="+web, "API_ADDR="+api)
		if err := starter.Start(); err != nil {
			t.Fatal(err)
		}
		pids := processes(t, dir, web, api)
		if err := starter.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = starter.Wait()
		waitUntilGone(t, pids)
	})

	t.Run("but the key that seals the others", func(t *testing.T) {
		for key := range keys {
			if len(keys) != 1 || len(key) != 44 {
				t.Errorf("got %q of %d", key, len(keys))
			}
		}
		info, err := os.Stat(filepath.Join(dir, ".data", "key-encryption-key"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	})
}

// processes waits until both apps serve, and returns their and the server's numbers.
func processes(t *testing.T, dir, web, api string) map[string]int {
	t.Helper()
	return map[string]int{"web": pid(t, web), "api": pid(t, api), "postgres": postmaster(t, dir)}
}

func waitUntilGone(t *testing.T, pids map[string]int) {
	t.Helper()
	for name, pid := range pids {
		eventually(t, name+" has ended", func() bool { return !isAlive(pid) })
	}
}

var firstLine = regexp.MustCompile(`^(\d+)`)

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, ".data", "pg*", "data", "postmaster.pid"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return number(t, firstLine.FindStringSubmatch(string(content)))
}
