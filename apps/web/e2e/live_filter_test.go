package e2e_test

import (
	"fmt"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// A filter in the address holds for what others do.
func TestAFilterHoldsForWhatOthersDo(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "seeds", "rake", "seed box")
	v := s.at(t, ada, w.page()+"?q=seed")
	v.becomes("To do: seeds seed box", "Doing: ", "Done: ")
	must(ada.UpdateCard(t.Context(), w.ID, "2", 1, kanbanapi.CardPatch{Title: ref("seed rake")}))(t)
	v.becomes("To do: seeds seed rake seed box", "Doing: ", "Done: ")
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	must(ada.UpdateCard(t.Context(), w.ID, "3", 1, kanbanapi.CardPatch{Title: ref("box")}))(t)
	v.becomes("To do: seed rake", "Doing: seeds", "Done: ")
	v.find("[data-filter-count]", "Showing 2 of 3 cards")
}

// Where each change takes the whole wall anew, it is drawn although others don't stop for as long as it takes to come.
func TestAFilteredWallIsDrawnWhileOthersGoOn(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "seeds", "rake", "spade")
	v := s.at(t, ada, w.page()+"?q=seed")
	v.becomes("To do: seeds", "Doing: ", "Done: ")
	v.do(proto.NetworkEnable{}.Call(v.page))
	v.do(proto.NetworkEmulateNetworkConditions{Latency: 500, DownloadThroughput: -1, UploadThroughput: -1}.Call(v.page))
	must(ada.UpdateCard(t.Context(), w.ID, "2", 1, kanbanapi.CardPatch{Title: ref("seed rake")}))(t)
	version := 1
	eventually(t, "the card that fits by now is there", func() bool {
		version = must(ada.UpdateCard(t.Context(), w.ID, "3", version, kanbanapi.CardPatch{Title: ref(fmt.Sprint("spade ", version))}))(t).Version
		return v.order()[0] == "To do: seeds seed rake"
	})
	v.becomes("To do: seeds seed rake", "Doing: ", "Done: ")
}

// A text that was written without a network, and that somebody else saved meanwhile, leads to the page that shows both.
func TestWhatWasWrittenWithoutANetworkMeetsASaveOfSomebodyElse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.offline(true)
	v.card("a").MustElement("a").MustFocus()
	v.hit('e')
	v.write(v.find(".rename textarea"), "mine")
	v.click(".rename button", "Save")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t)
	if v.outbox() != "cards/"+w.Cards[0].Id.String() {
		t.Errorf("kept is %q", v.outbox())
	}
	v.do(proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(v.page))
	v.loading(func() { v.offline(false) })
	v.find("main", "theirs")
	v.find("main", "mine")
}
