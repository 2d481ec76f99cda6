package dev

import (
	"path"
	"slices"
	"strings"
)

// The two apps, by the names of their folders.
const (
	api = "api"
	web = "web"
)

// plan is what has to be made again.
type plan struct {
	packages  bool // npm's
	templates bool
	bundle    bool
	apps      []string
}

// everything is the plan for the start, and for changes that nobody could list.
func everything() plan {
	return plan{packages: true, templates: true, bundle: true, apps: []string{api, web}}
}

// planFor works out what changed files mean. The paths are slashed and relative to the root.
func planFor(files []string) plan {
	var p plan
	for _, file := range files {
		p.add(file)
	}
	slices.Sort(p.apps)
	p.apps = slices.Compact(p.apps)
	return p
}

func (p *plan) add(file string) {
	switch {
	case file == "." || file == "go.work":
		*p = everything()
	case strings.HasPrefix(file, "apps/web/assets/") && path.Ext(file) != ".go":
		p.bundle = true
		p.packages = p.packages || path.Base(file) == "package-lock.json"
		p.apps = append(p.apps, web)
	case path.Ext(file) == ".templ":
		p.templates = true
		p.apps = append(p.apps, appsOf(file)...)
	case isSource(file):
		p.apps = append(p.apps, appsOf(file)...)
	}
}

// isSource reports whether a program may read other when the file does: Go, the SQL and the contract
// that are built in, and the modules.
func isSource(file string) bool {
	switch path.Ext(file) {
	case ".go":
		// What templ writes changes by our own doing, right before the build.
		return !strings.HasSuffix(file, "_test.go") && !strings.HasSuffix(file, "_templ.go")
	case ".sql", ".yaml", ".mod":
		return true
	default:
		return false
	}
}

// appsOf tells whose programs a file goes into. A package of ours may be in both; building one that
// hasn't changed takes a moment only.
func appsOf(file string) []string {
	for _, no := range []string{"packages/bench/", "packages/deploy/", "packages/dev/", "packages/fakeidp/", "packages/tools/", "apps/web/e2e/"} {
		if strings.HasPrefix(file, no) {
			return nil
		}
	}
	for prefix, apps := range map[string][]string{
		"apps/api/": {api}, "apps/web/": {web}, "packages/": {api, web}, "migrations/": {api, web},
	} {
		if strings.HasPrefix(file, prefix) {
			return apps
		}
	}
	return nil
}
