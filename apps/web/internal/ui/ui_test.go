package ui_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/google/uuid"

	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

func draw(t *testing.T, ctx context.Context, c templ.Component) *goquery.Document {
	t.Helper()
	var html bytes.Buffer
	if err := c.Render(ctx, &html); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&html)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func signedIn(name, email string) context.Context {
	return session.Into(context.Background(), session.Session{Person: session.Person{ID: uuid.New(), Name: name, Email: email}})
}

func TestTheBarShowsWhoIsSignedInAndSignsOutByAPost(t *testing.T) {
	t.Parallel()
	doc := draw(t, signedIn("Ada <b>", "ada@example.org"), ui.Layout(ui.Page{Title: "Boards"}))
	bar := doc.Find("header.app-bar")
	if text := bar.Text(); !strings.Contains(text, "Ada <b>") || !strings.Contains(text, "ada@example.org") {
		t.Errorf("the bar says %q", text)
	}
	form := bar.Find(`form[method="post"][action="/api/auth/sign-out"]`)
	if form.Find("button").Length() != 1 {
		t.Error("no form to sign out with")
	}
}

func TestAGuestIsOfferedSignIn(t *testing.T) {
	t.Parallel()
	doc := draw(t, context.Background(), ui.Layout(ui.Page{}))
	if doc.Find(`.app-bar a[href="/sign-in"]`).Length() != 1 || doc.Find("form").Length() != 0 {
		t.Error("a guest's bar should hold a link to sign in and no form")
	}
}

func TestEveryPageHasAFrame(t *testing.T) {
	t.Parallel()
	doc := draw(t, templ.WithNonce(context.Background(), "n0nce"), ui.Layout(ui.Page{Title: "Boards", Scripts: []string{"board.js"}}))
	if title := doc.Find("title").Text(); title != "Boards · Cardwall" {
		t.Errorf("title %q", title)
	}
	if doc.Find(`a.skip[href="#main"]`).Length() != 1 || doc.Find(`html[lang="en"]`).Length() != 1 {
		t.Error("no skip link, or no language")
	}
	scripts := doc.Find("script")
	scripts.Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("nonce", "") != "n0nce" || s.AttrOr("src", "") == "" || s.Text() != "" {
			t.Errorf("a script that the policy would stop: %s", s.AttrOr("src", s.Text()))
		}
	})
	if scripts.Length() != 2 || doc.Find("[style], style, [onclick]").Length() != 0 {
		t.Error("scripts missing, or something inline")
	}
}

func TestThePolicyCarriesTheNonceOfThisResponse(t *testing.T) {
	t.Parallel()
	var seen []string
	h := ui.CSP(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = append(seen, templ.GetNonce(r.Context())) }))
	for range 2 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'nonce-"+seen[len(seen)-1]+"';") || strings.Contains(policy, "unsafe") || !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("policy %q", policy)
		}
	}
	if seen[0] == seen[1] || len(seen[0]) < 22 {
		t.Errorf("nonces %q", seen)
	}
}

func TestAnErrorPageSaysWhatHappenedAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodPost, "/boards/x/cards", nil)
	r.PostForm = url.Values{"title": {"Buy <seeds>"}}
	w := httptest.NewRecorder()
	away := problem.New(problem.BadGateway, "api_away", "The board service can't be reached right now.")
	if !ui.ErrorPage(w, r, away) || w.Code != http.StatusBadGateway || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Fatalf("status %d, headers %v", w.Code, w.Header())
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(doc.Find("main").Text(), away.Detail) || doc.Find("main textarea").Text() != "Buy <seeds>" || doc.Find("h1").Length() != 1 {
		t.Errorf("page: %s", doc.Find("main").Text())
	}
	if w.Header().Get("Content-Security-Policy") == "" {
		t.Error("the error page has no policy of its own")
	}
}

func TestAGuestsFormIsKeptAndLeadsToSignInAndBack(t *testing.T) {
	t.Parallel()
	r := post(url.Values{"description": {"\nBeans\n<i>Peas</i>"}}.Encode())
	r.Header.Set("Referer", "http://example.com/boards/1/cards/7")
	w := httptest.NewRecorder()
	if !ui.ErrorPage(w, r, problem.New(problem.Unauthenticated, "signed_out", "You are signed out.")) || w.Code != http.StatusUnauthorized {
		t.Fatalf("status %d", w.Code)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Find("h1").Text() != "You are signed out" || doc.Find("main textarea").Text() != "\nBeans\n<i>Peas</i>" {
		t.Errorf("page: %s", doc.Find("main").Text())
	}
	if doc.Find(`main a[href="/sign-in?return_to=%2Fboards%2F1%2Fcards%2F7"]`).Length() != 1 {
		t.Error("no way to sign in and back")
	}
}

func TestAProgramGetsADocumentRatherThanAPage(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/nope", nil)
	if ui.ErrorPage(httptest.NewRecorder(), r, ui.NotFound()) {
		t.Error("a program was given a page")
	}
	r.Header.Set("Accept", "text/html,*/*")
	if !ui.ErrorPage(httptest.NewRecorder(), r, ui.NotFound()) {
		t.Error("a browser was refused a page")
	}
}

func TestTimeIsReadableBeforeAnyScript(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 9, 5, 0, 0, time.FixedZone("", 3600))
	time := draw(t, context.Background(), ui.Time(at)).Find("time")
	if time.AttrOr("datetime", "") != "2026-11-22T08:05:00Z" || time.Text() != "22 Nov 2026, 08:05 UTC" {
		t.Errorf("%s %q", time.AttrOr("datetime", ""), time.Text())
	}
}

func TestAMiniWallDrawsTheRealCounts(t *testing.T) {
	t.Parallel()
	doc := draw(t, context.Background(), ui.MiniWall([]int{2, 0, 99}, "", 3))
	if rules, all, hot := doc.Find(".rule").Length(), doc.Find("rect").Length(), doc.Find(".hot").Length(); rules != 3 || all != 3+2+6 || hot != 1 {
		t.Errorf("%d rules, %d rectangles, %d hot", rules, all, hot)
	}
}

func TestALongPageIsCompressedForThoseWhoTakeIt(t *testing.T) {
	t.Parallel()
	long := templ.Raw(strings.Repeat("<p>card</p>", 1000))
	for accepted, want := range map[string]string{"gzip, br": "br", "br;q=0, gzip": "gzip", "xgzip": ""} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", accepted)
		w := httptest.NewRecorder()
		if err := ui.Render(w, r, http.StatusOK, long); err != nil {
			t.Fatal(err)
		}
		res := w.Result()
		if got := res.Header.Get("Content-Encoding"); got != want || res.Header.Get("Vary") != "Accept-Encoding" || res.ContentLength != int64(w.Body.Len()) {
			t.Errorf("%q: coding %q, length %d of %d", accepted, got, res.ContentLength, w.Body.Len())
		}
		if compressed := w.Body.Len() < 1100; compressed != (want != "") {
			t.Errorf("%q: %d bytes", accepted, w.Body.Len())
		}
	}
}
