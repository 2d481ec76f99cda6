package board

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// changed is the seq of an edit, 0 when it left the version as it was: then there was nothing to change.
func changed(r *http.Request, version int, seq int64) int64 {
	if version == ui.Version(r) {
		return 0
	}
	return seq
}

// again shows the board with a form that was refused, or passes on what no form can mend.
func (h Handlers) again(w http.ResponseWriter, r *http.Request, board uuid.UUID, form string, err error) error {
	if failed, ok := ui.Retry(r, form, madeAlready(err)); ok {
		return h.renderBoard(w, r, board, failed)
	}
	return err
}

// explained puts what is stored now into a stale form's sentence: the api's own is for programs.
func explained(board kanbanapi.Board, failed ui.Failure) ui.Failure {
	if failed.Reason == nil || failed.Reason.Kind != problem.Stale {
		return failed
	}
	switch {
	case failed.Form == renameForm:
		failed.Reason = stale("Somebody has renamed it to “" + board.Title + "” meanwhile. Save again to use your name.")
	case strings.HasPrefix(failed.Form, columnDeletePrefix):
		failed.Reason = stale("Somebody has changed this column meanwhile. Delete it again to delete it as it is now.")
	}
	return failed
}

// stale is what a form says that was made from an old version.
func stale(sentence string) *problem.Error {
	return problem.New(problem.Stale, "stale", sentence)
}

// madeAlready says in a person's words that a form was sent twice with different texts. The form drawn again has
// an id of its own.
func madeAlready(err error) error {
	if p := problem.From(err); p.Code == "id_taken" {
		return problem.New(p.Kind, p.Code, "This form has arrived before, with another text, and that one is saved. Send it again to add this as well.").Because(err)
	}
	return err
}
