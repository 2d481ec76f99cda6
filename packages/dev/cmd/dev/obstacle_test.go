package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestObstacles(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	nobody := freeAddr(t)

	for name, obstacle := range map[string]struct {
		env  string
		says []string
	}{
		"a taken port of web": {"WEB_ADDR=" + taken.Addr().String(), []string{taken.Addr().String(), "WEB_ADDR="}},
		"a taken port of api": {"API_ADDR=" + taken.Addr().String(), []string{taken.Addr().String(), "API_ADDR="}},
		"no address":          {"WEB_ADDR=3000", []string{"WEB_ADDR", "127.0.0.1:3000"}},
		"no Node":             {"PATH=" + onlyGo(t), []string{"Node 20", "nodejs.org"}},
		"an odd PG_BIN":       {"PG_BIN=/nowhere", []string{"PG_BIN", "/nowhere"}},
		"an unreachable database": {
			"DATABASE_URL=postgres://me:hush@" + nobody + "/wall", []string{nobody + "/wall", "start it", "unset"},
		},
		"an unreadable database": {"DATABASE_URL=wall", []string{"DATABASE_URL", "postgres://"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, project(t), obstacle.env)
			err := r.cmd.Wait()
			if r.cmd.ProcessState.ExitCode() != 1 {
				t.Errorf("it ended with %v", err)
			}
			said := r.stderr.String()
			for _, text := range obstacle.says {
				if !strings.Contains(said, text) {
					t.Errorf("%q is missing in:\n%s", text, said)
				}
			}
			if strings.Count(said, "\n") != 1 || strings.Contains(said, "hush") {
				t.Errorf("not one sentence, or a secret in it:\n%s", said)
			}
		})
	}
}

// onlyGo is a PATH with nothing but the Go command.
func onlyGo(t *testing.T) string {
	t.Helper()
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(goCommand, filepath.Join(dir, "go")); err != nil {
		t.Fatal(err)
	}
	return dir
}
