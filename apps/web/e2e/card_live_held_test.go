package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/packages/kanbanapi"
)

// What somebody writes on a card stays as it is while others change it, says so, and is laid beside theirs when it is saved.
func TestWhatIsWrittenOnAnOpenCardStays(t *testing.T) {
	t.Parallel()
	for name := range map[string]bool{"by_itself": true, "over_the_board": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lookAtOneCard(t)
			v := map[string]*visitor{"by_itself": l.ada, "over_the_board": l.bob}[name]
			l.edits(kanbanapi.CardPatch{Description: ref("One\n\nTwo\n")})
			l.find(".prose p", "Two")
			v.click("#edit-description > summary")
			v.fill("#description", "Mine\n\nTwo\n")
			v.page.MustEval(`() => document.activeElement.setSelectionRange(1, 3)`)
			l.edits(kanbanapi.CardPatch{Title: ref("apple")})
			v.find(".detail h1", "^apple$")
			v.gone("[data-meanwhile]") // another field's
			l.edits(kanbanapi.CardPatch{Description: ref("Theirs\n\nTwo\n")})
			v.find("#edit-description [data-meanwhile]", "Grace changed the description meanwhile\\.")
			v.wantNoViolations("a card that somebody changes while one writes", false)
			if got := v.page.MustEval(`() => { const { id, value, selectionStart, selectionEnd } = document.activeElement; return [id, value, selectionStart, selectionEnd].join() }`).Str(); got != "description,Mine\n\nTwo\n,1,3" {
				t.Errorf("what is written is %q", got)
			}

			// Away, it can't be saved, and once it is back it can.
			must(l.grace.ArchiveCard(t.Context(), l.ID, "1"))(t)
			v.find("#edit-description [data-meanwhile]", "This can’t be saved now")
			v.find(".detail .notice", "It stays in the archive")
			if v.page.MustHas(".detail-title details, .meta details") {
				t.Error("what nobody wrote in is offered still")
			}
			v.hit(input.ControlLeft) // which alone does nothing
			v.do(v.page.KeyActions().Press(input.ControlLeft).Type(input.Enter).Do())
			must(l.grace.RestoreCard(t.Context(), l.ID, "1"))(t)
			v.find("#edit-description .primary:not(:disabled)")
			v.find("#edit-description [data-meanwhile]", "Grace changed the description meanwhile\\.")
			v.find("#edit-title")
			if got := v.find("#description").MustProperty("value").Str(); got != "Mine\n\nTwo\n" {
				t.Errorf("then there is %q", got)
			}
			v.click("#edit-description .primary")
			v.find("h1", "Grace saved this card while you were writing")
			v.find("section:has(#mine) ins", "Mine")
			v.find("section:has(#theirs) ins", "Theirs")
		})
	}
}

