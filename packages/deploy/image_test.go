package deploy

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgtest"
)

const mostBytes = 30_000_000 // of a binary

var apps = []string{"api", "web"}

func TestAnImageHoldsOneStaticProgram(t *testing.T) {
	t.Parallel()
	for _, app := range apps {
		t.Run(app, func(t *testing.T) {
			t.Parallel()
			i := imageOf(t, app)
			want := slices.Sorted(slices.Values([]string{app, "etc/ssl/certs/ca-certificates.crt", "zoneinfo.zip"}))
			if got := files(t, i.dir); !slices.Equal(got, want) {
				t.Errorf("it holds %q, want %q", got, want)
			}
			binary := i.path("/" + app)
			info, err := os.Stat(binary)
			if err != nil {
				t.Fatal(err)
			}
			if info.Size() >= mostBytes {
				t.Errorf("the program has %d bytes", info.Size())
			}
			mustBeStatic(t, binary)
			mustBePruned(t, binary)
		})
	}
}

// mustBePruned: a template of the standard library calls methods by names that only it knows, so the linker would keep every method of every
// type, a fifth of a program that then lies in memory too.
func mustBePruned(t *testing.T, binary string) {
	t.Helper()
	program, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(program, []byte("runtime.mallocgc")) {
		t.Fatal("the program doesn't name its functions")
	}
	if bytes.Contains(program, []byte("text/template.(*state).evalField")) {
		t.Error("a template of text/template or html/template is in it; templ's are pruned")
	}
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func mustBeStatic(t *testing.T, binary string) {
	t.Helper()
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if settings["CGO_ENABLED"] != "0" || settings["-trimpath"] != "true" {
		t.Errorf("it was built with %v", settings)
	}
	if runtime.GOOS != "linux" {
		return // what follows is how a static program shows on Linux, where the images run
	}
	program, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	if libraries, err := program.ImportedLibraries(); err != nil || len(libraries) > 0 {
		t.Errorf("it needs %v (%v)", libraries, err)
	}
	if slices.ContainsFunc(program.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("it needs a loader")
	}
}

func TestAnImageRunsAsNobodyAndChecksItself(t *testing.T) {
	t.Parallel()
	for app, port := range map[string]string{"api": "8080", "web": "3000"} {
		i := imageOf(t, app)
		if !regexp.MustCompile(`^[1-9]\d+:[1-9]\d+$`).MatchString(i.user) {
			t.Errorf("%s runs as %q, want numbers, which need no passwd file, and not root's", app, i.user)
		}
		if want := []string{"/" + app}; !slices.Equal(i.entrypoint, want) {
			t.Errorf("%s starts %q", app, i.entrypoint)
		}
		if want := []string{"/" + app, "health"}; !slices.Equal(i.health, want) {
			t.Errorf("%s is checked by %q", app, i.health)
		}
		if i.expose != port || i.env[strings.ToUpper(app)+"_ADDR"] != ":"+port {
			t.Errorf("%s exposes %s and listens at %v", app, i.expose, i.env)
		}
		if i.env["ZONEINFO"] != "/zoneinfo.zip" {
			t.Errorf("%s has no time zones: %v", app, i.env)
		}
	}
}

func TestHealthSaysWhetherTheProgramIsReady(t *testing.T) {
	t.Parallel()
	for app, env := range map[string]map[string]string{
		"web": {"WEB_ADDR": freeAddr(t), "KEY_ENCRYPTION_KEY": strings.Repeat("A", 42) + "E="},
		"api": {"API_ADDR": freeAddr(t), "TOKEN_ISSUER": "http://localhost:3000", "TOKEN_SECRET": strings.Repeat("s", 64)},
	} {
		t.Run(app, func(t *testing.T) {
			t.Parallel()
			i := imageOf(t, app)
			program := i.path(i.health[0])
			if code, said := run(t, env, program, "health"); code != 1 || said == "" {
				t.Errorf("with nobody there it exits with %d and says %q", code, said)
			}
			env["DATABASE_URL"] = pgtest.Empty(t)
			startImage(t, i, env)
			if code, said := run(t, env, program, "health"); code != 0 || said != "" {
				t.Errorf("when served it exits with %d and says %q", code, said)
			}
		})
	}
}

func TestTheImagesAreBuiltWithTheModulesGo(t *testing.T) {
	t.Parallel()
	for _, app := range apps {
		module, err := os.ReadFile(filepath.Join(root, "apps", app, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)[1]
		for _, s := range readDockerfile(t, app) {
			image, tag, _ := strings.Cut(s.base, ":")
			if image == "golang" && !strings.HasPrefix(tag, string(version)+"-") {
				t.Errorf("apps/%s/Dockerfile builds with %s, its go.mod asks for Go %s", app, s.base, version)
			}
			if image != "scratch" && !regexp.MustCompile(`^\d`).MatchString(tag) {
				t.Errorf("apps/%s/Dockerfile builds on %s, which names no version", app, s.base)
			}
		}
	}
}

// The builder here follows steps in folders, so a step must not reach out of its folder.
func TestNoCommandNamesAnAbsolutePath(t *testing.T) {
	t.Parallel()
	for _, app := range apps {
		for _, stage := range readDockerfile(t, app) {
			for _, s := range stage.steps {
				if s.keyword == "RUN" && strings.Contains(" "+s.rest, " /") {
					t.Errorf("apps/%s/Dockerfile: %s", app, s.rest)
				}
			}
		}
	}
}

// With a Docker engine at hand the images are built for real as well.
func TestTheEngineBuildsTheImages(t *testing.T) {
	t.Parallel()
	if err := exec.CommandContext(t.Context(), "docker", "info").Run(); err != nil {
		t.Log("no Docker engine here: the Dockerfiles were followed without one")
		return
	}
	cmd := exec.CommandContext(t.Context(), "docker", "compose", "build")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("docker compose build: %v\n%s", err, out)
	}
}
