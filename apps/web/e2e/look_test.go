package e2e_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// Each page is looked at in three ways, and what a machine can say of it fails the test: what axe finds, a page wider than its
// window, a layout that shifts. `task pictures` leaves a picture of each under .data/screenshots.
var windows = []struct {
	width, height int
	looks         []look
}{
	{1280, 800, []look{{"light", "light"}, {"dark", "dark"}}},
	{390, 844, []look{{"phone", "light"}}},
}

type look struct{ name, scheme string }

// view is a page, or a state of one that is reached by a few steps.
type view struct {
	name    string
	path    string
	then    func(v *visitor)
	passing bool // gone in a moment, so that nobody's tools read it
}

// few cards fill a window; the last is in the archive.
const few = 14

func TestHowItLooks(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	edith := s.person(t, "Edith") // nobody opens her boards meanwhile
	s.shelf(t, edith)
	edith.furnish(t, few)
	full, tended, kept := ada.furnish(t, 66), ada.furnish(t, few), ada.furnish(t, few) // axe takes its time over many cards
	grace, maya := s.person(t, "Grace"), s.person(t, "Maya")
	for name, group := range map[string]struct {
		who   *person
		views []view
	}{
		"guest":    {s.guest(t), guestViews()},
		"fresh":    {grace, []view{{name: "board-sample", path: grace.sample(t)}, {name: "boards-one", path: "/boards"}, {name: "landing-signed-in", path: "/"}}},
		"first":    {withoutBoards(t, s.person(t, "Lise")), []view{{name: "boards-first-run", path: "/boards"}, {name: "boards-archived", path: "/boards/archived"}}},
		"settings": {ada, settingsViews(t, ada)},
		"members":  {ada, memberViews(t, s, ada)},
		"boards":   {ada, boardViews(t, ada, full, tended)},
		"shelf":    {edith, []view{{name: "boards", path: "/boards"}}},
		"menus":    {ada, boardStates(tended)},
		"columns":  {ada, columnViews(t, ada)},
		"shelves":  {ada, shelfViews(t, ada)},
		"filters":  {ada, filterViews(t, ada)},
		"search":   {maya, searchViews(t, maya)},
		"cards":    {ada, cardViews(t, ada, kept)},
		"account":  {s.person(t, "Hedy"), accountViews()},
		"keys":     {ada, append(keysViews(full), paletteViews(full)...)},
		"keys-off": {s.person(t, "Rosalind").withoutSingleKeys(t), []view{{name: "keys-off", path: "/keys"}, {name: "account-keys-off", path: "/account"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lookAt(t, s, group.who, group.views)
		})
	}
}

func guestViews() []view {
	return []view{
		{name: "landing", path: "/"},
		{name: "sign-in", path: "/sign-in"},
		{name: "sign-up", path: "/sign-up"},
		{name: "goodbye", path: "/goodbye"},
		{name: "invitation-guest", path: "/invitation?token=x"},
		{name: "sign-in-refused", path: "/sign-in", then: func(v *visitor) {
			v.fill("#email", "ada@example.org")
			v.fill("#password", "something else")
			v.follow("form button", "Sign in")
		}},
	}
}

func boardViews(t *testing.T, ada *person, garden, tended wall) []view {
	t.Helper()
	empty := must(ada.CreateBoard(t.Context(), kanbanapi.NewBoard{Title: "Nothing on it yet"}))(t)
	return []view{
		{name: "board", path: garden.page()},
		{name: "story", path: garden.page() + "/activity"},
		{name: "story-drawer", path: garden.page(), then: func(v *visitor) {
			v.click(".app-bar [data-key=ga]")
			v.find("dialog[open] h1", "Activity")
		}},
		{name: "board-archived", path: tended.page() + fmt.Sprint("?did=", must(ada.Board(t.Context(), tended.ID))(t).Seq)},
		{name: "board-empty", path: "/boards/" + empty.Id.String()},
		{name: "column", path: garden.page() + "/columns/" + garden.Columns[3].String()},
		{name: "error", path: "/boards/01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a01"},
	}
}

// withoutBoards has somebody put the only board they had into the archive.
func withoutBoards(t *testing.T, p *person) *person {
	t.Helper()
	must(p.ArchiveBoard(t.Context(), p.wall(t, "Last year").ID))(t)
	return p
}

func settingsViews(t *testing.T, ada *person) []view {
	t.Helper()
	garden, archived := ada.labelled(t), ada.wall(t, "Put away")
	must(ada.ArchiveBoard(t.Context(), archived.ID))(t)
	settings := garden.page() + "/settings"
	return []view{
		{name: "settings", path: settings},
		{name: "settings-label", path: settings, then: func(v *visitor) {
			v.click("#labels li:first-child summary")
			v.click("#labels li:first-child .asks summary")
		}},
		{name: "settings-column", path: settings, then: func(v *visitor) {
			v.click("#columns li:first-child a")
			v.find("dialog[open] h1", "Edit")
		}},
		{name: "settings-refused", path: settings, then: func(v *visitor) {
			v.fill("#new-label", "MAPS")
			v.follow("button", "Add label")
		}},
		{name: "settings-flash", path: settings + fmt.Sprint("?did=", must(ada.Board(t.Context(), garden.ID))(t).Seq), then: func(v *visitor) { v.hover(v.find(".flash button")) }},
		{name: "settings-archived", path: archived.page() + "/settings"},
	}
}

// boardStates are what the board looks like while somebody does something with it.
func boardStates(garden wall) []view {
	return []view{
		{name: "board-column-menu", path: garden.page(), then: func(v *visitor) { v.press(v.column(1).MustElement(".more")) }},
		{name: "board-card-menu", path: garden.page(), then: func(v *visitor) { v.openMenu("Ask the neighbours about the fence") }},
		{name: "board-card-menu-plain", path: garden.page() + "?menu=2", then: func(v *visitor) { v.find(".card > .menu") }},
		{name: "board-card-menu-low", path: garden.page(), then: func(v *visitor) { v.openMenu("Something that was done long ago, number 13") }},
		{name: "board-account-menu", path: garden.page(), then: func(v *visitor) { v.click(".app-bar > details:last-child > summary") }},
		{name: "board-rename", path: garden.page(), then: func(v *visitor) { v.click(".switcher > summary") }},
		{name: "board-add-column", path: garden.page(), then: func(v *visitor) { v.click(".add-column > summary") }},
		{name: "board-quick-add", path: garden.page(), then: func(v *visitor) { v.press(v.column(0).MustElement(".adds")) }},
		{name: "board-quick-add-lines", path: garden.page(), then: func(v *visitor) {
			v.press(v.column(0).MustElement(".adds"))
			v.fill(".adder[open] textarea", "Buy seeds\nDig the beds\nSow")
		}},
		{name: "board-card-rename", path: garden.page(), then: func(v *visitor) {
			v.openMenu("Ask the neighbours about the fence")
			v.click(".card > .menu a", "Rename")
		}},
		{name: "board-selecting", path: garden.page(), then: func(v *visitor) {
			v.openMenu("Ask the neighbours about the fence")
			v.click(".card > .menu a", "Select")
			v.click(".selection summary", "Label")
		}},
		{name: "board-selecting-plain", path: garden.page() + "?select=2", then: func(v *visitor) { v.find(".pick[checked]") }},
		{name: "board-move", path: garden.page(), then: func(v *visitor) {
			v.openMenu("Ask the neighbours about the fence")
			v.click(".card > .menu a", "Move to")
			v.find("dialog[open] h1", "Move")
		}},
		{name: "board-column-edit", path: garden.page(), then: func(v *visitor) {
			v.press(v.column(1).MustElement(".column-tools .more"))
			v.click(".column-tools .menu a", "Name, WIP limit")
			v.find("dialog[open] h1", "Edit")
		}},
		{name: "board-toast", path: garden.page(), then: func(v *visitor) {
			v.on("Sharpen the tools")
			v.hit('>', '<')
			v.hover(v.find(".toast button", "Undo")) // it stays
		}},
		{name: "board-focus", path: garden.page(), then: func(v *visitor) { v.hit(input.Tab, input.Tab, input.Tab, input.Tab, input.Tab, input.Tab, input.Tab) }},
		{name: "board-dragging", path: garden.page(), then: func(v *visitor) { v.carry("Sharpen the tools", v.column(0).MustElement(".card"), 20) }, passing: true},
	}
}

// columnViews are walls of odd columns, and the pages about one.
func columnViews(t *testing.T, ada *person) []view {
	t.Helper()
	odd, many := ada.oddColumns(t), ada.manyColumns(t, 40)
	column := odd.page() + "/columns/" + odd.Columns[1].String()
	away := ada.wall(t, "Put away", "a", "b")
	must(ada.ArchiveBoard(t.Context(), away.ID))(t)
	return []view{
		{name: "columns-odd", path: odd.page()},
		{name: "columns-forty", path: many.page()},
		{name: "columns-archived-board", path: away.page()},
		{name: "columns-undo", path: odd.page() + fmt.Sprint("?did=", must(ada.Board(t.Context(), odd.ID))(t).Seq)},
		{name: "column-edit", path: column + "/edit"},
		{name: "column-empty", path: column + "/empty"},
		{name: "column-renaming", path: odd.page(), then: func(v *visitor) { v.click("h2 a", "^In progress$") }},
		{name: "column-carried", path: odd.page(), then: func(v *visitor) {
			v.column(1).MustElement("[data-grip]").MustEval("() => this.focus()")
			v.hit(input.Space, input.ArrowRight)
		}},
		{name: "column-dragging", path: odd.page(), then: func(v *visitor) { v.carryColumn("In progress", 60) }, passing: true},
	}
}

func cardViews(t *testing.T, ada *person, garden wall) []view {
	t.Helper()
	first, written := garden.page()+"/cards/1", garden.page()+"/cards/5"
	ada.write(t, garden, 5)
	return []view{
		{name: "card", path: first},
		{name: "card-bare", path: garden.page() + "/cards/2"},
		{name: "card-long", path: garden.page() + "/cards/3"},
		{name: "card-archived", path: garden.page() + fmt.Sprint("/cards/", few)},
		{name: "card-written", path: written},
		{name: "card-editing", path: first, then: func(v *visitor) { v.click(".block summary") }},
		{name: "card-preview", path: written, then: func(v *visitor) {
			v.click(".block summary")
			v.click("button", "^Preview$")
			v.find("#preview .prose")
		}},
		{name: "card-labels", path: written, then: func(v *visitor) { v.click("#labels > summary") }},
		{name: "card-due", path: written, then: func(v *visitor) { v.click("[data-key=d]") }},
		{name: "card-column", path: written, then: func(v *visitor) { v.click(".meta summary") }},
		{name: "card-over-board", path: garden.page(), then: func(v *visitor) {
			v.click(".card a", "Dig the beds")
			v.find("dialog[open] h1", "Dig the beds")
		}},
		{name: "card-conflict-over-board", path: garden.page(), then: func(v *visitor) {
			v.click(".card a", "Buy seeds")
			v.find("dialog[open] h1", "Buy seeds")
			v.writeStale(ada, garden)
			v.click("button", "Save title")
			v.find("dialog #mine")
		}},
		{name: "card-delete", path: first + "/delete"},
		{name: "story-of-card", path: garden.page() + "/cards/5/activity"},
		{name: "history", path: ada.told(t, garden, 6) + "/history"},
		{name: "history-first", path: garden.page() + "/cards/7/history"},
		{name: "history-over-board", path: garden.page(), then: func(v *visitor) {
			v.click(".card a", "Dig the beds")
			v.click("dialog a", "^History$")
			v.find("dialog[open] h1", "History")
		}},
		{name: "card-restored", path: garden.page() + "/cards/6?restored=2"},
		{name: "card-trash", path: ada.trashed(t, garden) + "/trash"},
		{name: "conflict", path: first, then: func(v *visitor) { v.saveStale(ada, garden) }},
		{name: "conflict-texts", path: garden.page() + "/cards/6", then: func(v *visitor) {
			v.click("#edit-description > summary")
			now := must(ada.Card(v.t.Context(), garden.ID, "6"))(v.t)
			ada.edited(v.t, garden, "6", strings.Replace(now.Description, "Rest", "Rest, and rest again", 1)+"More\n")
			v.fill("#description", strings.Replace(strings.Replace(now.Description, "string", "chalk", 1), "Rest", "Have a break", 1))
			v.follow("button", "Save description")
			v.click(".merge > summary")
		}},
		{name: "card-draft-offered", path: garden.page() + "/cards/8", then: func(v *visitor) {
			v.click("#edit-description > summary")
			v.fill("#description", "What I was writing")
			ada.edited(v.t, garden, "8", "What is stored "+time.Now().String())
			v.reload()
			v.find("[data-offer]")
		}},
		{name: "move", path: first + "/move"},
		{name: "card-changed-meanwhile", path: garden.page() + "/cards/9", then: func(v *visitor) {
			v.click("#edit-description > summary")
			v.fill("#description", "What I was writing")
			ada.edited(v.t, garden, "9", "What is stored "+time.Now().String())
			v.find("[data-meanwhile]")
		}},
		{name: "card-deleted-meanwhile", path: "/boards", then: func(v *visitor) {
			w := ada.wall(v.t, "Garden", "Dig the beds")
			ada.edited(v.t, w, "1", chores)
			v.open(w.page() + "/cards/1")
			must(ada.DeleteCard(v.t.Context(), w.ID, "1", 2))(v.t)
			v.find("[data-deleted]", "You deleted this card")
		}},
	}
}

func accountViews() []view {
	return []view{
		{name: "account", path: "/account"},
		{name: "account-done", path: "/account?done=password"},
		{name: "account-refused", path: "/account", then: func(v *visitor) {
			v.fill("#current", "something else")
			v.fill("#password", "four more unrelated words")
			v.follow("form[action='/account/password'] button", "Change")
		}},
		{name: "account-activity", path: "/account/activity"},
		{name: "account-delete", path: "/account/delete"},
		{name: "account-delete-refused", path: "/account/delete", then: func(v *visitor) {
			v.fill("#words", "delete")
			v.fill("#password", "something else")
			v.follow("main form button", "Delete my account")
		}},
	}
}

// lookAt goes through the views in one browser, signed in as somebody.
func lookAt(t *testing.T, s *stack, who *person, views []view) {
	t.Helper()
	v := s.visitor(t)
	v.borrow(who)
	v.look(views)
}

// look goes through the views as whoever sits at the browser.
func (v *visitor) look(views []view) {
	v.t.Helper()
	for _, window := range windows {
		v.resize(window.width, window.height)
		for _, view := range views {
			v.prefer(window.looks[0].scheme)
			v.open(view.path)
			if view.then != nil {
				view.then(v)
			}
			v.drawWhole()
			for _, look := range window.looks {
				v.judge(view, look)
			}
			if view.then == nil {
				v.prefer(window.looks[0].scheme)
				if takesPictures() { // for one of all of a page its window grows, and what follows in a list is loaded
					v.open(view.path)
					v.drawWhole()
				}
				v.wantNoShift(view.name+"-"+window.looks[0].name, view.path)
			}
		}
	}
}

// judge says what a machine can say of a page that is open, and was judged in the light if this is the dark.
func (v *visitor) judge(view view, look look) {
	v.t.Helper()
	name, inTheLight := view.name+"-"+look.name, v.stands()
	v.prefer(look.scheme)
	isDark := look.scheme == "dark"
	if isDark && v.stands() != inTheLight {
		v.t.Errorf("%s: not only the colours differ, but what is to be seen or where", name)
	}
	v.picture(name)
	v.wantNoOverflow(name)
	switch {
	case view.passing:
	case isDark:
		v.wantColoursFit(name)
	default:
		v.wantNoViolations(name, view.then == nil)
	}
}

// borrow takes over somebody's session cookie.
func (v *visitor) borrow(p *person) {
	v.t.Helper()
	for pair := range strings.SplitSeq(p.cookies(v.t), "; ") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			v.do(v.page.SetCookies([]*proto.NetworkCookieParam{{Name: name, Value: value, URL: v.url, HTTPOnly: true}}))
		}
	}
}
