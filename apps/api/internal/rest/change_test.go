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
			} else if seq := fmt.Sprintf(`"current":{"seq":%d}`, made); !strings.Contains(body, seq) {
				t.Errorf("again, what was made is to be named by %s: %s", seq, body)
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

// What changed nothing, and what no activity tells of, is known by its name as well: a card that stood there already may
// have gone on since, and a column may have been unfolded.
func TestAChangeThatNoActivityTellsOfIsMadeOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t, "a", "b")
	a.member(t, w.ID, bob, "editor")
	at := "/v1/boards/" + w.ID.String()
	move := fmt.Sprintf(`{"column_id":%q,"at":"end"}`, w.Columns[0])
	fold := fmt.Sprintf("%s/columns/%s/collapsed", at, w.Columns[0])
	again := func(t *testing.T, method, path, body, id string) {
		t.Helper()
		if res, got := ada.send(t, method, path, body, "X-Change", id); res.StatusCode != http.StatusConflict || !strings.Contains(got, `"made_already"`) || strings.Contains(got, `"current"`) {
			t.Errorf("again: %d %s", res.StatusCode, got)
		}
	}

	t.Run("a_move_to_where_the_card_stands", func(t *testing.T) {
		id := uuid.NewString()
		before := must(ada.Board(t.Context(), w.ID))(t).Seq
		if res, body := ada.send(t, "POST", at+"/cards/2/move", move, "X-Change", id); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
		if now := must(ada.Board(t.Context(), w.ID))(t).Seq; now != before {
			t.Errorf("seq goes from %d to %d", before, now)
		}
		must(bob.MoveCard(t.Context(), w.ID, "2", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
		again(t, "POST", at+"/cards/2/move", move, id)
		if card := must(ada.Card(t.Context(), w.ID, "2"))(t); card.ColumnId != w.Columns[1] {
			t.Error("the late one set the card back")
		}
		if res, body := bob.send(t, "POST", at+"/cards/2/move", move, "X-Change", id); res.StatusCode != http.StatusOK {
			t.Errorf("somebody else's of that name: %d %s", res.StatusCode, body)
		}
	})
	t.Run("a_fold", func(t *testing.T) {
		id := uuid.NewString()
		if res, body := ada.send(t, "PUT", fold, "", "X-Change", id); res.StatusCode != http.StatusNoContent {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
		if res, body := ada.send(t, "DELETE", fold, "", "X-Change", uuid.NewString()); res.StatusCode != http.StatusNoContent {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
		again(t, "PUT", fold, "", id)
		if must(ada.Board(t.Context(), w.ID))(t).Columns[0].Collapsed {
			t.Error("the late one folded the column")
		}
	})
	t.Run("for_thirty_days", func(t *testing.T) {
		ids := []string{uuid.NewString(), uuid.NewString(), uuid.NewString()}
		for _, id := range ids[:2] {
			ada.send(t, "PUT", fold, "", "X-Change", id)
		}
		a.exec(t, `UPDATE silent_changes SET made_at = made_at - CASE change_id WHEN $1 THEN interval '31 days' ELSE interval '29 days' END`, ids[0])
		ada.send(t, "DELETE", fold, "", "X-Change", ids[2])
		again(t, "PUT", fold, "", ids[1])
		if res, body := ada.send(t, "PUT", fold, "", "X-Change", ids[0]); res.StatusCode != http.StatusNoContent {
			t.Errorf("after a month: %d %s", res.StatusCode, body)
		}
	})
}
