package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// What every refusal must be (no 500, nothing of the inside, a sentence, a code, a request id) is checked for
// each answer by discreet_test.go; here is which one it is, and that nothing was written.

func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve := s.person(t, "Ada"), s.person(t, "Eve")
	w := ada.wall(t, "Garden", "a", "b", "c")
	others := eve.wall(t, "Elsewhere", "x")
	must(ada.ArchiveCard(t.Context(), w.ID, "3"))(t)
	before, seq := ada.order(t, w.ID), must(ada.Board(t.Context(), w.ID))(t).Seq

	card, cards := w.api()+"/cards/1", w.api()+"/cards"
	inFirst := fmt.Sprintf(`{"column_id":%q,"title":%%q}`, w.Columns[0])
	const asJSON, ifMatch = "application/json", "If-Match"
	for name, c := range map[string]struct {
		method, path, body string
		header             []string
		status             int
		code               string
	}{
		"blank_title":                {"POST", cards, fmt.Sprintf(inFirst, "  "), nil, 400, "validation_failed"},
		"title_of_10000_characters":  {"POST", cards, fmt.Sprintf(inFirst, strings.Repeat("ä", 10_000)), nil, 400, "validation_failed"},
		"blank_board_title":          {"POST", "/api/v1/boards", `{"title":""}`, nil, 400, "validation_failed"},
		"malformed_json":             {"POST", cards, `{"title":`, nil, 400, "malformed_json"},
		"a_form_for_json":            {"POST", cards, `title=x`, []string{"Content-Type", "text/plain"}, 415, "json_only"},
		"stale_if_match":             {"PATCH", card, `{"title":"x"}`, []string{ifMatch, `"7"`}, 412, "stale_version"},
		"missing_if_match":           {"PATCH", card, `{"title":"x"}`, nil, 428, "version_required"},
		"stale_delete":               {"DELETE", card, ``, []string{ifMatch, `"7"`}, 412, "stale_version"},
		"beside_a_card_that_left":    {"POST", card + "/move", fmt.Sprintf(`{"column_id":%q,"after":%q}`, w.Columns[0], w.Cards[2].Id), nil, 409, "neighbour_gone"},
		"beside_a_card_of_others":    {"POST", card + "/move", fmt.Sprintf(`{"column_id":%q,"after":%q}`, w.Columns[0], others.Cards[0].Id), nil, 409, "neighbour_gone"},
		"into_a_column_of_others":    {"POST", card + "/move", fmt.Sprintf(`{"column_id":%q,"at":"end"}`, others.Columns[0]), nil, 404, "column_not_found"},
		"created_in_others_column":   {"POST", cards, fmt.Sprintf(`{"column_id":%q,"title":"x"}`, others.Columns[0]), nil, 404, "column_not_found"},
		"somebody_elses_board":       {"GET", others.api(), ``, nil, 404, "board_not_found"},
		"somebody_elses_card":        {"GET", others.api() + "/cards/1", ``, nil, 404, "board_not_found"},
		"a_card_that_never_was":      {"GET", w.api() + "/cards/99", ``, nil, 404, "card_not_found"},
		"a_board_id_that_is_none":    {"GET", "/api/v1/boards/42", ``, nil, 400, "validation_failed"},
		"no_such_route":              {"GET", "/api/v1/lists", ``, nil, 404, "not_found"},
		"no_such_auth_route":         {"GET", "/api/auth/whoami", ``, nil, 404, "not_found"},
		"no_such_method":             {"PUT", card, `{}`, nil, 405, "method_not_allowed"},
		"a_body_of_two_megabytes":    {"POST", cards, `{"title":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, "too_large"},
		"foreign_origin":             {"POST", cards, fmt.Sprintf(inFirst, "x"), []string{"Origin", "https://evil.example"}, 403, "cross_site"},
		"origin_of_another_scheme":   {"POST", cards, fmt.Sprintf(inFirst, "x"), []string{"Origin", strings.Replace(s.URL, "http:", "https:", 1), "X-CSRF", ""}, 403, "cross_site"},
		"cross_site_fetch":           {"POST", cards, fmt.Sprintf(inFirst, "x"), []string{"Sec-Fetch-Site", "cross-site"}, 403, "cross_site"},
		"no_sign_of_our_own_pages":   {"POST", cards, fmt.Sprintf(inFirst, "x"), []string{"X-CSRF", ""}, 403, "cross_site"},
		"sign_out_by_another_site":   {"POST", "/api/auth/sign-out", ``, []string{"X-CSRF", "", "Origin", "https://evil.example"}, 403, "cross_site"},
		"sign_up_with_a_taken_email": {"POST", "/api/auth/sign-up", `{"name":"Ada","email":"ADA@example.org","password":"` + password + `"}`, nil, 409, "email_taken"},
		"sign_in_with_a_wrong_word":  {"POST", "/api/auth/sign-in", `{"email":"ada@example.org","password":"something else"}`, nil, 401, "wrong_credentials"},
		"sign_in_of_nobody":          {"POST", "/api/auth/sign-in", `{"email":"nobody@example.org","password":"something else"}`, nil, 401, "wrong_credentials"},
		"malformed_sign_in":          {"POST", "/api/auth/sign-in", `{"email":`, nil, 400, "malformed"},
		"short_password":             {"POST", "/api/auth/sign-up", `{"name":"Bob","email":"bob@example.org","password":"short"}`, nil, 400, "validation_failed"},
	} {
		t.Run(name, func(t *testing.T) {
			header := append([]string{"Content-Type", asJSON, "X-CSRF", "1"}, c.header...)
			got := ada.send(t, c.method, c.path, c.body, header...)
			if got.Status != c.status || got.problem(t).Code != c.code {
				t.Errorf("%d %s\nwant %d %s", got.Status, got.Body, c.status, c.code)
			}
		})
	}
	t.Run("nothing_was_written", func(t *testing.T) {
		if got := ada.order(t, w.ID); !slices.Equal(got, before) {
			t.Errorf("order %q, before %q", got, before)
		}
		if got := must(ada.Board(t.Context(), w.ID))(t).Seq; got != seq {
			t.Errorf("seq %d, before %d", got, seq)
		}
	})
}

func TestRefusedForms(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve, guest := s.person(t, "Ada"), s.person(t, "Eve"), s.guest(t)
	w := ada.wall(t, "Garden", "a", "b")
	others := eve.wall(t, "Elsewhere", "x")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t)
	first := w.Columns[0].String()

	for name, c := range map[string]struct {
		who    *person
		path   string
		form   url.Values
		status int
		says   string
	}{
		"wrong_password":          {guest, "/api/auth/sign-in", url.Values{"email": {ada.Email}, "password": {"something else"}}, 401, "do not match"},
		"taken_email":             {guest, "/api/auth/sign-up", url.Values{"name": {"A"}, "email": {ada.Email}, "password": {password}}, 409, "has an account already"},
		"blank_board":             {ada, "/boards", url.Values{"title": {" "}}, 400, "at least one character"},
		"blank_card":              {ada, w.page() + "/cards", url.Values{"column_id": {first}, "title": {""}}, 400, "at least one character"},
		"card_of_10000":           {ada, w.page() + "/cards", url.Values{"column_id": {first}, "title": {strings.Repeat("x", 10_000)}}, 400, "500 characters"},
		"card_in_no_column":       {ada, w.page() + "/cards", url.Values{"column_id": {"here"}, "title": {"x"}}, 404, "any more"},
		"stale_title":             {ada, w.page() + "/cards/1", url.Values{"title": {"mine"}, "version": {"1"}}, 412, "theirs"},
		"title_without_a_version": {ada, w.page() + "/cards/1", url.Values{"title": {"mine"}}, 412, "theirs"},
		"beside_one_that_left":    {ada, w.page() + "/cards/1/move", url.Values{"column_id": {first}, "place": {w.Cards[1].Id.String()}}, 409, "has left"},
		"board_of_others":         {ada, others.page(), url.Values{"title": {"mine"}, "version": {"1"}}, 404, "Nothing here"},
		"card_of_others":          {ada, others.page() + "/cards/1/archive", nil, 404, "Nothing here"},
		"half_a_form":             {ada, w.page() + "/cards/1", url.Values{}, 400, "nothing was saved"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.who.submit(t, c.path, c.form)
			if got.Status != c.status || !strings.Contains(got.Body, c.says) {
				t.Errorf("%d, without %q, want %d:\n%s", got.Status, c.says, c.status, got.Body)
			}
			if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
				t.Errorf("a form was answered with %s", got.Header.Get("Content-Type"))
			}
		})
	}
	t.Run("a_form_of_another_site_does_nothing", func(t *testing.T) {
		got := ada.send(t, http.MethodPost, w.page()+"/cards/1/archive", "", "Content-Type", "application/x-www-form-urlencoded",
			"Accept", "text/html", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
		if got.Status != http.StatusForbidden {
			t.Errorf("%d %s", got.Status, got.Body)
		}
	})
	if got, want := ada.order(t, w.ID), []string{"theirs", "", ""}; !slices.Equal(got, want) {
		t.Errorf("a refused form changed the board to %q", got)
	}
}

func TestAnOutsiderFindsNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve := s.person(t, "Ada"), s.person(t, "Eve")
	w := ada.wall(t, "Secret garden", "a")
	face := "/faces?card=" + w.Cards[0].Id.String()
	if got := ada.get(t, w.page()+face); !strings.Contains(got.Body, "card-1") {
		t.Fatalf("her own: %d %s", got.Status, got.Body) // it is kept for whoever looks on
	}
	for _, page := range []string{"", "/columns/" + w.Columns[0].String(), "/cards/1", "/cards/1/move", face} {
		got := eve.get(t, w.page()+page)
		if got.Status != http.StatusNotFound || strings.Contains(got.Body, "Secret") {
			t.Errorf("%s: %d %s", page, got.Status, got.Body)
		}
	}
	if list := must(eve.Boards(t.Context(), "", 0))(t); len(list.Items) != 0 {
		t.Errorf("the list shows %+v", list.Items)
	}
	nowhere := eve.get(t, "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01")
	if theirs := eve.get(t, w.page()); anonymous(theirs) != anonymous(nowhere) {
		t.Error("the page of somebody else's board differs from that of one that never was")
	}
}

// anonymous is a page without what differs from one request to the next.
func anonymous(a answer) string {
	nonce, _, _ := strings.Cut(strings.SplitAfter(a.Header.Get("Content-Security-Policy"), "nonce-")[1], "'")
	return strings.NewReplacer(nonce, "", a.Header.Get("X-Request-Id"), "").Replace(a.Body)
}
