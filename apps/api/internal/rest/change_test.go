package rest_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// A request that was under way when its page was left may arrive after the next page has sent it again, and after
// somebody else has gone on from there.
func TestAChangeOfOneNameIsMadeOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t, "a", "b", "c")
	a.member(t, w.ID, bob, "editor")
	at := "/v1/boards/" + w.ID.String()
	to := func(column int) string { return fmt.Sprintf(`{"column_id":%q,"at":"end"}`, w.Columns[column]) }
	for name, change := range map[string]struct{ path, body, verb string }{
		"a_cards_move":   {at + "/cards/1/move", to(1), "card_moved"},
		"a_columns_move": {fmt.Sprintf("%s/columns/%s/move", at, w.Columns[2]), fmt.Sprintf(`{"before":%q}`, w.Columns[0]), "column_moved"},
		"a_batch":        {at + "/cards/batch", fmt.Sprintf(`{"card_ids":[%q,%q],"archive":true}`, w.Cards["b"].Id, w.Cards["c"].Id), "card_archived"},
	} {
		t.Run(name, func(t *testing.T) {
			id := uuid.NewString()
			before := must(ada.Board(t.Context(), w.ID))(t).Seq
			if res, body := ada.send(t, "POST", change.path, change.body, "X-Change", id); res.StatusCode != http.StatusOK {
				t.Fatalf("%d %s", res.StatusCode, body)
			}
			made := must(ada.Board(t.Context(), w.ID))(t).Seq
			if res, body := ada.send(t, "POST", change.path, change.body, "X-Change", id); res.StatusCode != http.StatusConflict || !strings.Contains(body, `"made_already"`) {
				t.Errorf("again: %d %s", res.StatusCode, body)
			}
			if now := must(ada.Board(t.Context(), w.ID))(t).Seq; made == before || now != made {
				t.Errorf("seq goes %d, %d, %d", before, made, now)
			}
		})
	}

	t.Run("though_somebody_has_gone_on_from_there", func(t *testing.T) {
		id := uuid.NewString()
		ada.send(t, "POST", at+"/cards/1/move", to(2), "X-Change", id)
		must(bob.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[0], At: ref(kanbanapi.End)}))(t)
		ada.send(t, "POST", at+"/cards/1/move", to(2), "X-Change", id)
		if card := must(ada.Card(t.Context(), w.ID, "1"))(t); card.ColumnId != w.Columns[0] {
			t.Error("the late one set the card back")
		}
	})
	t.Run("and_somebody_elses_of_that_name_too", func(t *testing.T) {
		id := uuid.NewString()
		ada.send(t, "POST", at+"/cards/1/move", to(1), "X-Change", id)
		if res, body := bob.send(t, "POST", at+"/cards/1/move", to(2), "X-Change", id); res.StatusCode != http.StatusOK {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	})
	t.Run("however_many_arrive_at_once", func(t *testing.T) {
		id := uuid.NewString()
		before := must(ada.Board(t.Context(), w.ID))(t).Seq
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { ada.send(t, "POST", at+"/cards/1/move", to(0), "X-Change", id) })
		}
		all.Wait()
		if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != before+1 {
			t.Errorf("%d changes were made", now-before)
		}
	})
}
