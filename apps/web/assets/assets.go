// Package assets holds what the browser gets beside the pages: the stylesheet, the scripts, the icons.
//
// css/, js/ and img/ are the sources; build.mjs bundles them into dist/ under names that carry a hash of
// the content, with compressed copies and a manifest, and this package embeds that folder. A page asks
// [URL] for an address, and [Handler] serves /assets/*. In a clean clone dist/ holds only a placeholder:
// everything compiles, and [Built] says what to run.
package assets

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"sync"

	"cardwall/apps/web/internal/coding"
)

// Prefix is the path under which [Handler] is to be mounted.
const Prefix = "/assets/"

//go:embed all:dist
var embedded embed.FS

// What is embedded never changes while the program runs, so it is read once, on first use.
var built = sync.OnceValues(func() (*files, error) {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		return nil, err
	}
	return load(dist)
})

// Built returns an error that says what to do when the assets were not built before the program was.
func Built() error {
	_, err := built()
	return err
}

// URL is the address of an asset by its plain name, such as "app.css". Without built assets it is the
// plain name under [Prefix], which answers 404: the page still reads, undressed.
func URL(name string) string {
	f, err := built()
	if err != nil {
		return Prefix + name
	}
	return f.url(name)
}

// Imports are the addresses of what a script needs at once, so that a page can have them fetched along with it.
func Imports(name string) []string {
	f, err := built()
	if err != nil {
		return nil
	}
	return f.imports(name)
}

// Handler serves the assets under [Prefix], for ever cacheable since a changed file has another name.
func Handler() http.Handler {
	f, err := built()
	if err != nil {
		return http.NotFoundHandler()
	}
	return f
}

// files is one build of the assets, read into memory.
type files struct {
	names map[string]named // by plain name, as in manifest.json
	byURL map[string]file
}

// named is what manifest.json says of an asset: its hashed name, and those of the scripts that it needs at once.
type named struct {
	File    string   `json:"file"`
	Imports []string `json:"imports"`
}

// file is an asset in each coding it was built in; "" is the plain one.
type file struct {
	contentType string
	coded       map[string][]byte
}

func load(dist fs.FS) (*files, error) {
	manifest, err := fs.ReadFile(dist, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the assets are not built: run `npm ci && npm run build` in apps/web/assets, then build again")
	}
	if err != nil {
		return nil, err
	}
	f := &files{names: map[string]named{}, byURL: map[string]file{}}
	if err := json.Unmarshal(manifest, &f.names); err != nil {
		return nil, fmt.Errorf("reading the assets' manifest.json: %w", err)
	}
	for _, one := range f.names {
		if f.byURL[Prefix+one.File], err = read(dist, one.File); err != nil {
			return nil, fmt.Errorf("the assets are half built, build them again: %w", err)
		}
	}
	return f, nil
}

func read(dist fs.FS, name string) (file, error) {
	one := file{contentType: contentTypes[path.Ext(name)], coded: map[string][]byte{}}
	if one.contentType == "" {
		return file{}, fmt.Errorf("no content type is known for %s", name)
	}
	for c, suffix := range map[string]string{coding.Plain: "", coding.Brotli: ".br", coding.Gzip: ".gz"} {
		body, err := fs.ReadFile(dist, name+suffix)
		if err != nil {
			return file{}, err
		}
		one.coded[c] = body
	}
	return one, nil
}

func (f *files) url(name string) string {
	if one, ok := f.names[name]; ok {
		return Prefix + one.File
	}
	return Prefix + name
}

func (f *files) imports(name string) []string {
	var urls []string
	for _, file := range f.names[name].Imports {
		urls = append(urls, Prefix+file)
	}
	return urls
}
