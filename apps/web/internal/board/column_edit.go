package board

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/address"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const editForm = "edit"

// columnEdit is a column's form: what was typed or chosen, and what stood in its fields before. A form that lacks a
// field, as the one in the column's head does, leaves it alone.
type columnEdit struct {
	title, wasTitle string
	limit, wasLimit string // "" for none
	hue, wasHue     string // "" for none
	kind, wasKind   string
}

func readColumnEdit(form url.Values) columnEdit {
	return columnEdit{
		title: ui.Line(form.Get("title")), wasTitle: ui.Line(form.Get("was_title")),
		limit: strings.TrimSpace(form.Get("wip_limit")), wasLimit: form.Get("was_wip_limit"),
		hue: form.Get("hue"), wasHue: form.Get("was_hue"),
		kind: form.Get("kind"), wasKind: form.Get("was_kind"),
	}
}

func (e columnEdit) changed() bool {
	return e.title != e.wasTitle || e.limit != e.wasLimit || e.hue != e.wasHue || e.kind != e.wasKind
}

// patch holds only what was changed, so that nobody's limit is taken away by a rename.
func (e columnEdit) patch() (kanbanapi.ColumnPatch, error) {
	var patch kanbanapi.ColumnPatch
	if e.title != e.wasTitle {
		patch.Title = &e.title
	}
	if e.kind != e.wasKind {
		patch.Kind = new(kanbanapi.ColumnKind(e.kind))
	}
	switch e.hue {
	case e.wasHue:
	case "":
		patch.Hue = nullable.NewNullNullable[kanbanapi.Hue]()
	default:
		patch.Hue = nullable.NewNullableWithValue(kanbanapi.Hue(e.hue))
	}
	var err error
	if e.limit != e.wasLimit {
		patch.WipLimit, err = e.newLimit()
	}
	return patch, err
}

func (e columnEdit) newLimit() (nullable.Nullable[int], error) {
	if e.limit == "" {
		return nullable.NewNullNullable[int](), nil
	}
	limit, err := strconv.Atoi(e.limit)
	if err != nil {
		return nil, problem.Validation(problem.Field{Field: "wip_limit", Code: "not_a_number", Detail: "A WIP limit is a whole number from 1 to 999, or nothing."})
	}
	return nullable.NewNullableWithValue(limit), nil
}

func (h Handlers) columnForm(w http.ResponseWriter, r *http.Request) error {
	return h.renderColumn(w, r, ui.Failure{}, columnEditPage)
}

func (h Handlers) editColumn(w http.ResponseWriter, r *http.Request) error {
	board, column, err := ui.ReadFormOf(w, r, "column")
	if err != nil {
		return err
	}
	seq, err := h.saveColumn(r, board, column)
	if err == nil {
		return activity.Seen(w, r, fromColumn(r, board, column), seq)
	}
	if failed, ok := ui.Retry(r, editForm, err); ok {
		return h.renderColumn(w, r, failed, columnEditPage)
	}
	return err
}

// fromColumn is where the way back leads from a page about a column.
func fromColumn(r *http.Request, board, column uuid.UUID) string {
	if isOfSettings(r) {
		return settingsAt(board, settingsColumn(column))
	}
	return line.Address(address.ColumnOnBoard(board, column), line.Of(r))
}

// saveColumn saves what a column's form changed; the seq is 0 when that is nothing.
func (h Handlers) saveColumn(r *http.Request, board, column uuid.UUID) (seq int64, err error) {
	edit := readColumnEdit(r.PostForm)
	if !edit.changed() {
		return 0, nil
	}
	patch, err := edit.patch()
	if err != nil {
		return 0, err
	}
	saved, err := h.API.UpdateColumn(r.Context(), board, column, ui.Version(r), patch)
	return changed(r, saved.Version, saved.Seq), err
}
