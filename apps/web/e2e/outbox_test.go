package e2e_test

import (
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// slow has every request take so many milliseconds more; 0 ends that.
func (v *visitor) slow(latency float64) {
	v.t.Helper()
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkEmulateNetworkConditions{Latency: latency, DownloadThroughput: -1, UploadThroughput: -1}.Call(v.page))
}

// outbox is what this tab keeps of changes that have no answer yet.
func (v *visitor) outbox() string {
	return v.page.MustEval(`() => Object.keys(sessionStorage).filter((k) => k.startsWith("changes:")).flatMap((k) => JSON.parse(sessionStorage[k]).changes.map((c) => c.path)).join("\n")`).Str()
}

func TestMovesOutliveTheirPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	dropped := []string{"To do: ", "Doing: a c b", "Done: "}
	v.slow(400)
	v.carry("a", v.column(1), 0, "To do: b c", "Doing: a", "Done: ")
	v.drop()
	for _, card := range []string{"c", "b"} { // each beside one whose own move has no answer yet
		v.card(card).MustElement("a").MustFocus()
		v.hit('>')
	}
	v.open("/account")
	v.open(w.page())
	v.wantOrder(dropped...)
	ada.wantStored(t, w, "", "a c b", "")
	eventually(t, "nothing is left to send", func() bool { return v.outbox() == "" })

	v.card("c").MustElement("a").MustFocus()
	v.hit('>')
	v.card("a").MustElement("a").MustFocus()
	v.hit('<')
	v.reload()
	v.wantOrder("To do: a", "Doing: b", "Done: c")
	ada.wantStored(t, w, "a", "b", "c")
	v.slow(0)
	v.reload()
	v.wantOrder("To do: a", "Doing: b", "Done: c")
}

func TestAMoveThatWasMadeIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.card("a").MustElement("a").MustFocus()
	before := v.find("[data-board]").MustAttribute("data-seq")
	v.answers("/move", 200, func() { v.hit('>') })
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[2], At: ref(kanbanapi.End)}))(t) // by somebody else
	eventually(t, "the answer is known", func() bool { return v.outbox() == "" })

	// As if the page had been left before the answer came.
	v.page.MustEval(`(card, column, since) => {
		const key = Object.keys(sessionStorage).find((k) => k.startsWith("changes:"))
		sessionStorage[key] = JSON.stringify({ seq: since, changes: [{ path: "cards/" + card + "/move", body: { column_id: column, at: "end" }, since }] })
	}`, w.Cards[0].Id.String(), w.Columns[1].String(), *before)
	v.open("/account")
	eventually(t, "it is known to be made", func() bool { return v.outbox() == "" })
	ada.wantStored(t, w, "b", "", "a")
}

func TestChangesAreDroppedAtSignOut(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)
	v.open(w.page())
	v.slow(400)
	v.card("a").MustElement("a").MustFocus()
	v.hit('>')
	v.card("b").MustElement("a").MustFocus()
	v.hit('>')
	if v.outbox() == "" {
		t.Error("nothing is kept")
	}
	v.signOut()
	if got := v.outbox(); got != "" {
		t.Errorf("the next person in this tab would send %q", got)
	}
}
