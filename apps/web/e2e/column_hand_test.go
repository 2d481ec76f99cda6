package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

func TestColumnsByMouse(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())

	for _, to := range [][2]string{{"Doing", "Under way"}, {"Under way", "In hand"}} {
		v.click("h2 a", "^"+to[0]+"$")
		v.write(v.find(".retitle [name=title]"), to[1])
		v.answers("PATCH", 200, func() { v.hit(input.Enter) })
		v.wantColumns("To do, " + to[1] + ", Done")
	}
	v.wantOnServer(ada, w, "To do, In hand, Done")
	if left := v.page.MustEval(`() => document.querySelector("main, .selection").parentElement.innerHTML.includes("Doing")`).Bool(); left {
		t.Error("something on the page has the old name still")
	}
	v.click("h2 a", "^Done$")
	v.write(v.find(".retitle [name=title]"), "never mind")
	v.hit(input.Escape)
	v.wantColumns("To do, In hand, Done")

	v.dragColumn("To do", "Done", 200)
	v.wantColumns("In hand, Done, To do")
	v.wantOnServer(ada, w, "In hand, Done, To do")

	v.openColumnMenu("To do")
	v.answers("PUT", 204, func() { v.click(".column-tools .menu button", "Collapse") })
	v.reload()
	v.wantOrder("In hand: ", "Done: ", "To do: a b")
	if v.find(".card").MustVisible() {
		t.Error("a collapsed column shows its cards")
	}
	v.answers("DELETE", 204, func() { v.click(".is-folded .strip button", "To do") })
	v.reload()
	if v.page.MustHas(".is-folded") || !v.card("a").MustVisible() {
		t.Error("the column isn't open again")
	}

	v.openColumnMenu("To do")
	v.follow(".column-tools .menu button", "Archive")
	v.find(".toast", "Archived the column “To do” and its 2 cards")
	v.wantColumns("In hand, Done")
	v.follow(".toast button", "Undo")
	v.wantOrder("In hand: ", "Done: ", "To do: a b")

	v.addColumn("Later")
	v.find(".add-column[open] input")
	v.fill("#new-column", "Much later")
	v.leaving(func() { v.hit(input.Enter) })
	v.wantColumns("In hand, Done, To do, Later, Much later")
	v.answers("PUT", 204, func() { v.click(".app-bar .star") })
	v.reload()
	v.find(".star[aria-pressed=true]")
}

func TestColumnsByKeyboard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.at(t, ada, w.page())
	v.tabTo("A. To do")
	v.hit(input.Tab)
	v.wantFocusSeen("a column's handle")
	v.hit(input.Space)
	v.wantSaid("Lifted To do, 1 of 3")
	v.hit(input.ArrowRight)
	v.wantSaid("To do, 2 of 3")
	v.hit(input.End)
	v.wantColumns("Doing, Done, To do")
	v.hit(input.ArrowLeft, input.ArrowRight, input.ArrowLeft)
	v.answers("/move", 200, func() { v.hit(input.Space) })
	v.wantSaid("Moved To do, 2 of 3")
	v.wantOnServer(ada, w, "Doing, To do, Done")

	v.hit(input.Space, input.Home)
	v.wantColumns("To do, Doing, Done")
	v.hit(input.Escape)
	v.wantSaid("Put To do back, 2 of 3")
	v.wantColumns("Doing, To do, Done")
	v.hit(input.Space, input.Home, input.Tab)
	v.wantSaid("Put To do back, 2 of 3")
	v.wantColumns("Doing, To do, Done")

	v.tabTo("A. Done")
	v.hit(input.Enter)
	v.do(v.page.InsertText("Shipped"))
	v.answers("PATCH", 200, func() { v.hit(input.Enter) })
	if got := v.focus(); !strings.HasPrefix(got, "A. Shipped") {
		t.Errorf("after a rename the focus is on %q", got)
	}
	v.tabTo("BUTTON.tool more Actions for Shipped")
	v.hit(input.Enter, input.Tab)
	v.wantFocus(".column-tools .menu a")
	v.hit(input.Escape)
	v.wantFocus(".more[aria-expanded=false]")
	v.hit(input.Enter)
	v.tabTo("BUTTON.menu-item Collapse")
	v.answers("PUT", 204, func() { v.hit(input.Enter) })
	if got := v.focus(); !strings.Contains(got, "Expand") {
		t.Errorf("after collapsing the focus is on %q", got)
	}
	v.answers("DELETE", 204, func() { v.hit(input.Enter) })
	if got := v.focus(); !strings.Contains(got, "Actions for Shipped") {
		t.Errorf("after expanding the focus is on %q", got)
	}
	v.hit(input.Enter)
	v.tabTo("BUTTON.menu-item Move left")
	v.answers("/move", 200, func() { v.hit(input.Enter) })
	v.wantSaid("Moved Shipped, 2 of 3")
	v.wantOnServer(ada, w, "Doing, Shipped, To do")
	v.reload()
	v.wantColumns("Doing, Shipped, To do")
}

