package e2e_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// palette opens the palette by its keys, and types.
func (v *visitor) palette(typed string) {
	v.t.Helper()
	v.chord('k', input.ControlLeft)
	v.wantFocus(".palette input")
	v.do(v.page.InsertText(typed))
}

// offered are all the rows of the palette, each with what stands beside it; the marked one begins with a ">".
func (v *visitor) offered() []string {
	v.t.Helper()
	eventually(v.t, "all rows are drawn", func() bool {
		return v.page.MustEval(`() => { const rows = document.querySelectorAll(".palette [role=option]"); return rows.length === Number(rows[0]?.ariaSetSize ?? 0) }`).Bool()
	})
	var all []string
	for _, row := range v.page.MustEval(`() => [...document.querySelectorAll(".palette [role=option]")].map((row) =>
		(row.ariaSelected === "true" ? "> " : "") + [...row.children].map((part) => part.textContent).filter(Boolean).join(" | "))`).Arr() {
		all = append(all, row.Str())
	}
	return all
}

// wantOffer waits until the palette's marked row is the one.
func (v *visitor) wantOffer(want string) {
	v.t.Helper()
	eventually(v.t, "the palette offers "+want+", not only "+strings.Join(v.offered(), ", "), func() bool { return slices.Contains(v.offered(), "> "+want) })
}

func TestThePaletteByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "Buy seeds", "Dig the beds", "Sharpen the tools")
	v := s.at(t, ada, w.page())

	// What there is to do, with its key; the focus comes back.
	v.on("Dig the beds")
	v.palette("")
	if all := v.offered(); !slices.Contains(all, "Settings | G then S") || !slices.Contains(all, "Boards | B") || !slices.Contains(all, "Add card to To do | N") || !slices.Contains(all, "Archive | Dig the beds | C") {
		t.Errorf("it offers %q", all)
	}
	v.hit(input.Escape)
	v.gone(".palette")
	v.wantOn("Dig the beds")

	// Ranked, marked, walked, and said.
	v.palette("a")
	v.wantOffer("Archive | Dig the beds | C") // which “Rename” stands before, and only has it within
	v.write(v.find(".palette input"), "se")
	v.wantOffer("Select cards | Dig the beds | S")
	if marks := v.find(".palette [aria-selected=true] mark").MustText(); marks != "Se" {
		t.Errorf("marked are %q", marks)
	}
	all := v.offered()
	if at := slices.Index(all, "#1 Buy seeds | To do"); at < 1 {
		t.Errorf("it offers %q", all)
	}
	v.hit(input.ArrowUp)
	if got := v.offered(); !strings.HasPrefix(got[len(got)-1], "> ") {
		t.Errorf("up from the first leads to %q", got)
	}
	v.hit(input.ArrowDown, input.End, input.Home, input.ArrowDown)
	if got := v.offered(); !strings.HasPrefix(got[1], "> ") {
		t.Errorf("the second is marked in %q", got)
	}
	if active := v.page.MustEval(`() => document.querySelector(".palette input").getAttribute("aria-activedescendant") === document.querySelector(".palette [aria-selected=true]").id`).Bool(); !active {
		t.Error("a screen reader isn't told which is marked")
	}
	v.find(".palette [role=status]", "^[0-9]+ results$")
	v.do(v.page.InsertText("tt"))
	v.wantOffer("Settings | G then S")
	v.leaving(func() { v.hit(input.Enter) })
	if v.path() != w.page()+"/settings" {
		t.Errorf("Enter leads to %s", v.path())
	}

	// Boards from anywhere, and what was opened lately.
	v.palette("gard")
	v.wantOffer("Garden")
	v.leaving(func() { v.hit(input.Enter) })
	if v.path() != w.page() {
		t.Errorf("the board is at %s", v.path())
	}
	v.palette("#2")
	v.wantOffer("#2 Dig the beds | To do")
	v.hit(input.Enter)
	v.find("dialog[open] h1", "^Dig the beds$")
	v.palette("copy")
	v.wantOffer("Copy link")
	v.hit(input.Escape)
	v.wantFocus("dialog[open] h1")
	v.open("/boards")
	v.palette("")
	v.wantOffer("#2 Dig the beds · Garden")
	v.leaving(func() { v.hit(input.Enter) })
	if v.path() != w.page()+"/cards/2" {
		t.Errorf("what was opened lately is at %s", v.path())
	}

	// What the menu of the card has that had the focus; Ctrl and K again shuts it.
	v.open(w.page())
	v.on("Sharpen the tools")
	v.palette("")
	v.chord('k', input.ControlLeft)
	v.gone(".palette")
	v.palette("arch")
	v.wantOffer("Archive | Sharpen the tools | C")
	v.hit(input.Enter)
	ada.wantStored(t, w, "Buy seeds Dig the beds", "", "")
	v.palette("undo")
	v.wantOffer("Undo | Garden | Z")
	v.hit(input.Enter)
	ada.wantStored(t, w, "Buy seeds Dig the beds Sharpen the tools", "", "")
	v.palette("rename bo")
	v.wantOffer("Rename board | Garden")
	v.hit(input.Enter)
	v.wantFocus("#board-title")
}

