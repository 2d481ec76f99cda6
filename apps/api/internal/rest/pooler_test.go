package rest_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/migrations"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

// Some poolers can't keep prepared statements apart; then nobody tells pgx of which types a statement's parameters are.
func TestEverythingWorksWithoutPreparedStatements(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"exec", "simple_protocol", "describe_exec"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			config := pgtest.New(t, migrations.Kanban, "kanban")
			address := must(url.Parse(config.URL))(t)
			query := address.Query()
			query.Set("default_query_exec_mode", mode)
			address.RawQuery = query.Encode()
			config.URL = address.String()
			liveOn(t, setupOn(t, config).person(t, "Ada"))
		})
	}
}

// liveOn does what people do with a board, and in which lists of ids, ranks and facts go to the database and come from it.
func liveOn(t *testing.T, ada *person) {
	t.Helper()
	w := ada.spread(t)
	label, day := ada.label(t, w.ID, "Rain"), date(t, "2027-03-01")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{DueOn: nullable.NewNullableWithValue(day)}))(t)
	must(ada.LabelCard(t.Context(), w.ID, "1", label.Id))(t)
	must(ada.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[1], After: ref(w.Cards["x"].Id)}))(t)
	change := func(batch kanbanapi.CardBatch) {
		batch.CardIds = w.ids("c", "d")
		must(ada.ChangeCards(t.Context(), w.ID, batch))(t)
	}
	change(kanbanapi.CardBatch{Label: &kanbanapi.LabelSwitch{Id: label.Id, On: true}})
	change(kanbanapi.CardBatch{Move: &kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}})
	must(ada.MoveColumnCards(t.Context(), w.ID, w.Columns[1], w.Columns[0]))(t)
	change(kanbanapi.CardBatch{Archive: ref(true)})
	if err := errors.Join(ada.CollapseColumn(t.Context(), w.ID, w.Columns[1]), ada.StarBoard(t.Context(), w.ID)); err != nil {
		t.Fatal(err)
	}
	board := must(ada.Board(t.Context(), w.ID))(t)
	if order := ada.order(t, w.ID); !board.Starred || !board.Columns[1].Collapsed || strings.Join(order, "|") != "a e x b y z||" {
		t.Errorf("%q, starred %t, collapsed %t", order, board.Starred, board.Columns[1].Collapsed)
	}
	if first := board.Columns[0].Cards[0]; len(first.LabelIds) != 1 || first.LabelIds[0] != label.Id || due(first.DueOn) != day.String() {
		t.Errorf("the first card is %+v", first)
	}
	history := must(ada.Activity(t.Context(), w.ID, 0, 0))(t).Items
	if last := history[len(history)-1]; last.Verb != "card_archived" || last.Batch == nil || last.Seq != board.Seq {
		t.Errorf("the last activity is %+v", last)
	}
	if list := must(ada.Boards(t.Context(), "", 0))(t); len(list.Items) != 1 || list.Items[0].CardCount != 6 {
		t.Errorf("listed: %+v", list.Items)
	}
	_, err := ada.DeleteLabel(t.Context(), w.ID, label.Id, 1)
	if err := errors.Join(err, ada.DeleteMe(t.Context())); err != nil {
		t.Error(err)
	}
}
