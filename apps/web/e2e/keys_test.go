package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"cardwall/apps/web/internal/keys"
	"cardwall/packages/kanbanapi"
)

// keyed is a board of Ada's in the browser: a, b and c in "To do", and nothing has the focus.
type keyed struct {
	*visitor
	ada *person
	w   wall
}

// pressed shows of each press of the table that it does what it says.
var pressed = map[string]func(k keyed){
	"?": func(k keyed) {
		k.hit('?')
		k.wantFocus("dialog h1")
		k.find("dialog dd", "^Show these keys$")
		k.hit(input.Escape)
		k.on("a")
		k.hit(input.Enter)
		k.wantFocus("[data-dialog] h1")
		k.hit('?')
		k.find("dialog:not([data-dialog]) dd", "^Show these keys$")
		k.hit(input.Escape)
		k.wantFocus("[data-dialog] h1")
	},
	"/": func(k keyed) {
		k.open("/boards")
		k.hit('/')
		k.wantFocus(".search input")
		k.resize(390, 844)
		k.reload()
		k.goes("/search", '/')
		k.resize(1280, 800)
	},
	"Ctrl+K": func(k keyed) { k.palette("b"); k.find(".palette [role=option]", "#2 b") },
	"b":      func(k keyed) { k.goes("/boards", 'b') },
	"g b":    func(k keyed) { k.goes("/boards", 'g', 'b') },
	"Esc": func(k keyed) {
		k.click(".app-bar > details:last-child > summary")
		k.hit(input.Escape)
		k.gone("details[data-menu][open]")
		k.hit('?')
		k.wantFocus("dialog h1")
		k.hit(input.Escape)
		k.gone("dialog[open]")
		k.wantFocus(".app-bar > details:last-child > summary")
	},

	"n": func(k keyed) {
		k.hit('n')
		k.wantFocus("#column-" + k.w.Columns[0].String() + " textarea")
		k.hit(input.Escape)
		k.column(2).MustElement("h2 a").MustFocus()
		k.hit('n')
		k.wantFocus("#column-" + k.w.Columns[2].String() + " textarea")
	},
	"f": func(k keyed) { k.hit('f'); k.wantFocus("#filter-line") },
	"x": func(k keyed) {
		k.open(k.w.page() + "?q=b")
		k.find(".filter-state")
		k.leaving(func() { k.hit('x') })
		k.gone(".filter-state")
	},
	"q": func(k keyed) {
		k.on("b")
		k.hit('i')
		k.find("#card-2 .who")
		k.open(k.w.page())
		k.leaving(func() { k.hit('q') })
		k.stands("To do: b", "Doing: ", "Done: ")
	},
	"z":            func(k keyed) { k.moved(); k.hit('z'); k.takenBack() },
	"Ctrl+Z":       func(k keyed) { k.moved(); k.chord('z', input.ControlLeft); k.takenBack() },
	"Shift+Z":      func(k keyed) { k.undone(); k.chord('Z', input.ShiftLeft); k.redone() },
	"Ctrl+Shift+Z": func(k keyed) { k.undone(); k.chord('Z', input.ControlLeft, input.ShiftLeft); k.redone() },
	"g a": func(k keyed) {
		k.hit('g', 'a')
		k.find("dialog[open] h1", "^Activity$")
		k.hit(input.Escape)
		k.gone("dialog[open]")
	},
	"g s": func(k keyed) { k.goes(k.w.page()+"/settings", 'g', 's') },

	"Arrows": func(k keyed) { k.on("a"); k.hit(input.ArrowDown, input.ArrowDown, input.ArrowUp); k.wantOn("b") },
	"j":      func(k keyed) { k.on("a"); k.hit('j'); k.wantOn("b") },
	"k":      func(k keyed) { k.on("b"); k.hit('k'); k.wantOn("a") },
	"Home":   func(k keyed) { k.on("b"); k.hit(input.Home); k.wantOn("a") },
	"End":    func(k keyed) { k.on("a"); k.hit(input.End); k.wantOn("c") },
	"Enter":  func(k keyed) { k.on("b"); k.hit(input.Enter); k.find("dialog[open] h1", "^b$") },
	"Space": func(k keyed) {
		k.on("a")
		k.hit(input.Space, input.ArrowRight, input.Space)
		k.ada.wantStored(k.t, k.w, "b c", "a", "")
		k.hit(input.Space, input.ArrowRight, input.Escape)
		k.stands("To do: b c", "Doing: a", "Done: ")
	},
	">": func(k keyed) { k.moved() },
	"<": func(k keyed) {
		k.moved()
		k.on("a")
		k.hit('<')
		k.stands("To do: b c a", "Doing: ", "Done: ")
	},
	"s": func(k keyed) {
		k.on("b")
		k.hit('s')
		k.wantSaid("1 card selected")
		k.hit('s')
		k.wantSaid("Nothing selected")
	},
	"Shift+Arrows": func(k keyed) {
		k.on("a")
		k.chord(input.ArrowDown, input.ShiftLeft)
		k.wantSaid("2 cards selected")
	},

	"e": func(k keyed) {
		k.on("b")
		k.hit('e')
		k.wantFocus(".rename [name=title]")
		k.opened('e', "#title")
	},
	"a": func(k keyed) {
		k.on("b")
		k.hit('a')
		k.find("dialog #assignees[open]", "Ada")
		k.open(k.w.page() + "/cards/1")
		k.hit('a')
		k.find("#assignees[open]", "Ada")
	},
	"i": func(k keyed) {
		k.on("b")
		k.hit('i')
		k.find(".toast", "Undo")
		if k.page.MustHas("dialog[open]") || k.find("#card-2 .who").MustProperty("title").String() != "Ada" {
			k.t.Errorf("the wall says %s", k.text())
		}
		k.wantFocus("#card-2 a")
		k.open(k.w.page() + "/cards/1")
		k.hit('i')
		k.find("dd > .who", "Ada")
		k.hit('i')
		k.gone("dd > .who")
	},
	"l": func(k keyed) {
		k.on("b")
		k.hit('l')
		k.wantFocus("dialog #label-name")
		k.opened('l', "#label-name")
		must(k.ada.CreateLabel(k.t.Context(), k.w.ID, kanbanapi.NewLabel{Name: "Urgent", Hue: kanbanapi.Red}))(k.t)
		k.open(k.w.page())
		k.on("a")
		k.hit('s', 'l') // of what is selected, in its bar
		k.wantFocus(".selection [name=label]")
	},
	"d": func(k keyed) {
		k.on("b")
		k.hit('d')
		k.wantFocus("dialog #due")
		k.opened('d', "#due")
	},
	"c": func(k keyed) {
		k.on("b")
		k.hit('c')
		k.ada.wantStored(k.t, k.w, "a c", "", "")
		k.goes(k.w.page(), func() { k.open(k.w.page() + "/cards/1") }, 'c')
		k.ada.wantStored(k.t, k.w, "c", "", "")
	},
	"m": func(k keyed) {
		k.on("b")
		k.hit('m')
		k.find("dialog h1", "Move “b”")
		k.goes(k.w.page()+"/cards/1/move", func() { k.open(k.w.page() + "/cards/1") }, 'm')
	},
}

