package e2e_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAGuest(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")

	t.Run("is_offered_to_sign_in", func(t *testing.T) {
		if page := s.guest(t).get(t, "/"); page.Status != http.StatusOK || !strings.Contains(page.Body, `href="/sign-in"`) || strings.Contains(page.Body, "Open your boards") {
			t.Errorf("%d %s", page.Status, page.Body)
		}
		if page := ada.get(t, "/"); page.Status != http.StatusOK || !strings.Contains(page.Body, "Open your boards") || !strings.Contains(page.Body, ada.Email) {
			t.Errorf("Ada sees %d %s", page.Status, page.Body)
		}
	})
	t.Run("is_sent_to_sign_in_and_on_to_the_page_they_wanted", func(t *testing.T) {
		guest := s.guest(t)
		for _, page := range []string{"/boards", "/search?q=rain+is%3Aarchived", w.page(), w.page() + "/cards/1", w.page() + "/cards/1/move?column=" + w.Columns[1].String()} {
			got := guest.get(t, page)
			if want := "/sign-in?return_to=" + url.QueryEscape(page); got.Status != http.StatusSeeOther || got.Header.Get("Location") != want {
				t.Errorf("%s: %d to %s, want %s", page, got.Status, got.Header.Get("Location"), want)
			}
		}
		form := url.Values{"email": {ada.Email}, "password": {password}, "return_to": {w.page()}}
		if got := guest.submit(t, "/api/auth/sign-in", form); got.Status != http.StatusSeeOther || got.Header.Get("Location") != w.page() {
			t.Errorf("after the sign-in: %d to %s", got.Status, got.Header.Get("Location"))
		}
	})
	t.Run("is_never_sent_to_another_site", func(t *testing.T) {
		for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/%2f/evil.example", "javascript:alert(1)"} {
			form := url.Values{"email": {ada.Email}, "password": {password}, "return_to": {to}}
			if got := s.guest(t).submit(t, "/api/auth/sign-in", form); got.Header.Get("Location") != "/" {
				t.Errorf("%s leads to %s", to, got.Header.Get("Location"))
			}
		}
	})
	t.Run("gets_401_from_the_api_whatever_they_send", func(t *testing.T) {
		guest := s.guest(t)
		for _, header := range [][]string{nil, {"Authorization", "Bearer abc"}, {"Cookie", "session=" + strings.Repeat("A", 43)}} {
			got := guest.send(t, http.MethodGet, "/api/v1/boards", "", header...)
			if got.Status != http.StatusUnauthorized || got.problem(t).Code != "signed_out" {
				t.Errorf("%v: %d %s", header, got.Status, got.Body)
			}
		}
	})
	t.Run("has_no_session", func(t *testing.T) {
		if got := s.guest(t).send(t, http.MethodGet, "/api/auth/session", ""); got.Status != http.StatusUnauthorized {
			t.Errorf("%d %s", got.Status, got.Body)
		}
	})
	t.Run("is_no_guest_once_signed_in", func(t *testing.T) {
		for _, page := range []string{"/sign-in", "/sign-up"} {
			if got := ada.get(t, page); got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/boards" {
				t.Errorf("%s: %d to %s", page, got.Status, got.Header.Get("Location"))
			}
		}
		wantSession(t, ada)
	})
	t.Run("comes_under_the_public_name_only", func(t *testing.T) {
		strange := &person{url: "http://" + s.web.addr, http: s.guest(t).http}
		if got := strange.get(t, "/boards?x=1"); got.Status != http.StatusTemporaryRedirect || got.Header.Get("Location") != s.URL+"/boards?x=1" {
			t.Errorf("a page: %d to %s", got.Status, got.Header.Get("Location"))
		}
		if got := strange.send(t, http.MethodGet, "/api/v1/boards", ""); got.Status != http.StatusMisdirectedRequest {
			t.Errorf("the api: %d", got.Status)
		}
	})
}

func wantSession(t *testing.T, p *person) {
	t.Helper()
	got := p.send(t, http.MethodGet, "/api/auth/session", "")
	var session struct {
		Person    struct{ ID, Name, Email string }
		ExpiresAt time.Time `json:"expires_at"`
	}
	if err := json.Unmarshal([]byte(got.Body), &session); err != nil || got.Status != http.StatusOK {
		t.Fatalf("%d %s: %v", got.Status, got.Body, err)
	}
	if session.Person.Email != p.Email || session.Person.Name != p.Name || time.Until(session.ExpiresAt) < 24*time.Hour {
		t.Errorf("session %+v", session)
	}
	if got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a cache may keep it: %s", got.Header.Get("Cache-Control"))
	}
}
