package e2e_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// trickle passes requests on to web and hands each page out in so many parts, each when the browser has drawn those before.
type trickle struct {
	*httptest.Server
	parts int
	drawn func()
}

func newTrickle(t *testing.T, web string, parts int) *trickle {
	t.Helper()
	slow := &trickle{parts: parts, drawn: func() {}}
	slow.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ask := must(http.NewRequestWithContext(r.Context(), r.Method, web+r.URL.RequestURI(), http.NoBody))(t)
		ask.Header = r.Header.Clone()
		ask.Header.Del("Accept-Encoding")
		answer, err := http.DefaultTransport.RoundTrip(ask)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer func() { _ = answer.Body.Close() }()
		page, err := io.ReadAll(answer.Body)
		if err != nil {
			return
		}
		for name, values := range answer.Header {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		w.WriteHeader(answer.StatusCode)
		slow.hand(w, page, strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html"))
	}))
	t.Cleanup(slow.Close)
	return slow
}

func (s *trickle) hand(w http.ResponseWriter, page []byte, isPage bool) {
	for size := len(page)/s.parts + 1; isPage && len(page) > size; page = page[size:] {
		_, _ = w.Write(page[:size])
		_ = http.NewResponseController(w).Flush()
		s.drawn()
	}
	_, _ = w.Write(page)
}

// A page that comes in parts, as over a slow line, moves nothing of what one sees already.
func TestNothingMovesWhileAPageArrives(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", strings.Split("abcdefghijklmnopqrst", "")...)
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: ref(chores)}))(t)
	slow := newTrickle(t, s.URL, 24)
	v := s.visitor(t)
	v.borrow(ada)
	v.url = strings.Replace(slow.URL, "127.0.0.1", "localhost", 1)
	// Nothing is drawn before there is enough of a page; then no frame comes.
	slow.drawn = func() {
		_, _ = v.page.Eval(`() => new Promise((tell) => {
			if (!document.body) return tell()
			requestAnimationFrame(() => requestAnimationFrame(tell))
			setTimeout(tell, 60)
		})`)
	}
	for _, width := range []int{1280, 390} {
		v.resize(width, 800)
		for _, path := range []string{"/boards", w.page(), w.page() + "/cards/1", w.page() + "/settings", "/search?q=a", "/account"} {
			v.open(path)
			if moved := v.shifted(); moved != "" {
				t.Errorf("at %d px, %s: %s", width, path, moved)
			}
		}
	}
}