func TestEveryKeyDoesWhatItSays(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	v := s.visitor(t)
	v.borrow(ada)
	listed := map[string]bool{}
	for _, key := range keys.All() {
		for _, press := range key.Presses {
			listed[press] = true
			does, shown := pressed[press]
			if !shown {
				t.Errorf("nothing shows that %s will %q", press, key.Does)
				continue
			}
			k := keyed{v, ada, ada.wall(t, "Garden", "a", "b", "c")}
			v.open(k.w.page())
			t.Log(press)
			does(k)
		}
	}
	for press := range pressed {
		if !listed[press] {
			t.Errorf("%s isn't in the table", press)
		}
	}
}

// goes presses keys that lead to a page; steps that lead to where they are pressed may come first.
func (k keyed) goes(to string, steps ...any) {
	k.t.Helper()
	var all []input.Key
	for _, step := range steps {
		switch step := step.(type) {
		case func():
			step()
		case rune:
			all = append(all, input.Key(step))
		}
	}
	k.leaving(func() { k.hit(all...) })
	if k.path() != to {
		k.t.Errorf("%c lead to %s, not to %s", all, k.path(), to)
	}
}

// moved sends a to "Doing", and puts the focus on nothing.
func (k keyed) moved() {
	k.t.Helper()
	k.on("a")
	k.hit('>')
	k.ada.wantStored(k.t, k.w, "b c", "a", "")
	k.stands("To do: b c", "Doing: a", "Done: ")
	k.page.MustEval(`() => document.activeElement.blur()`)
}

// undone has moved a, and taken that back.
func (k keyed) undone() {
	k.t.Helper()
	k.moved()
	k.hit('z')
	k.takenBack()
	k.page.MustEval(`() => document.activeElement.blur()`)
}

func (k keyed) takenBack() {
	k.t.Helper()
	k.wantSaid("Undone: moved “a” to “Doing”.")
	k.stands("To do: a b c", "Doing: ", "Done: ")
}

func (k keyed) redone() {
	k.t.Helper()
	k.wantSaid("Redone: moved “a” to “Doing”.")
	k.stands("To do: b c", "Doing: a", "Done: ")
}

// opened shows that a key does the same on a card's own page, and in the dialog.
func (k keyed) opened(key input.Key, field string) {
	k.t.Helper()
	k.open(k.w.page() + "/cards/1")
	k.hit(key)
	k.wantFocus(field)
	k.open(k.w.page())
	k.click(".card a", "^c$")
	k.wantFocus("dialog h1")
	k.hit(key)
	k.wantFocus("dialog " + field)
}

// stands waits until the wall shows an order.
func (k keyed) stands(want ...string) {
	k.t.Helper()
	eventually(k.t, "the wall shows "+strings.Join(want, ", "), func() bool { return slices.Equal(k.order(), want) })
}