func TestColumnsWithoutJavaScript(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.visitor(t)
	v.borrow(ada)
	v.script(false)
	v.open(w.page())

	v.follow("h2 a", "^To do$")
	v.fill("#column-title", "Ideas")
	v.fill("#column-limit", "1")
	v.click("label", "Backlog")
	v.click("label", "Teal")
	v.follow("button", "Save column")
	v.wantColumns("Ideas, Doing, Done")
	if got := v.find(".column.is-over .count").MustText(); !strings.Contains(got, "2 / 1 · 1 over") || !v.page.MustHas(".column-head .dot.hue-teal") {
		t.Errorf("the column says %q", got)
	}
	got := must(ada.Board(t.Context(), w.ID))(t).Columns[0]
	if got.Kind != kanbanapi.Backlog || got.Version != 2 {
		t.Errorf("the kind is %s at version %d", got.Kind, got.Version)
	}

	v.inColumnMenu("Ideas", "button", "Move right")
	v.wantColumns("Doing, Ideas, Done")
	v.inColumnMenu("Ideas", "button", "Collapse")
	v.follow(".is-folded .strip button", "Ideas")
	v.inColumnMenu("Ideas", "a", "Move all cards")
	v.click("label", "Done")
	v.follow("button", "Move 2 cards")
	v.find(".toast", "Moved 2 cards to “Done”")
	v.wantOrder("Doing: ", "Ideas: ", "Done: a b")

	v.inColumnMenu("Done", "button", "Archive")
	v.wantOrder("Doing: ", "Ideas: ")
	v.click(".switcher summary")
	v.follow(".switcher a", "Archive and trash")
	v.follow("button", "Restore")
	v.follow(".flash a", "Show it")
	v.wantOrder("Doing: ", "Ideas: ", "Done: a b")
	v.addColumn("Later")
	v.fill("#new-column", "Much later")
	v.follow("button", "^\\s*Add column\\s*$")
	v.wantColumns("Doing, Ideas, Done, Later, Much later")
	v.follow(".app-bar .star")
	v.find(".star[aria-pressed=true]")
	v.follow(".app-bar .star")
	v.find(".star[aria-pressed=false]")
}

func TestAColumnByALongPress(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.visitor(t)
	v.borrow(ada)
	v.do(v.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 1280, Height: 800, DeviceScaleFactor: 1}))
	v.do(proto.EmulationSetTouchEmulationEnabled{Enabled: true}.Call(v.page))
	v.open(w.page())
	from, to := middle(v.find("h2", "^To do$")), middle(v.find("h2", "^Doing$"))

	// A finger that moves at once scrolls, and takes nothing along.
	v.swipe(from, to.X-from.X, 0)

	v.finger("touchStart", from)
	v.find(".column.is-lifted")
	v.answers("/move", 200, func() {
		aside := 1.0
		eventually(t, "the column to make way", func() bool {
			aside = -aside
			v.finger("touchMove", proto.Point{X: to.X + 60 + aside, Y: to.Y})
			return strings.HasPrefix(v.columns(), "Doing, To do")
		})
		v.finger("touchEnd")
	})
	v.wantOnServer(ada, w, "Doing, To do, Done")
}

func TestAColumnThatSomebodyElseRenamedShowsBothNames(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden")
	v := s.at(t, ada, w.page())
	v.click("h2 a", "^Doing$")
	v.write(v.find(".retitle [name=title]"), "Mine")
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[1], 1, kanbanapi.ColumnPatch{Title: ref("Theirs")}))(t) // what is written in waits
	v.leaving(func() { v.hit(input.Enter) })
	if got := v.find("#column-title").MustProperty("value").Str(); v.status() != 412 || got != "Mine" || !v.says("its name is “Theirs” now") {
		t.Errorf("%d, the field holds %q: %s", v.status(), got, v.text())
	}
	v.wantNoViolations("column-stale", false)
	v.follow("button", "Save column")
	v.wantColumns("To do, Mine, Done")
}

