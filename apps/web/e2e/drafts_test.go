package e2e_test

import (
	"strings"
	"testing"

	"cardwall/packages/kanbanapi"
)

// drafts are the texts that this tab keeps until they are stored.
func (v *visitor) drafts() string {
	return v.page.MustEval(`() => Object.keys(sessionStorage).filter((k) => k.startsWith("draft:")).map((k) => sessionStorage[k]).join("\n")`).Str()
}

func TestADraftIsKeptUntilItsTextIsStored(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)

	v.open(w.page() + "/cards/1")
	v.click("summary[aria-label='Edit the title']")
	v.fill("#title", "mine")
	if !strings.Contains(v.drafts(), "mine") {
		t.Errorf("what was typed isn't kept: %q", v.drafts())
	}
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("theirs")}))(t)
	v.follow("button", "Save title")
	if !strings.Contains(v.drafts(), "mine") {
		t.Errorf("a stale save lost the draft: %q", v.drafts())
	}
	v.follow("button", "Keep mine")
	if v.drafts() != "" || !v.says("mine") {
		t.Errorf("after it was stored: %q", v.drafts())
	}
}

func TestTextSurvivesAFormThatIsGone(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.open("/sign-in")
	v.signIn(ada.Email)

	v.open(w.page() + "/cards/1")
	v.click("summary[aria-label='Edit the title']")
	v.fill("#title", "written meanwhile")
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	v.follow("button", "Save title")
	if got := v.find("#typed").MustText(); v.status() != 409 || got != "written meanwhile" {
		t.Errorf("archived meanwhile: %d, %q", v.status(), got)
	}

	v.open(w.page())
	v.click(".adds")
	v.fill(".adder textarea", "half a card")
	v.page.Browser().MustSetCookies() // the session is over
	v.click(".adder button", "Add card")
	v.find(".toast", "You are signed out")
	v.reload()
	v.signIn(ada.Email)
	if got := v.find(".adder textarea").MustProperty("value").Str(); v.path() != w.page() || got != "half a card" {
		t.Errorf("back at %s with %q", v.path(), got)
	}
	v.signOut()
	if v.drafts() != "" {
		t.Errorf("the next person in this tab would read %q", v.drafts())
	}
}
