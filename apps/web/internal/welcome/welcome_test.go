package welcome_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/identity/rest"
	"cardwall/apps/web/internal/provider"
	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/welcome"
	"cardwall/packages/problem"
)

// plain is a Cardwall without providers, where everybody may sign up.
func plain() welcome.Handlers { return welcome.Handlers{Identity: identity.New(identity.Config{})} }

func get(t *testing.T, ctx context.Context, path string) *goquery.Document {
	t.Helper()
	mux := http.NewServeMux()
	plain().Register(mux)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil).WithContext(ctx))
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d", path, w.Code)
	}
	return parse(t, w)
}

func parse(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestLandingOffersTheNextStep(t *testing.T) {
	t.Parallel()
	guest := get(t, t.Context(), "/")
	if guest.Find(`main a[href="/sign-in"]`).Length() != 1 || guest.Find(`main a[href="/sign-up"]`).Length() != 1 {
		t.Error("a guest can't find the door")
	}
	member := get(t, session.Into(t.Context(), session.Session{}), "/")
	if member.Find(`main a[href="/boards"]`).Text() != "Open your boards" {
		t.Error("a signed-in person can't find the boards")
	}
}

func TestFormsWorkWithoutScripts(t *testing.T) {
	t.Parallel()
	for path, fields := range map[string][]string{"/sign-in": {"email", "password"}, "/sign-up": {"name", "email", "password"}} {
		doc := get(t, t.Context(), path+"?return_to="+url.QueryEscape("/boards/1?a=b"))
		form := doc.Find(`form[method="post"][action="/api/auth` + path + `"]`)
		for _, name := range fields {
			field := form.Find(`input[name="` + name + `"]`)
			if id := field.AttrOr("id", ""); doc.Find(`label[for="`+id+`"]`).Length() != 1 || id == "" {
				t.Errorf("%s: %s has no label", path, name)
			}
		}
		if to := form.Find(`input[name="return_to"]`).AttrOr("value", ""); to != "/boards/1?a=b" {
			t.Errorf("%s: leads on to %q", path, to)
		}
		if doc.Find("main").Length() != 1 || doc.Find("h1").Length() != 1 {
			t.Errorf("%s: wants one main and one h1", path)
		}
	}
}

func TestAForeignReturnToIsDropped(t *testing.T) {
	t.Parallel()
	doc := get(t, t.Context(), "/sign-in?return_to="+url.QueryEscape("https://elsewhere.example/"))
	if to := doc.Find(`input[name="return_to"]`).AttrOr("value", ""); to != "/" {
		t.Errorf("leads on to %q", to)
	}
}

func TestARefusedFormComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	refuse := func(f rest.FormFailure) (*httptest.ResponseRecorder, *goquery.Document) {
		w := httptest.NewRecorder()
		plain().FormFailed(w, httptest.NewRequest(http.MethodPost, "/api/auth"+f.Page, nil), f)
		return w, parse(t, w)
	}
	w, doc := refuse(rest.FormFailure{Page: "/sign-in", Email: `a"><b>@example.org`, ReturnTo: "/boards/1", Problem: problem.New(problem.Unauthenticated, "wrong", "That e-mail and password do not match.")})
	if w.Code != http.StatusUnauthorized || doc.Find(`input[name="email"]`).AttrOr("value", "") != `a"><b>@example.org` || doc.Find("main b").Length() != 0 {
		t.Errorf("status %d, e-mail lost or not escaped", w.Code)
	}
	if !strings.Contains(doc.Find(`[role="alert"]`).Text(), "do not match") || doc.Find(`input[name="return_to"]`).AttrOr("value", "") != "/boards/1" {
		t.Error("the reason or the way on is missing")
	}
	if _, kept := doc.Find(`input[name="password"]`).Attr("value"); kept {
		t.Error("the password came back")
	}

	_, doc = refuse(rest.FormFailure{Page: "/sign-up", Name: "Ada", Problem: problem.Validation(problem.Field{Field: "password", Code: "too_short", Detail: "A password needs 8 characters."})})
	field := doc.Find(`input[name="password"]`)
	if field.AttrOr("aria-invalid", "") != "true" || doc.Find("#"+field.AttrOr("aria-describedby", "")).Text() != "A password needs 8 characters." {
		t.Error("the field doesn't say what is wrong with it")
	}
	if doc.Find(`input[name="name"]`).AttrOr("value", "") != "Ada" {
		t.Error("the name is lost")
	}

	_, doc = refuse(rest.FormFailure{Page: "/sign-up", Name: "Ada", Email: "ada", Problem: problem.Validation(problem.Field{Field: "email", Code: "invalid", Detail: "That is none."})})
	if at := doc.Find("[autofocus]"); at.Length() != 1 || at.AttrOr("id", "") != "email" {
		t.Error("it doesn't go on where something is wrong")
	}
}

func TestOnlyTheConfiguredProvidersHaveAButton(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/sign-in", "/sign-up"} {
		if doc := get(t, t.Context(), path); doc.Find(`a[href^="/api/auth/login/"]`).Length() != 0 || doc.Find(".or").Length() != 0 || doc.Find("form").Length() != 1 {
			t.Errorf("%s: without providers there is more than the password's form", path)
		}
		mux := http.NewServeMux()
		welcome.Handlers{Identity: identity.New(identity.Config{Providers: []identity.Provider{
			provider.GitHub(provider.GitHubConfig{}), provider.OIDC(provider.OIDCConfig{Label: "Fernway <SSO>"}),
		}})}.Register(mux)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path+"?return_to=/boards/1%3Fq=x", nil))
		doc := parse(t, w)
		var seen []string
		doc.Find(`main a.btn`).Each(func(_ int, a *goquery.Selection) {
			icon := a.Find("use").AttrOr("href", "")
			seen = append(seen, strings.TrimSpace(a.Text())+" "+a.AttrOr("href", "")+" "+icon[strings.Index(icon, "#"):])
		})
		want := []string{
			"Continue with GitHub /api/auth/login/github?return_to=%2Fboards%2F1%3Fq%3Dx #i-github",
			"Continue with Fernway <SSO> /api/auth/login/oidc?return_to=%2Fboards%2F1%3Fq%3Dx #i-shield",
		}
		if !slices.Equal(seen, want) {
			t.Errorf("%s: %q", path, seen)
		}
	}
}
