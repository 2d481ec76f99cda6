package deploy

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgserver"

	"github.com/jackc/pgx/v5"
)

// The demo as docker-compose.yml describes it, but for the containers around its parts: the databases that
// postgres-init.sql makes, both images' programs, each with just the environment that the file gives it.
func TestTheDemoWorksWithoutConfiguration(t *testing.T) {
	t.Parallel()
	server := startDemoPostgres(t)
	compose := readComposition(t)
	places := map[string]string{"postgres:5432": server, "web:3000": freeAddr(t), "api:8080": freeAddr(t)}
	environment := func(app string) map[string]string {
		env := compose.Services[app].unset()
		for name, value := range env {
			for inside, here := range places {
				value = strings.ReplaceAll(value, "@"+inside, "@"+here)
				value = strings.ReplaceAll(value, "//"+inside, "//"+here)
			}
			env[name] = value
		}
		return env
	}
	webEnv, apiEnv := environment("web"), environment("api")
	webEnv["WEB_ADDR"], apiEnv["API_ADDR"] = places["web:3000"], places["api:8080"]

	// Web is up before the api is there, and the api gets ready once it has web's keys.
	startImage(t, imageOf(t, "web"), webEnv)
	startImage(t, imageOf(t, "api"), apiEnv)

	b := newBrowser(t, "http://localhost:3000", map[string]string{"localhost:3000": places["web:3000"]}, nil)
	b.signUp()
	if title := b.makeBoard("Spring cleaning"); title != "Spring cleaning" {
		t.Errorf("the board is called %q", title)
	}
}

func TestNeitherAppsRoleCanEnterTheOthersDatabase(t *testing.T) {
	t.Parallel()
	server := startDemoPostgres(t)
	for login, database := range map[string]string{"web:web-demo": "kanban", "api:api-demo": "auth"} {
		conn, err := pgx.Connect(t.Context(), "postgres://"+login+"@"+server+"/"+database)
		if err == nil {
			_ = conn.Close(t.Context())
			t.Errorf("%s got into %s", login, database)
			continue
		}
		if !strings.Contains(err.Error(), "42501") { // insufficient_privilege
			t.Errorf("%s: %v", login, err)
		}
	}
}

// startDemoPostgres starts a server of its own, since roles are the whole server's, and makes in it what the
// demo's makes at first. It returns its address.
func startDemoPostgres(t *testing.T) string {
	t.Helper()
	bin, err := pgserver.Find()
	if err != nil {
		t.Fatal(err)
	}
	server, err := pgserver.Start(t.Context(), pgserver.Options{BinDir: bin})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	conn, err := pgx.Connect(t.Context(), server.URL("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	script, err := os.ReadFile("postgres-init.sql")
	if err != nil {
		t.Fatal(err)
	}
	// One by one, as psql does: a database can't be made in a transaction with others.
	for statement := range strings.SplitSeq(string(script), ";\n") {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return net.JoinHostPort(conn.Config().Host, fmt.Sprint(conn.Config().Port))
}
