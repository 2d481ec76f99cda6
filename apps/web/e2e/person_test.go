package e2e_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const password = "four unrelated plain words"

// person is somebody without a browser: a cookie jar, and the api's client pointed at web.
type person struct {
	*kanbanapi.Client
	Name, Email string
	http        *http.Client
	url         string
}

// guest is a person who is not signed in.
func (s *stack) guest(t *testing.T) *person {
	t.Helper()
	p := &person{url: s.URL, http: &http.Client{
		Jar:           must(cookiejar.New(nil))(t),
		Transport:     &discreet{Transport: direct(), t: t, secrets: s.secrets()},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	p.Client = must(kanbanapi.Connect(s.URL+"/api", p.http, func(_ context.Context, r *http.Request) error {
		r.Header.Set("X-CSRF", "1")
		return nil
	}))(t)
	return p
}

// person signs somebody up.
func (s *stack) person(t *testing.T, name string) *person {
	t.Helper()
	p := s.guest(t)
	p.Name, p.Email = name, strings.ToLower(name)+"@example.org"
	body := must(json.Marshal(map[string]string{"name": p.Name, "email": p.Email, "password": password}))(t)
	if got := p.post(t, "/api/auth/sign-up", string(body)); got.Status != http.StatusCreated {
		t.Fatalf("sign-up: %d %s", got.Status, got.Body)
	}
	return p
}

func (p *person) signIn(t *testing.T) answer {
	t.Helper()
	body := must(json.Marshal(map[string]string{"email": p.Email, "password": password}))(t)
	return p.post(t, "/api/auth/sign-in", string(body))
}

// answer is a response with its body read.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// problem reads the answer as a problem document.
func (a answer) problem(t *testing.T) problem.Document {
	t.Helper()
	var doc problem.Document
	if err := json.Unmarshal([]byte(a.Body), &doc); err != nil {
		t.Fatalf("%d, no problem document: %s", a.Status, a.Body)
	}
	return doc
}

// send makes a request as written. The header is given as name, value, name, value …
func (p *person) send(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), method, p.url+path, strings.NewReader(body)))(t)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res := must(p.http.Do(req))(t)
	defer func() { _ = res.Body.Close() }()
	return answer{res.StatusCode, res.Header, string(must(io.ReadAll(res.Body))(t))}
}

// begin asks for an answer that may last, and leaves once it has begun.
func (p *person) begin(t *testing.T, path string) (status int) {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	res := must(p.http.Do(must(http.NewRequestWithContext(ctx, http.MethodGet, p.url+path, http.NoBody))(t)))(t)
	return res.StatusCode
}

// get opens a page.
func (p *person) get(t *testing.T, path string) answer {
	t.Helper()
	return p.send(t, http.MethodGet, path, "", "Accept", "text/html")
}

// post sends JSON as a program of ours does.
func (p *person) post(t *testing.T, path, body string) answer {
	t.Helper()
	return p.send(t, http.MethodPost, path, body, "Content-Type", "application/json", "X-CSRF", "1")
}

// submit sends a page's form, as a browser does.
func (p *person) submit(t *testing.T, path string, form url.Values) answer {
	t.Helper()
	return p.send(t, http.MethodPost, path, form.Encode(),
		"Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html", "Origin", p.url, "Sec-Fetch-Site", "same-origin")
}

// leave deletes one's account for good.
func (p *person) leave(t *testing.T) answer {
	t.Helper()
	return p.submit(t, "/account/delete", url.Values{"words": {"delete my account"}, "password": {password}})
}
