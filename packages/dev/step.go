package dev

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The steps that turn sources into programs. Each returns what the tool said as its error.

// project is the workspace: where its parts are.
type project struct{ root string }

func (p project) path(parts ...string) string {
	return filepath.Join(append([]string{p.root}, parts...)...)
}

func (p project) dataDir() string { return p.path(".data") }
func (p project) assets() string  { return p.path("apps", "web", "assets") }

// templ makes the templ that packages/tools pins, when that has changed since the last time.
func (p project) templ(ctx context.Context) error {
	tools := p.path("packages", "tools")
	if !isOlder(p.path(".bin", "templ"), filepath.Join(tools, "go.mod")) {
		return nil
	}
	// Outside the workspace, whose apps would otherwise get the tools' dependencies.
	return command(ctx, tools, []string{"GOWORK=off"}, "go", "build", "-o", p.path(".bin", "templ"), "github.com/a-h/templ/cmd/templ")
}

// templates generates the Go of every .templ file of an app.
func (p project) templates(ctx context.Context, app string) error {
	return command(ctx, p.path("apps", app), nil, p.path(".bin", "templ"), "generate", "-log-level", "error")
}

// packages installs what builds the assets, when the lock file has changed since the last time.
func (p project) packages(ctx context.Context) error {
	if !isOlder(filepath.Join(p.assets(), "node_modules", ".package-lock.json"), filepath.Join(p.assets(), "package-lock.json")) {
		return nil
	}
	return command(ctx, p.assets(), nil, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
}

// bundle builds the styles and scripts, as package.json says; npm itself would take a quarter of a second to say it.
func (p project) bundle(ctx context.Context) error {
	return command(ctx, p.assets(), nil, "node", "build.mjs")
}

// program builds an app. The old program stays until the new one is whole.
func (p project) program(ctx context.Context, name string) error {
	draft := p.binary(name) + ".new"
	// Without what only a debugger reads (-w), linking is a third quicker.
	// Whoever started us with GOWORK=off didn't mean the apps.
	workspace := []string{"GOWORK=" + p.path("go.work")}
	err := command(ctx, p.root, workspace, "go", "build", "-ldflags=-w", "-o", draft, "./apps/"+name+"/cmd/"+name)
	if err != nil {
		return err
	}
	return os.Rename(draft, p.binary(name))
}

func (p project) binary(name string) string { return p.path(".bin", "dev", name) }

func command(ctx context.Context, dir string, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if said := strings.TrimSpace(string(out)); said != "" {
		return fmt.Errorf("%s", said)
	}
	return fmt.Errorf("%s: %w", filepath.Base(name), err)
}

// isOlder reports whether a made file is missing or older than what it was made from.
func isOlder(made, from string) bool {
	m, err := os.Stat(made)
	if err != nil {
		return true
	}
	f, err := os.Stat(from)
	return err == nil && m.ModTime().Before(f.ModTime())
}
