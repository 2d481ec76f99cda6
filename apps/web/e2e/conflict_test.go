package e2e_test

import (
	"fmt"
	"strings"
	"testing"
)

// join makes somebody an editor of a board.
func (s *stack) join(t *testing.T, w wall, who *person) {
	t.Helper()
	me := must(who.Me(t.Context()))(t)
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, w.ID, me.Id)
}

// Two people open a description, write over it, and save: whoever opened or saved it first, both texts are in what is stored.
func TestTwoWhoEditOneDescriptionAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	for _, scripts := range []bool{true, false} {
		t.Run(map[bool]string{true: "over_the_board", false: "without_JavaScript"}[scripts], func(t *testing.T) {
			t.Parallel()
			writers := []*writer{{name: "Ada"}, {name: "Grace"}}
			for i, who := range []*person{ada, grace} {
				writers[i].visitor = s.visitor(t)
				writers[i].script(scripts)
				writers[i].borrow(who)
			}
			for _, order := range [][4]int{{0, 1, 0, 1}, {0, 1, 1, 0}, {1, 0, 0, 1}, {1, 0, 1, 0}} {
				w := ada.wall(t, "Garden", "a")
				ada.edited(t, w, "1", "Beans\nPeas\nCorn\n")
				s.join(t, w, grace)
				for _, i := range order[:2] {
					writers[i].begin(w, scripts)
				}
				writers[0].fill("#description", "Beans by Ada\nPeas\nCorn by Ada\n")
				writers[1].fill("#description", "Beans\nPeas by Grace\nCorn by Grace\n")
				first, second := writers[order[2]], writers[order[3]]
				first.save(scripts)
				first.find(".prose", first.name)
				second.save(scripts)
				second.merge(scripts, first.name)
				got := must(ada.Card(t.Context(), w.ID, "1"))(t)
				if want := fmt.Sprintf("Beans by Ada\nPeas by Grace\nCorn by %s\nCorn by %s\n", second.name, first.name); got.Description != want {
					t.Errorf("order %v: stored is %q, want %q", order, got.Description, want)
				}
			}
		})
	}
}

// writer is one of several who edit a description.
type writer struct {
	*visitor
	name string
}

// begin opens the description's field.
func (w *writer) begin(on wall, scripts bool) {
	w.t.Helper()
	if scripts {
		w.open(on.page())
		w.click(".card a", "^a$")
		w.click("dialog #edit-description > summary")
		return
	}
	w.open(on.page() + "/cards/1")
	w.click("#edit-description > summary")
}

func (w *writer) save(scripts bool) {
	w.t.Helper()
	if scripts {
		w.click("dialog button", "Save description")
	} else {
		w.follow("button", "Save description")
	}
}

// merge makes one text of the two, keeping of each line what both wrote.
func (w *writer) merge(scripts bool, other string) {
	w.t.Helper()
	w.find("h1", other+" saved this card while you were writing")
	w.find("section:has(#mine) ins", "by "+w.name)
	w.find("section:has(#theirs) ins", "by "+other)
	w.click(".merge > summary")
	begun := w.find("#both").MustProperty("value").Str()
	if want := fmt.Sprintf("Beans by Ada\nPeas by Grace\n▼ Written here\nCorn by %s\n▼ Saved meanwhile\nCorn by %s\n▲\n", w.name, other); begun != want {
		w.t.Errorf("the merge begins with %q, want %q", begun, want)
	}
	w.fill("#both", strings.NewReplacer("▼ Written here\n", "", "▼ Saved meanwhile\n", "", "▲\n", "").Replace(begun))
	if !scripts {
		w.follow("button", "Save this text")
		return
	}
	w.click("dialog button", "Save this text")
	w.find("dialog .prose", "by "+w.name)
}

func TestOneTextOfTwoIsChosenOverTheBoard(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, grace := s.person(t, "Ada"), s.person(t, "Grace")
	w := ada.wall(t, "Garden", "a")
	s.join(t, w, grace)
	v := &writer{s.visitor(t), "Ada"}
	v.borrow(ada)
	for _, button := range []string{"Keep mine", "Take theirs"} {
		grace.edited(t, w, "1", "Before")
		v.begin(w, true)
		v.fill("#description", "Mine")
		grace.edited(t, w, "1", "Theirs")
		v.save(true)
		v.find("dialog h1", "Grace saved this card")
		v.find("dialog #base")
		v.click("dialog :is(button, a)", button)
		v.find("dialog .prose", "^"+map[string]string{"Keep mine": "Mine", "Take theirs": "Theirs"}[button])
		if v.drafts() != "" {
			t.Errorf("after %s, kept is %q", button, v.drafts())
		}
	}
	versions := must(ada.CardVersions(t.Context(), w.ID, "1", "", 0))(t)
	var texts []string
	for _, version := range versions.Items {
		texts = append(texts, *version.After.Description)
	}
	if got, want := strings.Join(texts, ", "), "Theirs, Before, Mine, Theirs, Before, "; got != want {
		t.Errorf("the history has %q, want %q", got, want)
	}
}
