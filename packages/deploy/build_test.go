package deploy

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// image is what following a Dockerfile makes: the last stage's files and settings.
type image struct {
	dir        string // its file system
	workdir    string
	env        map[string]string
	user       string
	expose     string
	entrypoint []string
	health     []string
}

// builder follows Dockerfiles: it makes each stage a folder in dir, and runs in it what a RUN says, as it
// stands, with this machine's Go and Node.
type builder struct {
	dir     string
	ignored *patternmatcher.PatternMatcher
	stages  map[string]*image
}

func newBuilder(dir string) (*builder, error) {
	file, err := os.Open(filepath.Join(root, ".dockerignore"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		return nil, err
	}
	ignored, err := patternmatcher.New(patterns)
	return &builder{dir: dir, ignored: ignored, stages: map[string]*image{}}, err
}

func (b *builder) build(stages []stage) (*image, error) {
	var last *image
	for i, s := range stages {
		last = &image{dir: filepath.Join(b.dir, fmt.Sprint(i)), workdir: "/", env: map[string]string{}}
		if err := os.MkdirAll(last.dir, 0o755); err != nil {
			return nil, err
		}
		b.stages[s.name] = last
		for _, each := range s.steps {
			if err := b.follow(last, each); err != nil {
				return nil, fmt.Errorf("%s %s: %w", each.keyword, each.rest, err)
			}
		}
	}
	return last, nil
}

func (b *builder) follow(i *image, s step) (err error) {
	switch s.keyword {
	case "WORKDIR":
		i.workdir = i.inside(s.rest)
		return os.MkdirAll(i.path(s.rest), 0o755)
	case "ENV":
		for pair := range strings.FieldsSeq(s.rest) {
			name, value, _ := strings.Cut(pair, "=")
			i.env[name] = value
		}
	case "COPY":
		return b.copyFiles(i, s)
	case "RUN":
		return i.run(s.rest)
	case "USER":
		i.user = s.rest
	case "EXPOSE":
		i.expose = s.rest
	case "ENTRYPOINT":
		i.entrypoint, err = execForm(s.rest)
	case "HEALTHCHECK":
		i.health, err = execForm(strings.TrimPrefix(s.rest, "CMD "))
	}
	return err
}

// inside is a path in the image, absolute; path is where that is on this machine.
func (i *image) inside(name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(i.workdir, name)
}

func (i *image) path(name string) string {
	return filepath.Join(i.dir, filepath.FromSlash(i.inside(name)))
}

func (i *image) run(command string) error {
	cmd := exec.Command("/bin/sh", "-c", command)
	cmd.Dir = i.path(".")
	// GOFLAGS and GOWORK would be the developer's; an image has none.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(pair string) bool {
		return strings.HasPrefix(pair, "GOFLAGS=") || strings.HasPrefix(pair, "GOWORK=")
	})
	for name, value := range i.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// copyFiles does a COPY. As in Docker, several sources or a slash at the end make the target a folder, and of
// a folder only the content is copied.
func (b *builder) copyFiles(i *image, s step) error {
	paths := strings.Fields(s.rest)
	sources, target := paths[:len(paths)-1], paths[len(paths)-1]
	for _, source := range sources {
		from, ignored, err := b.origin(source, s.flags["from"])
		if err != nil {
			return err
		}
		info, err := os.Stat(from)
		if err != nil {
			return err
		}
		to := i.path(target)
		if !info.IsDir() && (len(sources) > 1 || strings.HasSuffix(target, "/")) {
			to = filepath.Join(to, path.Base(source))
		}
		if err := copyTree(from, to, ignored); err != nil {
			return err
		}
	}
	return nil
}

// origin is where a source of a COPY is, in a stage or in the repository, and which of it stays behind.
func (b *builder) origin(source, stage string) (from string, ignored func(string) (bool, error), err error) {
	if stage == "" {
		return filepath.Join(root, source), b.isIgnored, nil
	}
	made, ok := b.stages[stage]
	if !ok {
		return "", nil, fmt.Errorf("there is no stage %s", stage)
	}
	from, err = made.find(source)
	return from, func(string) (bool, error) { return false, nil }, err
}

// find is where a stage has a file: among what its steps made, else where this machine keeps what the stage's
// image comes with.
func (i *image) find(name string) (string, error) {
	places := []string{i.path(name)}
	if within, ok := strings.CutPrefix(name, "/usr/local/go/"); ok {
		goroot, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", err
		}
		places = append(places, filepath.Join(strings.TrimSpace(string(goroot)), within))
	}
	if name == "/etc/ssl/certs/ca-certificates.crt" {
		places = append(places, name, "/etc/ssl/cert.pem")
	}
	for _, place := range places {
		if _, err := os.Stat(place); err == nil {
			return place, nil
		}
	}
	return "", fmt.Errorf("no stage made %s, and this machine has none", name)
}

func (b *builder) isIgnored(name string) (bool, error) {
	within, err := filepath.Rel(root, name)
	if err != nil {
		return false, err
	}
	return b.ignored.MatchesOrParentMatches(filepath.ToSlash(within))
}

func copyTree(from, to string, ignored func(string) (bool, error)) error {
	return filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		skip, err := ignored(name)
		switch {
		case err != nil:
			return err
		case skip && entry.IsDir():
			return fs.SkipDir
		case skip || entry.IsDir():
			return nil
		}
		within, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		return copyFile(name, filepath.Join(to, within))
	})
}

func copyFile(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, content, info.Mode().Perm())
}