func TestAColumnsChangeThatIsRefusedGoesBackAndSaysWhy(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden")
	v := s.at(t, ada, "/boards")
	v.deaf()
	v.open(w.page())
	must(ada.DeleteColumn(t.Context(), w.ID, w.Columns[1], 1))(t)
	v.click("h2 a", "^Doing$")
	v.write(v.find(".retitle [name=title]"), "Elsewhere")
	v.hit(input.Enter)
	v.find(".toast", "keeps its name")
	v.wantColumns("To do, Doing, Done")
	v.openColumnMenu("Doing")
	v.click(".column-tools .menu button", "Collapse")
	v.find(".toast", "as it was")
	if v.page.MustHas(".is-folded") {
		t.Error("the column stays collapsed")
	}
	v.openColumnMenu("Doing")
	v.click(".column-tools .menu button", "Move right")
	v.find(".toast", "back where it was")
	v.wantColumns("To do, Doing, Done")
}

// columns are the names on the wall from the left.
func (v *visitor) columns() string {
	v.t.Helper()
	return v.page.MustEval(`() => [...document.querySelectorAll("main .column h2")].map((h) => h.textContent.trim()).join(", ")`).Str()
}

func (v *visitor) wantColumns(want string) {
	v.t.Helper()
	if got := v.columns(); got != want {
		v.t.Fatalf("the columns are %s, want %s", got, want)
	}
}

// wantOnServer checks what is stored, and that the pills of a phone say the same.
func (v *visitor) wantOnServer(p *person, w wall, want string) {
	v.t.Helper()
	var stored []string
	for _, c := range must(p.Board(v.t.Context(), w.ID))(v.t).Columns {
		stored = append(stored, c.Title)
	}
	pills := v.page.MustEval(`() => [...document.querySelectorAll(".column-nav [data-name]")].map((p) => p.textContent)`).Arr()
	shown := make([]string, len(pills))
	for i, pill := range pills {
		shown[i] = pill.Str()
	}
	if strings.Join(stored, ", ") != want || !slices.Equal(shown, stored) {
		v.t.Fatalf("stored is %v, the pills say %v, want %s", stored, shown, want)
	}
}

func (v *visitor) openColumnMenu(column string) {
	v.t.Helper()
	v.pressOpening(v.find(".column-tools .more", "Actions for "+column+"$"), ".column-tools .menu")
}

// inColumnMenu follows an item of a column's menu.
func (v *visitor) inColumnMenu(column, element, item string) {
	v.t.Helper()
	v.openColumnMenu(column)
	v.follow(".column-tools .menu "+element, item)
}

// dragColumn takes a column by its head to another's, so many pixels beside it.
func (v *visitor) dragColumn(column, onto string, beside float64) {
	v.t.Helper()
	v.hover(v.find("h2", "^\\s*"+column+"\\s*$"))
	to := middle(v.find("h2", "^\\s*"+onto+"\\s*$"))
	to.X += beside
	v.answers("/move", 200, func() {
		v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
		v.do(v.page.Mouse.MoveLinear(to, 12))
		aside := 1.0
		eventually(v.t, "the column to make way", func() bool {
			aside = -aside
			v.do(v.page.Mouse.MoveTo(proto.Point{X: to.X + aside, Y: to.Y}))
			return strings.HasSuffix(v.columns(), column)
		})
		v.drop()
	})
}

// carryColumn takes a column by its head so many pixels to the right, and doesn't let go.
func (v *visitor) carryColumn(column string, right float64) {
	v.t.Helper()
	from := v.find("h2", "^\\s*"+column+"\\s*$")
	v.hover(from)
	to := middle(from)
	v.do(v.page.Mouse.Down(proto.InputMouseButtonLeft, 1))
	v.do(v.page.Mouse.MoveLinear(proto.Point{X: to.X + right, Y: to.Y + 8}, 6))
	v.find(".column.is-lifted")
}

// tabTo presses Tab until something has the focus whose name begins so; it gives up after a round.
func (v *visitor) tabTo(want string) {
	v.t.Helper()
	for range 60 {
		if strings.HasPrefix(v.focus(), want) {
			return
		}
		v.hit(input.Tab)
	}
	v.t.Fatalf("Tab never comes to %q", want)
}
