package rest

import (
	"cmp"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/session"
)

// sessionDocument says who is signed in; it never holds a token.
type sessionDocument struct {
	Person    person    `json:"person"`
	ExpiresAt time.Time `json:"expires_at"`
}

type person struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
	Picture string    `json:"picture"`
}

func sessionOf(s session.Session) sessionDocument {
	return sessionDocument{
		Person:    person{ID: s.Person.ID, Name: s.Person.Name, Email: s.Person.Email, Picture: s.Person.Picture},
		ExpiresAt: s.ExpiresAt.UTC(),
	}
}

func (h *handlers) session(w http.ResponseWriter, r *http.Request) {
	current, _ := session.From(r.Context())
	writeJSON(w, http.StatusOK, sessionOf(current))
}

// nothing is what signing out needs to be told.
type nothing struct{}

func (*nothing) fill(url.Values) {}

// signOut sends no Clear-Site-Data: private pages are no-store already, and the shared assets may stay.
func (h *handlers) signOut(w http.ResponseWriter, r *http.Request) {
	from, err := read(w, r, &nothing{})
	if err == nil {
		err = h.Sessions.End(w, r, h.origin(r))
	}
	switch {
	case err != nil:
		h.fail(w, r, from, FormFailure{}, err)
	case from.isForm:
		leave(w, r, cmp.Or(from.returnTo, "/"))
	default:
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
}
