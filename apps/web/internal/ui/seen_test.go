package ui_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"cardwall/apps/web/internal/ui"
)

// Without scripts, what is done on a filtered board leads back to it.
func TestAFormLeadsBackToThePageAsItWasFiltered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, from, to, want string }{
		{"POST", "http://example.com/boards/1?q=a+b&menu=7", "/boards/1", "/boards/1?q=a+b"},
		{"POST", "http://example.com/boards/1?q=a+b", "/boards/1?archived=7#card-7", "/boards/1?archived=7&q=a+b#card-7"},
		{"POST", "http://example.com/boards/1?q=a", "/boards/1?add=2&q=b", "/boards/1?add=2&q=b"},
		{"POST", "http://example.com/boards/1", "/boards/1", "/boards/1"},
		{"POST", "http://example.com/boards/1?empty=shown&q=a", "/boards/1?did=7", "/boards/1?did=7&empty=shown&q=a"},
		{"POST", "http://example.com/boards/1/cards/7?empty=shown&q=a", "/boards/1?q=b#card-7", "/boards/1?empty=shown&q=b#card-7"},
		{"POST", "http://example.com/boards/2?q=a", "/boards/1", "/boards/1"},
		{"POST", "http://elsewhere.example/boards/1?q=a", "/boards/1", "/boards/1"},
		{"POST", "http://example.com/boards/1/cards/7?q=a", "/boards/1", "/boards/1?q=a"},
		{"POST", "http://example.com/boards/1/columns/2/edit?q=a", "/boards/1#column-2", "/boards/1?q=a#column-2"},
		{"POST", "http://example.com/boards/1/cards/7/move?q=a", "/boards/1/cards/7", "/boards/1/cards/7?q=a"},
		{"POST", "http://example.com/boards/1/columns?q=a", "/boards/1", "/boards/1?q=a"},
		{"POST", "http://example.com/boards/1/selection?q=a", "/boards/1?did=7", "/boards/1?did=7&q=a"},
		{"POST", "http://example.com/boards/11/cards/7?q=a", "/boards/1", "/boards/1"},
		{"POST", "http://example.com/boards/archived?q=a", "/boards", "/boards"},
		{"POST", "http://example.com/boards/1/trash?q=a", "/boards/1", "/boards/1"},
		{"POST", "%zz", "/boards/1", "/boards/1"},
		{"POST", "", "/boards/1", "/boards/1"},
		{"GET", "http://example.com/boards/1?q=a", "/boards/1", "/boards/1"},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), c.method, "/", http.NoBody)
		r.Header.Set("Referer", c.from)
		if err := ui.Seen(w, r, c.to); err != nil || w.Header().Get("Location") != c.want {
			t.Errorf("%s from %q to %s leads to %s, %v", c.method, c.from, c.to, w.Header().Get("Location"), err)
		}
	}
}