func (v *visitor) gone(selector string) {
	v.t.Helper()
	eventually(v.t, selector+" is gone", func() bool { return !v.page.MustHas(selector) })
}

// Where one writes, carries something, composes, or holds another key, a key is no key of the page.
func TestKeysKeepOutOfWhatOneDoes(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.page.MustEval(`() => { window.isSame = true }`)
	v.hit('n')
	v.hit('b', 'n', 'x', 'f', '?', 'g', 's', 'z')
	if got := v.find(".adder textarea").MustProperty("value").Str(); got != "bnxf?gsz" {
		t.Errorf("of what is typed, %q is there", got)
	}
	v.hit(input.Escape)
	v.on("a")
	v.hit(input.Space, 'b', 'f', 'n', '?', 'x', 'z')
	v.wantOn("a")
	v.hit(input.Escape)
	v.page.MustEval(`() => document.activeElement.blur()`)
	v.chord('b', input.AltLeft)
	v.page.MustEval(`() => {
		for (const extra of [{ isComposing: true }, { repeat: true }, { ctrlKey: true }, { metaKey: true }])
			for (const key of ["b", "f", "n", "?"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...extra }))
	}`)
	v.hit('?')
	v.wantFocus("dialog h1")
	v.hit('b', 'n', 'f', 'g', 's', 'z', '?')
	v.wantFocus("dialog h1")
	v.click("dialog[open] [data-leave]")
	v.gone("dialog[open]")
	if v.focus() != "" || v.path() != w.page() || !v.page.MustEval(`() => window.isSame === true`).Bool() {
		t.Errorf("a key led to %s, %s", v.path(), v.focus())
	}
}

func TestSingleKeysAreTurnedOff(t *testing.T) {
	t.Parallel()
	for name, scripts := range scripting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			ada := s.person(t, "Ada")
			w := ada.wall(t, "Garden", "a", "b")
			v := s.at(t, ada, "/boards")
			v.script(scripts)
			v.reload()
			v.click(".app-bar > details:last-child > summary")
			list := v.find(".app-bar a", "Keyboard shortcuts")
			if scripts {
				v.press(list)
				v.follow("dialog a", "turn those off")
			} else {
				v.leaving(func() { v.press(list) })
				v.follow("main a", "turn those off")
			}
			v.follow("button", "Turn off")
			if !v.says("Single-key shortcuts are off, wherever you are signed in.") {
				t.Errorf("it says %s", v.text())
			}
			v.open("/keys")
			if v.find("main .notice", "are off"); v.page.MustHasR("dt", "G then S") || !v.page.MustHasR("dt", "^Ctrl\\+Z$") {
				t.Errorf("the list is %s", v.text())
			}
			if scripts {
				v.withoutSingleKeys(ada, w)
			}
			v.open("/keys")
			v.follow("main a", "turn them on")
			v.follow("button", "Turn on")
			if !v.says("Single-key shortcuts are on again.") {
				t.Errorf("it says %s", v.text())
			}
		})
	}
}

// withoutSingleKeys shows that no character does anything, and that all else does what it did.
func (v *visitor) withoutSingleKeys(ada *person, w wall) {
	v.t.Helper()
	v.open(w.page())
	v.page.MustEval(`() => { window.isSame = true }`)
	characters := []input.Key{'?', '/', 'b', 'g', 'b', 'n', 'f', 'x', 'z', 'g', 's', 'j', 'k', '<', '>', 's', 'e', 'l', 'd', 'c', 'm'}
	v.hit(characters...)
	if v.focus() != "" {
		v.t.Errorf("a character led to %s", v.focus())
	}
	v.on("a")
	v.hit(characters...)
	v.wantOn("a")
	v.hit(input.ArrowDown)
	v.wantOn("b")
	v.hit(input.Space, input.ArrowRight, input.Space)
	ada.wantStored(v.t, w, "a", "b", "")
	v.chord('z', input.ControlLeft)
	ada.wantStored(v.t, w, "a b", "", "")
	v.wantOn("b")
	v.hit(input.Enter)
	v.wantFocus("dialog h1")
	v.hit(characters...)
	v.wantFocus("dialog h1")
	v.hit(input.Escape)
	v.wantShut(w.page(), "#card-2 a")
	if hints := len(v.page.MustElements("kbd")); hints > 1 || !v.page.MustEval(`() => window.isSame === true`).Bool() || strings.Contains(v.text(), "selected") {
		v.t.Errorf("%d keys are shown, or the page was left", hints)
	}
}

// keysViews are the list of keys, as a page and over one.
func keysViews(garden wall) []view {
	over := func(v *visitor) {
		v.hit('?')
		v.find("dialog[open] h1", "Keyboard shortcuts")
	}
	return []view{
		{name: "keys", path: "/keys"},
		{name: "keys-over-boards", path: "/boards", then: over},
		{name: "keys-over-board", path: garden.page(), then: over},
	}
}

func (p *person) withoutSingleKeys(t *testing.T) *person {
	t.Helper()
	if got := p.submit(t, "/account/keys-off", nil); got.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	return p
}
