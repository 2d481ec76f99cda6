package keys

import (
	"net/http"

	"cardwall/apps/web/internal/session"
	"cardwall/apps/web/internal/ui"
)

// Path is the page's.
const Path = "/keys"

// Register adds the page, which is for signed-in people only: it tells what works for them.
func Register(mux *http.ServeMux) {
	mux.Handle("GET "+Path, ui.Handle(show))
}

func show(w http.ResponseWriter, r *http.Request) error {
	who, _ := session.From(r.Context())
	return ui.Render(w, r, http.StatusOK, page(who.Person.KeysOff))
}
