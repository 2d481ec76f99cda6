package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the repository's.
var root = filepath.Join("..", "..")

// stage is one FROM of a Dockerfile and what follows it.
type stage struct {
	base, name string
	steps      []step
}

// step is an instruction: "COPY --from=build /a /b" has the flag from=build and the rest as it stands.
type step struct {
	keyword string
	flags   map[string]string
	rest    string
}

func readDockerfile(t testing.TB, app string) []stage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "apps", app, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	stages, err := parseDockerfile(string(text))
	if err != nil {
		t.Fatalf("apps/%s/Dockerfile: %v", app, err)
	}
	return stages
}

// parseDockerfile reads the instructions that our Dockerfiles use, and refuses any other: whoever needs one
// teaches the build here to follow it.
func parseDockerfile(text string) ([]stage, error) {
	var stages []stage
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		s := parseStep(line)
		switch {
		case s.keyword == "FROM":
			base, name, _ := strings.Cut(s.rest, " AS ")
			stages = append(stages, stage{base: base, name: name})
		case len(stages) == 0 || !slices.Contains(known, s.keyword):
			return nil, fmt.Errorf("what to make of %q?", line)
		default:
			last := &stages[len(stages)-1]
			last.steps = append(last.steps, s)
		}
	}
	return stages, nil
}

var known = []string{"COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "RUN", "USER", "WORKDIR"}

func parseStep(line string) step {
	s := step{flags: map[string]string{}}
	s.keyword, s.rest, _ = strings.Cut(line, " ")
	for strings.HasPrefix(s.rest, "--") {
		var flag string
		flag, s.rest, _ = strings.Cut(s.rest, " ")
		name, value, _ := strings.Cut(flag[2:], "=")
		s.flags[name] = value
	}
	return s
}

// execForm reads a command in the form that needs no shell: ["/web", "health"].
func execForm(rest string) (command []string, err error) {
	err = json.Unmarshal([]byte(rest), &command)
	return command, err
}
