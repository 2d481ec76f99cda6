package board

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func columnForm(column uuid.UUID) string { return "edit-" + column.String() }

// columnEdit is a column's form: what was typed, and what stood in its fields before.
type columnEdit struct {
	title, wasTitle string
	limit, wasLimit string // "" for none
}

func readColumnEdit(form url.Values) columnEdit {
	return columnEdit{
		title: ui.Line(form.Get("title")), wasTitle: ui.Line(form.Get("was_title")),
		limit: strings.TrimSpace(form.Get("wip_limit")), wasLimit: form.Get("was_wip_limit"),
	}
}

func (e columnEdit) changed() bool { return e.title != e.wasTitle || e.limit != e.wasLimit }

// patch holds only what was changed, so that nobody's limit is taken away by a rename.
func (e columnEdit) patch() (kanbanapi.ColumnPatch, error) {
	var patch kanbanapi.ColumnPatch
	if e.title != e.wasTitle {
		patch.Title = &e.title
	}
	if e.limit == e.wasLimit {
		return patch, nil
	}
	if e.limit == "" {
		patch.WipLimit = nullable.NewNullNullable[int]()
		return patch, nil
	}
	limit, err := strconv.Atoi(e.limit)
	if err != nil {
		return patch, problem.Validation(problem.Field{Field: "wip_limit", Code: "not_a_number", Detail: "A limit is a whole number from 1 to 999, or nothing."})
	}
	patch.WipLimit = nullable.NewNullableWithValue(limit)
	return patch, nil
}

func (h Handlers) editColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := readColumnForm(w, r)
	if err != nil {
		return err
	}
	if edit := readColumnEdit(r.PostForm); edit.changed() {
		err = h.updateColumn(r, board, column, edit)
	}
	if err != nil {
		return h.again(w, r, board, columnForm(column), err)
	}
	return ui.Seen(w, r, onBoard(board, column))
}

func (h Handlers) updateColumn(r *http.Request, board, column uuid.UUID, edit columnEdit) error {
	patch, err := edit.patch()
	if err == nil {
		_, err = h.API.UpdateColumn(r.Context(), board, column, ui.Version(r), patch)
	}
	return err
}

// besideColumn makes a stale form comparable with the column as it is now: the sentence names what somebody else
// changed, and a field that this person left alone shows it.
func besideColumn(now kanbanapi.BoardColumn, failed ui.Failure) ui.Failure {
	edit := readColumnEdit(failed.Typed)
	failed.Typed = maps.Clone(failed.Typed)
	if edit.title == edit.wasTitle {
		failed.Typed.Set("title", now.Title)
	}
	if edit.limit == edit.wasLimit {
		failed.Typed.Set("wip_limit", limitText(now))
	}
	failed.Reason = stale("Somebody has changed this column meanwhile" + edit.difference(now) + ". Save again to use what stands here.")
	return failed
}

// difference says what the column has now that the form was not made from.
func (e columnEdit) difference(now kanbanapi.BoardColumn) string {
	var said []string
	if now.Title != e.wasTitle {
		said = append(said, "its name is “"+now.Title+"” now")
	}
	switch limit := limitText(now); limit {
	case e.wasLimit:
	case "":
		said = append(said, "it has no limit now")
	default:
		said = append(said, "its limit is "+limit+" now")
	}
	if len(said) == 0 {
		return " and changed it back"
	}
	return ": " + strings.Join(said, ", and ")
}