// What somebody does with a card stays under their hand: what is selected, open, filtered, ticked, and how far they have scrolled.
func TestWhatOneDoesWithAnOpenCardIsNotDisturbed(t *testing.T) {
	t.Parallel()
	for name := range map[string]bool{"by_itself": true, "over_the_board": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lookAtOneCard(t)
			v := map[string]*visitor{"by_itself": l.ada, "over_the_board": l.bob}[name]
			long := strings.Repeat("A line.\n\n", 40) + "- [ ] Rake\n- [ ] Hoe\n\nSelect *this*, please\n"
			l.edits(kanbanapi.CardPatch{Description: &long})
			l.find(".tick[aria-label=Hoe]")

			// Scrolled down to what is selected, the focus on a box.
			v.page.MustEval(`() => {
				const box = document.querySelector(".tick[aria-label=Hoe]")
				box.scrollIntoView({ block: "center" })
				box.focus()
				const words = [...document.querySelectorAll(".prose p")].at(-1)
				getSelection().setBaseAndExtent(words.firstChild, 0, words.lastChild, 3)
			}`)
			height := func() float64 {
				return v.page.MustEval(`() => document.querySelector(".tick[aria-label=Hoe]").getBoundingClientRect().top`).Num()
			}
			before := height()
			changed := "New.\n\nMore.\n\n" + strings.NewReplacer("- [ ] Rake", "- [ ] Sow\n- [x] Rake", ", please", ", please do").Replace(long)
			l.edits(kanbanapi.CardPatch{Description: &changed})
			v.find(".tick[aria-label=Sow]")
			state := `() => document.activeElement.ariaLabel + ": " + getSelection().toString()`
			if got := v.page.MustEval(state).Str(); got != "Hoe: Select this, p" {
				t.Errorf("the focus and the selection are %q", got)
			}
			eventually(t, "what one looks at is where it was", func() bool { at := height(); return at > before-100 && at < before+100 })
			v.hit(input.Space)
			l.find(".tick[aria-label=Hoe][aria-checked=true]")
			if got := must(l.grace.Card(t.Context(), l.ID, "1"))(t).Description; !strings.Contains(got, "- [ ] Sow\n- [x] Rake\n- [x] Hoe") {
				t.Errorf("ticked is %q", got[len(got)-80:])
			}

			// What is pressed and has no answer yet is pressed still.
			answer := v.holdBack("*/tasks", goOn)
			v.page.MustEval(`() => {
				const box = document.querySelector(".tick[aria-label=Sow]")
				window.seen = []
				new MutationObserver(() => window.seen.push(box.ariaChecked)).observe(box, { attributes: true })
				box.click()
				document.addEventListener("told", () => setTimeout(() => (window.wasTold = true), 500)) // when it could have been drawn
			}`)
			l.edits(kanbanapi.CardPatch{Title: ref("apple")})
			eventually(t, "what was told would have been drawn", func() bool { return v.page.MustEval(`() => window.wasTold === true`).Bool() })
			if seen := v.page.MustEval(`() => [window.seen.join(), document.querySelector(".detail h1").textContent].join(" ")`).Str(); seen != "true a" {
				t.Errorf("the box and the title became %s", seen)
			}
			answer()
			v.find(".detail h1", "^apple$")
			l.find("[data-tasks]", "3 of 3 done")

			// In a menu that is open.
			for _, name := range []string{"bug", "bulb", "weed"} {
				must(l.grace.CreateLabel(t.Context(), l.ID, kanbanapi.NewLabel{Name: name, Hue: kanbanapi.Red}))(t)
			}
			v.find("#labels li:nth-child(3) [name=label]")
			v.page.MustEval(`() => scrollTo(0, 0)`)
			v.click("#labels > summary")
			v.wantFocus("#label-filter")
			v.hit('b', 'u')
			must(l.grace.CreateLabel(t.Context(), l.ID, kanbanapi.NewLabel{Name: "Busy", Hue: kanbanapi.Blue}))(t)
			must(l.grace.CreateLabel(t.Context(), l.ID, kanbanapi.NewLabel{Name: "Dry", Hue: kanbanapi.Blue}))(t)
			eventually(t, "the menu has what is new, as far as it is asked for", func() bool {
				return v.page.MustEval(`() => [...document.querySelectorAll("#labels[open] li:not([hidden])")].map((row) => row.textContent.trim()).join() + document.querySelectorAll("#labels li").length`).Str() == "bug,bulb,Busy5"
			})
			if got := v.page.MustEval(`() => document.activeElement.id + " " + document.activeElement.value`).Str(); got != "label-filter bu" {
				t.Errorf("the focus is on %q", got)
			}
			v.fill("#label-name", "half a name")
			l.edits(kanbanapi.CardPatch{Title: ref("pear")})
			v.find(".detail h1", "^pear$")
			if got := v.page.MustEval(`() => [...document.querySelectorAll("#label-name")].map(({ value }) => value).join()`).Str(); got != "half a name" {
				t.Errorf("a new label is called %q", got)
			}
		})
	}
}
