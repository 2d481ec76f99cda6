package board

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
)

// Forms about columns stand on the wall and in the settings. One that stands there, or on a column's page that was opened from
// there, says so, and is answered there.
const (
	back         = "back"
	backSettings = "settings"
)

func isOfSettings(r *http.Request) bool {
	return r.PostForm.Get(back) == backSettings || r.URL.Query().Get(back) == backSettings
}

// settingsColumn is a column's row in the settings.
func settingsColumn(column uuid.UUID) string { return "settings-" + address.ColumnID(column) }

// columnArchivedHere opens the settings at the way to where a column is that was archived from there.
const columnArchivedHere = "archive"

// columnForm is a form about columns, by its name: what the settings open at when it did its work, and where on the wall
// that is to be seen.
type columnForm struct{ name, at, wall string }

func (h Handlers) answerColumn(w http.ResponseWriter, r *http.Request, board uuid.UUID, form columnForm, seq int64, err error) error {
	switch {
	case isOfSettings(r):
		return h.inSettings(w, r, board, form.name, form.at, seq, err)
	case err != nil:
		return h.again(w, r, board, form.name, err)
	default:
		return activity.Seen(w, r, form.wall, seq)
	}
}
