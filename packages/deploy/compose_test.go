package deploy

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// composition is docker-compose.yml, as far as ours goes: another key fails, so that whoever adds one says here
// what to expect of it.
type composition struct {
	Name     string             `yaml:"name"`
	Services map[string]service `yaml:"services"`
	Volumes  map[string]any     `yaml:"volumes"`
}

type service struct {
	Image string `yaml:"image"`
	Build struct {
		Context    string `yaml:"context"`
		Dockerfile string `yaml:"dockerfile"`
	} `yaml:"build"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	DependsOn   map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	HealthCheck struct {
		Test     []string `yaml:"test"`
		Interval string   `yaml:"interval"`
		Timeout  string   `yaml:"timeout"`
		Retries  int      `yaml:"retries"`
	} `yaml:"healthcheck"`
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	SecurityOpt []string `yaml:"security_opt"`
}

func readComposition(t testing.TB) composition {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docker-compose.yml"))
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var c composition
	if err := decoder.Decode(&c); err != nil {
		t.Fatalf("docker-compose.yml: %v", err)
	}
	return c
}

var withDefault = regexp.MustCompile(`\$\{\w+:-([^}]*)\}`)

// unset is the environment as it is when the one who starts the demo has set nothing.
func (s service) unset() map[string]string {
	env := map[string]string{}
	for name, value := range s.Environment {
		env[name] = withDefault.ReplaceAllString(value, "$1")
	}
	return env
}

func TestTheDemoCanBeReachedThroughWebAloneAndFromItsOwnMachineOnly(t *testing.T) {
	t.Parallel()
	open := map[string][]string{"web": {"127.0.0.1:3000:3000"}, "mail": {"127.0.0.1:8025:8025"}}
	for name, s := range readComposition(t).Services {
		if !slices.Equal(s.Ports, open[name]) {
			t.Errorf("%s publishes %q, want %q", name, s.Ports, open[name])
		}
	}
}

func TestTheAppsWaitForPostgresOnly(t *testing.T) {
	t.Parallel()
	c := readComposition(t)
	for _, app := range apps {
		s := c.Services[app]
		if len(s.DependsOn) != 1 || s.DependsOn["postgres"].Condition != "service_healthy" {
			t.Errorf("%s waits for %v", app, s.DependsOn)
		}
	}
	if len(c.Services["postgres"].HealthCheck.Test) == 0 {
		t.Error("nothing tells when postgres is healthy")
	}
}

func TestTheAppsAreBuiltFromTheirDockerfilesAndCheckThemselves(t *testing.T) {
	t.Parallel()
	for _, app := range apps {
		s := readComposition(t).Services[app]
		if s.Build.Context != "." || s.Build.Dockerfile != "apps/"+app+"/Dockerfile" {
			t.Errorf("%s is built from %+v", app, s.Build)
		}
		if len(s.HealthCheck.Test) > 0 {
			t.Errorf("%s is checked by %q instead of its image's own check", app, s.HealthCheck.Test)
		}
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) {
			t.Errorf("%s may do more than it needs", app)
		}
	}
}

func TestOtherPeoplesImagesNameTheirVersion(t *testing.T) {
	t.Parallel()
	for name, s := range readComposition(t).Services {
		if s.Build.Context != "" {
			continue
		}
		if _, tag, _ := strings.Cut(s.Image, ":"); !regexp.MustCompile(`^v?\d`).MatchString(tag) {
			t.Errorf("%s is %s", name, s.Image)
		}
	}
}

func TestTheDemoSetsOnlyVariablesThatItsAppsRead(t *testing.T) {
	t.Parallel()
	c := readComposition(t)
	for app, variables := range readVariables(t) {
		for name := range c.Services[app].Environment {
			if !slices.Contains(variables, name) {
				t.Errorf("%s doesn't read %s", app, name)
			}
		}
		for name := range imageOf(t, app).env {
			if !slices.Contains(variables, name) && name != "ZONEINFO" { // Go's own
				t.Errorf("apps/%s/Dockerfile: nothing reads %s", app, name)
			}
		}
	}
}

// readVariables lists each app's variables as .env.example tells them; a test in each app holds that against
// what its configuration reads.
func readVariables(t testing.TB) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string][]string{}
	section := ""
	variable := regexp.MustCompile(`^#([A-Z_]+)=`)
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = strings.TrimSpace(title)
		}
		if found := variable.FindStringSubmatch(line); found != nil {
			sections[section] = append(sections[section], found[1])
		}
	}
	both := sections["Both apps"]
	return map[string][]string{"api": slices.Concat(both, sections["api"]), "web": slices.Concat(both, sections["web"])}
}

func TestWhatTheDemoMountsIsThere(t *testing.T) {
	t.Parallel()
	c := readComposition(t)
	for name, s := range c.Services {
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if _, named := c.Volumes[source]; named {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, source)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
