package e2e_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"cardwall/packages/problem"
)

// secrets are what no answer may hold: where the api and the databases are.
func (s *stack) secrets() []string {
	secrets := []string{s.api.addr, portOf(s.api.addr)}
	for _, db := range []database{s.webDB, s.apiDB} {
		if u, err := url.Parse(db.URL); err == nil && db.URL != "" {
			secrets = append(secrets, u.Host, ":"+u.Port(), u.User.Username())
		}
	}
	return secrets
}

func portOf(addr string) string { return addr[strings.LastIndexByte(addr, ':'):] }

// discreet reads along with every answer that a test gets, and fails the test for one that is a 500, gives
// something of the inside away, or is a refusal that no person could act on.
type discreet struct {
	*http.Transport
	t       *testing.T
	secrets []string
}

func (d *discreet) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := d.Transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") { // which has no end to wait for
		d.inspect(r, res, "")
		return res, nil
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		return nil, err
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	d.inspect(r, res, string(body))
	return res, nil
}

func (d *discreet) inspect(r *http.Request, res *http.Response, body string) {
	d.t.Helper()
	what := r.Method + " " + r.URL.Path
	header := headerText(res.Header)
	if found := append(contains(body+header, d.secrets...), inside.FindAllString(body+header, -1)...); found != nil {
		d.t.Errorf("%s gives %q away: %d %s%s", what, found, res.StatusCode, header, body)
	}
	if res.Header.Get("X-Request-Id") == "" {
		d.t.Errorf("%s: %d has no request id", what, res.StatusCode)
	}
	if complaint := actionable(r, res, body); res.StatusCode >= 400 && complaint != "" {
		d.t.Errorf("%s: %d %s:\n%s", what, res.StatusCode, complaint, body)
	}
}

// actionable says what a refusal lacks: "" for a problem with a sentence, a code and its request's id, and for a
// page that says what happened.
func actionable(r *http.Request, res *http.Response, body string) string {
	id := res.Header.Get("X-Request-Id")
	kind := res.Header.Get("Content-Type")
	switch {
	case res.StatusCode == http.StatusInternalServerError:
		return "must not happen"
	case r.Method == http.MethodHead:
		return ""
	case strings.HasPrefix(kind, "text/html"):
		if !strings.Contains(body, "Request "+id) && !strings.Contains(body, `role="alert"`) && !strings.Contains(body, "while you were writing") {
			return "is a page that says neither what is wrong nor the request's id"
		}
		return ""
	case kind != problem.ContentType:
		return "is of type " + kind
	}
	var doc problem.Document
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		return err.Error()
	}
	if !codeForm.MatchString(doc.Code) || !sentence.MatchString(doc.Detail) || doc.RequestID != id || doc.Status != res.StatusCode {
		return "lacks a code, a sentence, the request's id or the status"
	}
	return ""
}

// inside is what only Cardwall's inside says: a driver, a dial, a trace, a token. As a word of its own, since the ids of
// sessions and the nonces of pages spell any three letters at times.
var inside = regexp.MustCompile(`\bpgx\b|dial tcp|\bgoroutine\b|\bSQLSTATE\b|\beyJ[\w-]+\.|\.go:\d`)

var (
	codeForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	sentence = regexp.MustCompile(`(?s)^[A-Z“].{10,}[.!?]$`)
)

func headerText(header http.Header) string {
	var all strings.Builder
	_ = header.Write(&all)
	return all.String()
}
