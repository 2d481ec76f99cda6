package main

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var issuerPattern = regexp.MustCompile(`issuer (http://\S+) \S+`)

func TestAFakeIdentityProviderRunsAlong(t *testing.T) {
	t.Parallel()
	addr := freeAddr(t)
	r := startShared(t, project(t), "DEV_IDP=1", "DEV_IDP_ADDR="+addr)
	r.waitForLine()
	if text := page(r.web); !strings.Contains(text, "google http://"+addr+"/google ") {
		t.Errorf("web isn't told of it:\n%s", text)
	}
	issuer := issuerPattern.FindStringSubmatch(page(r.web))
	if issuer == nil {
		t.Fatal("web isn't told of an issuer")
	}
	response, err := http.Get(issuer[1] + "/.well-known/openid-configuration")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var document struct{ Issuer string }
	if err := json.NewDecoder(response.Body).Decode(&document); err != nil || document.Issuer != issuer[1] {
		t.Errorf("its issuer is %q, %v; web was told %q", document.Issuer, err, issuer[1])
	}
	if !strings.Contains(r.stderr.String(), "anybody may be anyone") {
		t.Errorf("nobody is told:\n%s", r.stderr)
	}
}

func TestAFakeIdentityProviderIsRefusedWherePeopleComeFromElsewhere(t *testing.T) {
	t.Parallel()
	r := start(t, project(t), "DEV_IDP=1", "PUBLIC_URL=https://wall.test")
	_ = r.cmd.Wait()
	if code, said := r.cmd.ProcessState.ExitCode(), r.stderr.String(); code != 1 || !strings.Contains(said, "PUBLIC_URL") || strings.Count(said, "\n") != 1 {
		t.Errorf("it ended with %d and said:\n%s", code, said)
	}
}
