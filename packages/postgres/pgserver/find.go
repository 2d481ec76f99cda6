package pgserver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// oldest is the oldest major version that Cardwall's SQL runs on.
const oldest = 15

// answerWithin is how long a program may take to tell its version.
const answerWithin = 10 * time.Second

// ErrNotFound says that this machine has no Postgres that Cardwall can use.
var ErrNotFound = errors.New("no Postgres of version 15 or later is installed")

// places are where packages keep the server's programs: Debian, Red Hat, Homebrew, Postgres.app.
var places = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// Find looks for the folder with the server's programs: $PG_BIN, then the PATH, then where packages
// put them, the newest first. It returns ErrNotFound when there is none of version 15 or later, and
// says so when $PG_BIN names a folder without one.
func Find() (string, error) {
	if named := os.Getenv("PG_BIN"); named != "" {
		if version, err := majorVersion(named); err != nil || version < oldest {
			return "", fmt.Errorf("PG_BIN names %s, but there is no Postgres of version %d or later in it", named, oldest)
		}
		return named, nil
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if program, err := filepath.EvalSymlinks(path); err == nil && usable(filepath.Dir(program)) {
			return filepath.Dir(program), nil
		}
	}
	return newest(places)
}

func newest(patterns []string) (string, error) {
	type found struct {
		dir     string
		version int
	}
	var all []found
	for _, pattern := range patterns {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		for _, dir := range dirs {
			if version, err := majorVersion(dir); err == nil && version >= oldest {
				all = append(all, found{dir, version})
			}
		}
	}
	if len(all) == 0 {
		return "", ErrNotFound
	}
	return slices.MaxFunc(all, func(a, b found) int { return cmp.Compare(a.version, b.version) }).dir, nil
}

func usable(binDir string) bool {
	version, err := majorVersion(binDir)
	return err == nil && version >= oldest
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// majorVersion asks the server in the folder, which must have initdb beside it.
func majorVersion(binDir string) (int, error) {
	if _, err := os.Stat(filepath.Join(binDir, "initdb")); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(binDir, "postgres"), "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("ask %s for its version: %w", binDir, err)
	}
	match := versionPattern.FindSubmatch(out)
	if match == nil {
		return 0, fmt.Errorf("%s answers %q for its version", binDir, out)
	}
	return strconv.Atoi(string(match[1]))
}
