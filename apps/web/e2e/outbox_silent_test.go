package e2e_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// arrives has a request come to the server, and its answer get lost.
func arrives(t *testing.T) func(*rod.Hijack) {
	t.Helper()
	return func(asked *rod.Hijack) {
		if err := asked.LoadResponse(http.DefaultClient, true); err != nil {
			t.Error(err)
		}
		asked.Response.Fail(proto.NetworkErrorReasonConnectionReset)
	}
}

// isCutShort has a request come to the server, and the beginning of its answer come back.
func isCutShort(t *testing.T) func(*rod.Hijack) {
	t.Helper()
	return func(asked *rod.Hijack) {
		if err := asked.LoadResponse(http.DefaultClient, true); err != nil {
			t.Error(err)
		}
		asked.Response.SetBody(asked.Response.Body()[:10])
	}
}

// An answer of which only the beginning came, as to a page that is being left, is none: what takes back its change isn't given up.
func TestAnAnswerThatIsCutShortIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	first := v.holds("/move")
	v.sends("a")
	first.wantUnderWay(t)
	v.hit('z')
	first.end(isCutShort(t))
	v.wantSaid("Undone: moved “a” to “Doing”.")
	ada.wantStored(t, w, "a b", "", "")
}

// Nor is a refusal: what it refuses may be what was made already.
func TestARefusalThatIsCutShortIsAskedForAgain(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, "/boards").hasty(w.page())
	ends := []func(*rod.Hijack){arrives(t), isCutShort(t)} // one after another
	router := v.page.HijackRequests()
	v.do(router.Add("*/move", "", func(asked *rod.Hijack) {
		end := goOn
		if len(ends) > 0 {
			end, ends = ends[0], ends[1:]
		}
		end(asked)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.sends("a")
	v.sentAll()
	v.becomes("To do: b", "Doing: a", "Done: ")
	if len(ends) > 0 || v.says("Cardwall gave no answer") {
		t.Errorf("%d answers weren't asked for, and it says %s", len(ends), v.text())
	}
}

// behind is a wall of Ada's which hasn't been told that somebody did to its first card what she is going to.
func (s *stack) behind(t *testing.T, ada *person, name string) (*visitor, wall) {
	t.Helper()
	w := ada.wall(t, "Garden", "a", "b", "c")
	other := s.joined(t, name, w)
	v := s.at(t, ada, "/boards").tab()
	v.deaf()
	v.open(w.page())
	must(other.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	return v, w
}

// Who takes back what turns out to have changed nothing is shown how the board stands, not how it stood before they did it.
func TestAnUndoOfWhatChangedNothingShowsHowTheBoardStands(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	for name, end := range map[string]func(*rod.Hijack){"Grace": arrives(t), "Bob": goOn} {
		v, w := s.behind(t, ada, name)
		first := v.holds("/move")
		v.sends("a")
		first.wantUnderWay(t)
		v.click(".toast button", "Undo")
		v.wantOrder("To do: a b c", "Doing: ", "Done: ") // at once
		first.end(end)
		v.find(".toast", "This is how the board stands now")
		v.becomes("To do: b c", "Doing: a", "Done: ")
		ada.wantStored(t, w, "b c", "a", "")
		v.sentAll()
	}
}

// Nor does it take back what was done before that: its seq is the board's, and may be one's own last change.
func TestAnUndoOfWhatChangedNothingTakesBackNothingElse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v, w := s.behind(t, ada, "Grace")
	for range 2 {
		v.answers("/move", 200, func() { v.sends("b") })
	}
	first := v.holds("/move")
	v.sends("a")
	first.wantUnderWay(t)
	v.click(".toast button", "Undo")
	first.end(goOn)
	v.find(".toast", "This is how the board stands now")
	v.becomes("To do: c", "Doing: a", "Done: b")
	ada.wantStored(t, w, "c", "a", "b")
}

// What takes back an undo that has nothing to take back goes with it: it redoes nothing else.
func TestARedoOfAnUndoThatCameToNothingRedoesNothingElse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v, w := s.behind(t, ada, "Grace")
	v.answers("/move", 200, func() { v.sends("b") })
	v.answers("/undo", 200, func() { v.click(".toast button", "Undo") })
	v.find(".toast", "Undone")
	first := v.holds("/move")
	v.sends("a")
	first.wantUnderWay(t)
	v.chord('z', input.ControlLeft)
	v.chord('Z', input.ControlLeft, input.ShiftLeft)
	first.end(arrives(t))
	v.find(".toast", "This is how the board stands now")
	v.becomes("To do: b c", "Doing: a", "Done: ")
	ada.wantStored(t, w, "b c", "a", "")
	v.sentAll()
}

// A text that was saved as it was has the version that it had: what was kept over the same goes on from there.
func TestWhatFollowsARenameThatChangedNothingIsSaved(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	path := "cards/" + w.Cards[0].Id.String()
	id := must(uuid.NewV7())(t).String()
	made := ada.send(t, "PATCH", "/api/v1"+w.page()+"/"+path, `{"title":"a"}`, "Content-Type", "application/json", "X-CSRF", "1", "If-Match", `"1"`, kanbanapi.ChangeHeader, id)
	if made.Status != http.StatusOK {
		t.Fatalf("%d %s", made.Status, made.Body)
	}
	rename := func(id, title string) map[string]any {
		return map[string]any{"method": "PATCH", "path": path, "body": map[string]string{"title": title}, "ifMatch": "1", "id": id, "at": time.Now().UnixMilli(), "tries": 0}
	}
	v := s.at(t, ada, w.page())
	v.keep(string(must(json.Marshal(map[string]any{"changes": []any{rename(id, "a"), rename(must(uuid.NewV7())(t).String(), "x")}}))(t)))
	v.open(w.page())
	v.becomes("To do: x", "Doing: ", "Done: ")
	ada.wantStored(t, w, "x", "", "")
}
