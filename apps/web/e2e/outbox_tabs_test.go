package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// named opens another tab that begins with the name of this one, as one does that the browser opens again, or that is duplicated
// while its page is still loading.
func (v *visitor) named(name string) *visitor {
	v.t.Helper()
	other := v.tab()
	other.page.MustEvalOnNewDocument(fmt.Sprintf(`if (location.protocol === "http:") sessionStorage.tab ??= %q`, name))
	return other
}

func (v *visitor) name() string { return v.page.MustEval(`() => sessionStorage.tab`).Str() }

// While another page of a person sends what a closed tab left behind, that tab is opened again, and goes on: it sends nothing
// before the other is through, nothing of what that has sent, and loses nothing of what is done meanwhile.
func TestATabThatIsOpenedAgainWaitsForWhoSendsWhatItLeft(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	closed := s.at(t, ada, w.page())
	other, again := closed.hasty("/boards"), closed.named(closed.name())
	closed.offline(true)
	closed.sends("a")
	closed.sends("b")
	closed.close()

	theirs := other.holds("/move")
	other.open("/account")
	theirs.wantUnderWay(t)
	own := again.sees("/move")
	again.open(w.page())
	again.becomes("To do: c", "Doing: a b", "Done: ")
	again.sends("a")
	again.sends("c")
	again.becomes("To do: ", "Doing: b c", "Done: a")
	if sent := own.all(); len(sent) > 0 {
		t.Fatalf("while the other sends, it sends %q", sent)
	}
	again.loading(func() {
		theirs.end(goOn)
	})
	ada.wantStored(t, w, "", "b c", "a")
	again.becomes("To do: ", "Doing: b c", "Done: a")
	again.sentAll()
	if both := append(theirs.all(), own.all()...); len(both) != 4 || len(slices.Compact(slices.Sorted(slices.Values(both)))) != 4 {
		t.Errorf("sent are %q", both)
	}
}

// Two tabs of one name, as after a tab was duplicated while it was loading: one at a time sends what both keep in one place, each
// change once, and neither forgets what the other has to send.
func TestTwoTabsOfOneNameSendOneAtATime(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b", "c")
	v := s.at(t, ada, w.page())
	twin := v.named(v.name())
	first := v.holds("/move")
	second := twin.sees("/move")
	v.sends("a")
	first.wantUnderWay(t)
	twin.open(w.page())
	twin.becomes("To do: b c", "Doing: a", "Done: ")
	twin.sends("b")
	v.sends("c")
	if kept := strings.Fields(v.outbox()); len(kept) != 3 || len(second.all()) > 0 {
		t.Fatalf("while the one sends, the other sends %q, and kept are %q", second.all(), kept)
	}
	twin.loading(func() {
		first.end(goOn)
	})
	eventually(t, "nothing is left to send", func() bool { return v.outbox() == "" && twin.outbox() == "" })
	ada.wantStored(t, w, "", "a b c", "")
	v.becomes("To do: ", "Doing: a b c", "Done: ")
	twin.becomes("To do: ", "Doing: a b c", "Done: ")
	if both := append(first.all(), second.all()...); len(both) != 3 || len(slices.Compact(slices.Sorted(slices.Values(both)))) != 3 {
		t.Errorf("sent are %q", both)
	}
}

// What a page was told to say isn't lost when it is loaded anew, since another has sent what it found to be sent.
func TestAPageThatIsLoadedAnewGoesOnSayingWhatItWasToldToSay(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	twin := v.named(v.name())
	twin.page.MustEvalOnNewDocument(`if (location.protocol === "http:" && !sessionStorage.told) sessionStorage.told = sessionStorage.toast = "This is how the board stands now."`)
	first := v.holds("/move")
	v.sends("a")
	first.wantUnderWay(t)
	twin.open(w.page())
	twin.find(".toast", "This is how the board stands now")
	twin.leaving(func() { first.end(goOn) })
	twin.find(".toast", "This is how the board stands now")
	twin.becomes("To do: b", "Doing: a", "Done: ")
}

// Nor when it was read before one's own last change came through, and is loaded anew for that.
func TestAPageThatIsOlderThanWhatOneDidGoesOnSayingWhatItWasToldToSay(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => {
		const { person } = document.body.dataset
		const { board, seq } = document.querySelector("[data-board]").dataset
		addEventListener("pagehide", () => {
			sessionStorage["changes:" + person + ":" + board + ":" + sessionStorage.tab] = Number(seq) + 1
			sessionStorage.toast = "This is how the board stands now."
		})
	}`)
	pages := 0 // one after another
	router := v.page.HijackRequests()
	v.do(router.Add("*"+w.page(), proto.NetworkResourceTypeDocument, func(asked *rod.Hijack) {
		if pages++; pages == 2 {
			if _, err := ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "b"}); err != nil {
				t.Error(err)
			}
		}
		goOn(asked)
	}))
	go router.Run()
	t.Cleanup(func() { _ = router.Stop() })
	v.do(proto.PageReload{}.Call(v.page))
	v.becomes("To do: a b", "Doing: ", "Done: ")
	v.find(".toast", "This is how the board stands now")
}

// sees notes what a page sends to an address of the api that ends so.
func (v *visitor) sees(address string) *held {
	v.t.Helper()
	h := &held{}
	router := v.page.HijackRequests()
	v.do(router.Add("*/api/v1/*"+address, "", func(asked *rod.Hijack) {
		h.isFirst(asked.Request)
		goOn(asked)
	}))
	go router.Run()
	v.t.Cleanup(func() { _ = router.Stop() })
	return h
}
