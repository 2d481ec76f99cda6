package fakeidp

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Asking is what the provider makes of being told to ask who somebody is, though they are signed in with it (OpenID
// Connect Core §3.1.2.1, prompt and max_age).
type Asking int

// The ways to take that.
const (
	Asks    Asking = iota // it shows its page, whatever ConsentAs says
	Ignores               // it sends back whoever is signed in, and says since when
	Lies                  // it does that, and says that it has just asked
)

// Ask chooses one from now on.
func (s *Server) Ask(how Asking) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asking = how
}

func wantsAsking(query url.Values) bool {
	asked := strings.Fields(query.Get("prompt"))
	return slices.Contains(asked, "login") || slices.Contains(asked, "select_account") || query.Get("max_age") == "0"
}

// signedInAt is when whoever consents was asked who they are: just now, by the button, or an hour ago.
func (s *Server) signedInAt(r *http.Request) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodPost || s.asking == Lies {
		return time.Now()
	}
	return time.Now().Add(-time.Hour)
}