// The palette is there before the page behind it is shut off, and then it is as if it had been shown as modal.
func TestThePaletteShutsOffThePageBehindIt(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "Buy seeds", "Dig the beds")
	v := s.at(t, ada, w.page())
	shutOff := func() bool {
		return v.page.MustEval(`() => [...document.body.children].every((part) => part.inert || part.matches(".palette, .palette-behind"))`).Bool()
	}
	v.on("Dig the beds")
	v.page.MustEval(`() => { window.atOnce = 0; document.addEventListener("focusin", ({ target }) => target.matches(".palette input") && queueMicrotask(() => (atOnce = document.querySelectorAll("[inert]").length))) }`)
	v.palette("")
	eventually(t, "the page is shut off", shutOff)
	if v.page.MustEval(`() => atOnce`).Int() > 0 || v.find(".palette").MustAttribute("aria-modal") == nil {
		t.Error("the palette waited for the page to be shut off, or doesn't say that it is")
	}
	for _, node := range must(proto.AccessibilityGetFullAXTree{}.Call(v.page))(t).Nodes {
		if name := node.Name; !node.Ignored && name != nil && (name.Value.Str() == "Buy seeds" || name.Value.Str() == "Boards" && node.Role.Value.Str() == "link") {
			t.Errorf("a screen reader finds %s %q behind it", node.Role.Value.Str(), name.Value.Str())
		}
	}
	for range 4 {
		v.hit(input.Tab)
		if v.page.MustEval(`() => document.activeElement !== document.body && !document.activeElement.closest(".palette")`).Bool() {
			t.Error("Tab leads behind it")
		}
	}
	v.chord('k', input.ControlLeft)
	v.gone(".palette, .palette-behind, [inert]")
	v.wantOn("Dig the beds")

	v.palette("")
	eventually(t, "the page is shut off", shutOff)
	v.page.MustElement(".palette-behind").MustEval(`() => this.dispatchEvent(new MouseEvent("click", { bubbles: true }))`)
	v.gone(".palette, .palette-behind, [inert]")
	v.wantOn("Dig the beds")

	// Over a card, what it lies over comes back as it was.
	v.hit(input.Enter)
	v.wantFocus("dialog[open] h1")
	v.palette("")
	v.hit(input.Escape)
	v.gone(".palette, [inert]")
	v.wantFocus("dialog[open] h1")
}

// What is done says so: nothing stands there twice, or as it no longer is, and what asks first isn't done at once.
func TestThePaletteOffersEachThingOnceAndAsItIs(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "Buy seeds", "Dig the beds")
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Urgent", Hue: kanbanapi.Red}))(t)
	v := s.at(t, ada, w.page())
	for _, page := range []string{w.page(), w.page() + "/settings", w.page() + "/cards/1", "/boards", "/account", w.page() + "/archive"} {
		v.open(page)
		v.palette("")
		seen := map[string]bool{}
		for _, row := range v.offered() {
			if row = strings.TrimPrefix(row, "> "); seen[row] {
				t.Errorf("%s offers %q twice", page, row)
			}
			seen[row] = true
		}
		if twice := v.page.MustEval(`() => { const all = [...document.querySelectorAll("a[href][role=option]")].map(({ pathname, search }) => pathname + search); return all.filter((one, at) => all.indexOf(one) < at).join() }`).Str(); twice != "" {
			t.Errorf("%s offers two ways to %s", page, twice)
		}
		v.hit(input.Escape)
		v.gone(".palette")
	}
	v.open(w.page() + "/settings")
	v.palette("delete")
	v.wantOffer("Delete… Urgent")
	if all := v.offered(); slices.ContainsFunc(all, func(row string) bool { return strings.Contains(row, "Delete label") }) {
		t.Errorf("it offers %q, where nobody was asked yet", all)
	}
	v.hit(input.Escape)

	v.open(w.page())
	v.palette("star")
	v.wantOffer("Star this board")
	v.hit(input.Enter)
	v.find(".app-bar [data-star] [aria-pressed=true]")
	v.palette("star")
	v.wantOffer("Take the star off this board")
	v.hit(input.Escape)
	v.palette("overdue")
	v.wantOffer("Overdue | Filter")
	v.hit(input.Escape)

	// The focus is where it was, not on the menu that holds what was done.
	v.on("Buy seeds")
	v.hit('>')
	ada.wantStored(t, w, "Dig the beds", "Buy seeds", "")
	v.on("Dig the beds")
	v.palette("undo")
	v.wantOffer("Undo | Garden | Z")
	v.hit(input.Enter)
	ada.wantStored(t, w, "Buy seeds Dig the beds", "", "")
	v.wantOn("Dig the beds")
}

