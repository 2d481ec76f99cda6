package deploy

import (
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// caddy is a running Caddy, with certificates of its own authority for "localhost".
type caddy struct {
	https, http string // addresses
	authority   string // the file with the authority's certificate
}

// hosts are where a browser finds it.
func (c caddy) hosts() map[string]string {
	return map[string]string{"localhost:443": c.https, "localhost:80": c.http}
}

func (c caddy) pool(t testing.TB) *x509.CertPool {
	t.Helper()
	certificate, err := os.ReadFile(c.authority)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	return pool
}

// caddyProgram is the Caddy on this machine.
func caddyProgram(t testing.TB) string {
	t.Helper()
	if program, err := exec.LookPath("caddy"); err == nil {
		return program
	}
	program, err := filepath.Abs(filepath.Join(root, ".bin", "caddy"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Fatal("there is no Caddy here, 2.6 or later: please install it, or put it at .bin/caddy")
	}
	return program
}

// caddyHome keeps what a Caddy writes within the test.
func caddyHome(t testing.TB) map[string]string {
	t.Helper()
	home := t.TempDir()
	return map[string]string{"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "ADMIN_ADDRESS": freeAddr(t)}
}

func startCaddy(t *testing.T, file string, env map[string]string) caddy {
	t.Helper()
	c := caddy{https: freeAddr(t), http: freeAddr(t)}
	home := caddyHome(t)
	for name, value := range env {
		home[name] = value
	}
	home["HTTPS_PORT"], home["HTTP_PORT"] = portOf(c.https), portOf(c.http)
	c.authority = filepath.Join(home["XDG_DATA_HOME"], "caddy", "pki", "authorities", "local", "root.crt")
	start(t, home, caddyProgram(t), "run", "--config", file, "--adapter", "caddyfile")
	eventually(t, "Caddy serves with its certificate", func() bool {
		if _, err := os.Stat(c.authority); err != nil {
			return false
		}
		return newBrowser(t, "https://localhost", c.hosts(), c.pool(t)).reaches()
	})
	return c
}

func TestCaddyTakesTheCaddyfilesAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"Caddyfile", "Caddyfile.api"} {
		env := caddyHome(t)
		if code, said := run(t, env, caddyProgram(t), "validate", "--config", file, "--adapter", "caddyfile"); code != 0 {
			t.Errorf("%s: %s", file, said)
		}
		formatted, err := exec.CommandContext(t.Context(), caddyProgram(t), "fmt", file).Output()
		if err != nil && len(formatted) == 0 {
			t.Fatal(err)
		}
		written, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(formatted) != string(written) {
			t.Errorf("%s isn't as `caddy fmt` writes it", file)
		}
	}
}
