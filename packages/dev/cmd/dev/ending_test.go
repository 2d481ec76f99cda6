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
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL, syscall.SIGINT} {
		r := start(t, dir)
		r.waitForLine()
		pids := map[string]int{"web": pid(t, r.web), "api": pid(t, r.api), "postgres": postmaster(t, dir)}
		if err := r.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err := r.cmd.Wait()
		if signal != syscall.SIGKILL && err != nil {
			t.Errorf("%v: %v", signal, err)
		}
		for name, pid := range pids {
			eventually(t, name+" has ended after "+signal.String(), func() bool { return !isAlive(pid) })
		}
	}
}

// The runner is started through another process, which is then killed: as when Task is.
func TestTheEndOfTheStarterEndsTheRunner(t *testing.T) {
	t.Parallel()
	dir := project(t)
	web, api := freeAddr(t), freeAddr(t)
	starter := exec.Command("sh", "-c", `"$0"; :`, os.Args[0])
	starter.Dir = dir
	starter.Env = append(os.Environ(), "DEV_COMMAND=1", "GOWORK=", "WEB_ADDR="+web, "API_ADDR="+api)
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "both serve", func() bool { return page(web) != "" && page(api) != "" })
	pids := []int{pid(t, web), pid(t, api), postmaster(t, dir)}
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = starter.Wait()
	for _, pid := range pids {
		eventually(t, "all have ended", func() bool { return !isAlive(pid) })
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

func TestTheKeyIsKept(t *testing.T) {
	t.Parallel()
	dir := project(t)
	var keys [2]string
	for i := range keys {
		r := startShared(t, dir)
		r.waitForLine()
		keys[i] = strings.Fields(page(r.web))[3]
		if err := r.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		_ = r.cmd.Wait()
	}
	if keys[0] != keys[1] || len(keys[0]) != 44 {
		t.Errorf("got %q and %q", keys[0], keys[1])
	}
	info, err := os.Stat(filepath.Join(dir, ".data", "key-encryption-key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