// A Mac's keyboard has other caps than all others.
func TestAMacIsShownItsOwnKeys(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "Buy seeds")
	v := s.visitor(t)
	v.borrow(ada)
	v.do(proto.NetworkSetUserAgentOverride{UserAgent: v.page.MustEval(`() => navigator.userAgent`).Str(), Platform: "Win32"}.Call(v.page))
	v.open(w.page())
	if got := v.page.MustElement("[data-palette] kbd").MustProperty("textContent").Str(); got != "Ctrl+K" {
		t.Errorf("elsewhere the menu says %q", got)
	}
	v.do(proto.NetworkSetUserAgentOverride{UserAgent: v.page.MustEval(`() => navigator.userAgent`).Str(), Platform: "MacIntel"}.Call(v.page))
	v.open(w.page())
	if got := v.page.MustElement("[data-palette] kbd").MustProperty("textContent").Str(); got != "⌘K" {
		t.Errorf("the menu says %q", got)
	}
	v.palette("redo")
	v.wantOffer("Redo | Garden | ⇧Z")
	v.hit(input.Escape)
	v.hit('?')
	v.find("dialog[open] kbd", "^⇧⌘Z$")
	if v.page.MustHasR("dialog[open] kbd", "Ctrl") {
		t.Error("it has no Ctrl")
	}
}

// Cards of other boards come from the server; what is out of date by then is dropped, and what people wrote is only text.
func TestThePaletteFindsCardsOfAllBoards(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	house := ada.wall(t, "House <b>", "Paint the fence", `<img src=x onerror="document.title='gone'">`)
	garden := ada.wall(t, "Garden", "Buy seeds")
	s.person(t, "Grace").wall(t, "Hers", "Paint the fence by moonlight")
	v := s.at(t, ada, garden.page())
	v.palette("fence")
	v.wantOffer("#1 Paint the fence | House <b>")
	if all := v.offered(); len(all) > 2 || v.says("moonlight") {
		t.Errorf("it offers %q", all)
	}
	v.page.MustEval(`() => { window.open = (...how) => { window.tab = how.join(" ") } }`)
	v.chord(input.Enter, input.ControlLeft)
	if tab := v.page.MustEval(`() => window.tab`).Str(); tab != house.page()+"/cards/1 _blank noopener" || v.path() != garden.page() {
		t.Errorf("in a new tab is %s, in this one %s", tab, v.path())
	}
	v.palette("onerror")
	v.wantOffer(`#2 <img src=x onerror="document.title='gone'"> | House <b>`)
	if v.page.MustHas(".palette img, .palette b") {
		t.Error("what somebody wrote became HTML")
	}
	v.hit(input.Escape)

	// A number finds the cards of that number on all one's boards, the one that is open first.
	v.palette("#1")
	v.wantOffer("#1 Buy seeds | To do")
	eventually(t, "the other board's is offered too", func() bool { return slices.Contains(v.offered(), "#1 Paint the fence | House <b>") })
	if all := v.offered(); slices.Index(all, "> #1 Buy seeds | To do") != 0 || strings.Contains(strings.Join(all, ", "), "moonlight") {
		t.Errorf("it offers %q", all)
	}
	v.hit(input.Escape)

	// The answer to what was typed first comes last.
	v.page.MustEval(`() => {
		const real = window.fetch
		window.fetch = async (address, options) => {
			const answer = await real(address, { ...options, signal: undefined })
			if (String(address).includes("q=paint") && !String(address).includes("fence")) {
				await new Promise((go) => (window.late = go))
				setTimeout(() => (window.told = true), 200)
			}
			return answer
		}
	}`)
	v.palette("paint")
	eventually(t, "it is asked for", func() bool { return v.page.MustEval(`() => "late" in window`).Bool() })
	v.do(v.page.InsertText(" fence"))
	v.wantOffer("#1 Paint the fence | House <b>")
	v.write(v.find(".palette input"), "nothing like it")
	v.find(".palette-note", "^Nothing is called that\\.$")
	v.page.MustEval(`() => late()`)
	eventually(t, "it has come", func() bool { return v.page.MustEval(`() => window.told === true`).Bool() })
	if all := v.offered(); len(all) > 1 {
		t.Errorf("it offers %q", all)
	}

	v.page.MustEval(`() => { window.fetch = () => Promise.reject(new TypeError("away")) }`)
	v.write(v.find(".palette input"), "seeds")
	v.find(".palette-note", "Other boards can’t be searched right now")
	v.wantOffer("#1 Buy seeds | To do")
	v.hit(input.Escape)
	v.gone(".palette")
	v.palette("")
	v.find(".palette-note", "Your boards can’t be read right now")
}

