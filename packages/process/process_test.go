package process_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"cardwall/packages/process"
)

type config struct {
	Level slog.Level `env:"LOG_LEVEL" envDefault:"info"`
	Conns int        `env:"CONNS"`
	URL   string     `env:"DATABASE_URL"`
}

func (c *config) Check() process.Complaints {
	if c.URL == "" {
		return process.Complaints{"DATABASE_URL must be set"}
	}
	return nil
}

func TestReadConfigNamesEveryWrongVariableAtOnce(t *testing.T) {
	t.Parallel()
	_, err := process.ReadConfig[config](map[string]string{"LOG_LEVEL": "loud", "CONNS": "s3cret"})
	if err == nil {
		t.Fatal("a wrong configuration was taken")
	}
	for _, name := range []string{"LOG_LEVEL", "CONNS", "DATABASE_URL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s isn't named in %q", name, err)
		}
	}
	if strings.Contains(err.Error(), "s3cret") {
		t.Errorf("a value is shown: %q", err)
	}
}

func TestReadConfigTakesDefaults(t *testing.T) {
	t.Parallel()
	got, err := process.ReadConfig[config](map[string]string{"DATABASE_URL": "postgres:///x", "CONNS": "3"})
	if err != nil || got.Level != slog.LevelInfo || got.Conns != 3 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadConfigSaysWhatFormIsWanted(t *testing.T) {
	t.Parallel()
	_, err := process.ReadConfig[forms](map[string]string{
		"SHADE": "s3cret", "CONNS": "s3cret", "BIG": "99999999999999999999", "PUBLIC_URL": "https://me:s3cret@[x", "WAIT": "s3cret", "LOUD": "s3cret", "SHARE": "s3cret", "PAIRS": "s3cret",
	})
	if err == nil {
		t.Fatal("a wrong configuration was taken")
	}
	for _, sentence := range []string{
		"SHADE must be light or dark", "CONNS must be a whole number", "BIG must be a whole number", "PUBLIC_URL must be a URL such as https://example.org",
		"WAIT must be a duration such as 30s", "LOUD must be true or false", "SHARE must be a number", "PAIRS must be name=value pairs",
	} {
		if !strings.Contains(err.Error(), "\n  "+sentence) {
			t.Errorf("%q isn't in %q", sentence, err)
		}
	}
	if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "process_test") {
		t.Errorf("a value or a name of the code is shown: %q", err)
	}
}

type forms struct {
	Shade shade         `env:"SHADE"`
	Conns int           `env:"CONNS"`
	Big   int32         `env:"BIG"`
	URL   url.URL       `env:"PUBLIC_URL"`
	Wait  time.Duration `env:"WAIT"`
	Loud  bool          `env:"LOUD"`

	Share float64           `env:"SHARE"`
	Pairs map[string]string `env:"PAIRS" envKeyValSeparator:"="`
}

func (*forms) Check() process.Complaints { return nil }

type shade struct{}

func (*shade) UnmarshalText([]byte) error { return errors.New("must be light or dark") }

func TestMainDoesWhatItIsTold(t *testing.T) {
	t.Parallel()
	fail := errors.New("the database is not there")
	commands := []process.Command{
		{Name: "", Help: "serve", Run: func(_ context.Context, vars map[string]string, out io.Writer) error {
			_, err := io.WriteString(out, vars["GREETING"])
			return err
		}},
		{Name: "keys rotate", Help: "rotate", Run: func(_ context.Context, _ map[string]string, out io.Writer) error {
			_, err := io.WriteString(out, "rotated")
			return err
		}},
		{Name: "people disable", Takes: "EMAIL", Help: "disable", RunWith: func(_ context.Context, email string, _ map[string]string, out io.Writer) error {
			_, err := io.WriteString(out, "disabled "+email)
			return err
		}},
		{Name: "migrate", Help: "migrate", Run: func(context.Context, map[string]string, io.Writer) error { return fail }},
	}
	for name, c := range map[string]struct {
		args      []string
		code      int
		out, errs string
	}{
		"no_argument_runs_the_program":        {[]string{"api"}, 0, "hello=you", ""},
		"a_command_that_fails_says_why_once":  {[]string{"api", "migrate"}, 1, "", "the database is not there\n"},
		"a_command_may_have_two_words":        {[]string{"api", "keys", "rotate"}, 0, "rotated", ""},
		"a_command_may_take_a_word":           {[]string{"api", "people", "disable", "me@x.org"}, 0, "disabled me@x.org", ""},
		"a_word_that_is_missing_is_asked_for": {[]string{"api", "people", "disable"}, 2, "", "api people disable EMAIL"},
		"half_a_command_is_none":              {[]string{"api", "keys"}, 2, "", "api keys rotate"},
		"an_unknown_command_shows_what_is":    {[]string{"api", "dance"}, 2, "", "api migrate"},
		"too_many_arguments_are_not_guessed":  {[]string{"api", "migrate", "now"}, 2, "", "Usage"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			code := process.Main(c.args, []string{"GREETING=hello=you"}, &out, &errs, commands...)
			if code != c.code || out.String() != c.out || !strings.Contains(errs.String(), c.errs) {
				t.Errorf("code %d, out %q, errors %q", code, out.String(), errs.String())
			}
		})
	}
}

func TestASmallHeapGrowsBeforeItIsCollected(t *testing.T) {
	t.Parallel()
	var stats runtime.MemStats
	look := process.Command{Name: "look", Run: func(context.Context, map[string]string, io.Writer) error {
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return nil
	}}
	if code := process.Main([]string{"program", "look"}, nil, io.Discard, io.Discard, look); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	if grows := stats.NextGC - stats.HeapAlloc; grows < 16<<20 {
		t.Errorf("the next collection is due after %d bytes", grows)
	}
}
