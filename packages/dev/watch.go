package dev

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may change before what did is acted on: an editor writes a file in
// several steps, a formatter follows, and a branch switch touches hundreds.
const quiet = 40 * time.Millisecond

// watcher reports changed files below a root, in batches, as slashed paths relative to it.
type watcher struct {
	root    string
	events  *fsnotify.Watcher
	batches chan []string
	pending map[string]bool
}

// watch starts with everything below root, what is made later included, until ctx ends.
func watch(ctx context.Context, root string) (<-chan []string, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch the sources: %w", err)
	}
	w := &watcher{root: root, events: events, batches: make(chan []string), pending: map[string]bool{}}
	if err := w.addTree(root); err != nil {
		return nil, errors.Join(fmt.Errorf("watch the sources: %w", err), events.Close())
	}
	go w.run(ctx)
	return w.batches, nil
}

// run collects until it is quiet, then offers the batch until somebody takes it, and goes on
// collecting meanwhile.
func (w *watcher) run(ctx context.Context) {
	defer func() { _ = w.events.Close() }()
	calm := time.NewTimer(quiet)
	var offer chan<- []string
	for {
		select {
		case event := <-w.events.Events:
			w.note(event)
			offer = nil
			calm.Reset(quiet)
		case err := <-w.events.Errors:
			if err == nil {
				return
			}
			// The system lost count of the changes: take it that anything may have changed.
			w.pending["."] = true
			calm.Reset(quiet)
		case <-calm.C:
			if len(w.pending) > 0 {
				offer = w.batches
			}
		case offer <- slices.Sorted(maps.Keys(w.pending)):
			clear(w.pending)
			offer = nil
		case <-ctx.Done():
			return
		}
	}
}

func (w *watcher) note(event fsnotify.Event) {
	if event.Op == fsnotify.Chmod || isIgnored(filepath.Base(event.Name)) {
		return
	}
	if info, err := os.Stat(event.Name); err == nil && info.IsDir() {
		// It may have got files before we began to watch it. A folder that goes away meanwhile is no loss.
		_ = w.addTree(event.Name)
		return
	}
	w.pend(event.Name)
}

func (w *watcher) pend(name string) {
	if relative, err := filepath.Rel(w.root, name); err == nil {
		w.pending[filepath.ToSlash(relative)] = true
	}
}

func (w *watcher) addTree(top string) error {
	return filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != w.root && isIgnored(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return w.events.Add(name)
		case top != w.root:
			w.pend(name)
		}
		return nil
	})
}

// isIgnored reports whether a file or folder of that name is never a source: hidden, made, or an
// editor's own.
func isIgnored(name string) bool {
	switch name {
	case "node_modules", "dist", "testdata":
		return true
	default:
		return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#")
	}
}