func TestThePaletteByMouseAndOnAPhone(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "Buy seeds")
	must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Urgent", Hue: kanbanapi.Red}))(t)
	v := s.visitor(t)
	v.borrow(ada)
	for _, width := range []int{1280, 390} {
		v.resize(width, 844)
		v.open(w.page())
		v.click(".app-bar > details:last-child > summary")
		v.click(".app-bar button", "All actions")
		v.wantFocus(".palette input")
		v.wantNoOverflow("palette")
		if box := v.find(".palette").MustShape().Box(); width == 390 && (box.Width != 390 || math.Round(box.Height) != 844) {
			t.Errorf("on a phone it is %v × %v", box.Width, box.Height)
		}
		v.click(".palette button")
		v.gone(".palette")
		v.wantFocus(".app-bar > details:last-child > summary")
		v.palette("key")
		v.click(".palette [role=option]", "Keyboard shortcuts")
		v.find("dialog[open] h1", "Keyboard shortcuts")
		v.hit(input.Escape)
		v.palette("buy")
		v.click(".palette [role=option]", "#1 Buy seeds")
		v.find("dialog[open] h1", "Buy seeds")
	}

	v.script(false)
	v.open(w.page())
	v.click(".app-bar > details:last-child > summary")
	if v.find("[data-palette]").MustVisible() || v.find(".menu kbd").MustEval(`() => getComputedStyle(this).visibility`).Str() != "hidden" {
		t.Error("without JavaScript there are keys, or a palette")
	}
	v.follow(".app-bar a", "Keyboard shortcuts")
	v.find("main h1", "Keyboard shortcuts")
}

// What one opened is nobody else's, and goes when one signs out.
func TestWhatWasOpenedLatelyIsForgottenAtSignOut(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wall(t, "Garden", "Buy seeds")
	v := s.at(t, ada, w.page()+"/cards/1")
	kept := func() bool {
		return v.page.MustEval(`() => Object.values(localStorage).some((kept) => kept.includes("Buy seeds"))`).Bool()
	}
	if !kept() {
		t.Fatal("nothing is kept")
	}
	v.do(proto.NetworkClearBrowserCookies{}.Call(v.page))
	v.borrow(grace)
	v.open("/boards")
	v.palette("")
	if slices.ContainsFunc(v.offered(), func(row string) bool { return strings.Contains(row, "seeds") }) {
		t.Error("somebody else sees it")
	}
	v.do(proto.NetworkClearBrowserCookies{}.Call(v.page))
	v.borrow(ada)
	v.open(w.page())
	v.signOut()
	if kept() {
		t.Error("it is there still")
	}
}

// paletteViews are the palette as it opens, with what fits, and with nothing: each once all its rows are drawn, one's boards
// among them if any fits, as those come later.
func paletteViews(garden wall) []view {
	typing := func(typed string, fits ...string) func(v *visitor) {
		return func(v *visitor) {
			v.palette(typed)
			eventually(v.t, "all has come", func() bool { return !strings.Contains(v.find(".palette-note").MustText(), "Looking") })
			for _, group := range fits {
				v.find(".palette-name", "^"+group+"$")
			}
			v.offered()
		}
	}
	return []view{
		{name: "palette", path: garden.page(), then: typing("", "Boards")},
		{name: "palette-typed", path: garden.page(), then: typing("ar", "Boards")},
		{name: "palette-empty", path: "/boards", then: typing("zzz")},
		{name: "palette-boards", path: "/boards", then: typing("", "Boards")},
	}
}
