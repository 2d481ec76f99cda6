package markdown

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const list = "Before\n\n- [ ] *Beans* & #3\n- [x] Peas\n  1. [X] Sweet peas\n\n> * [ ]\tQuoted\n\n[ ] no list\n\n```\n- [ ] code\n```\n"

func TestBoxesAreCounted(t *testing.T) {
	t.Parallel()
	tasks := Tasks(list)
	var said []string
	for _, task := range tasks {
		said = append(said, task.Text)
	}
	if done, all := Progress(tasks); done != 2 || all != 4 || strings.Join(said, "|") != "Beans & #3|Peas|Sweet peas|Quoted" {
		t.Errorf("%d of %d: %q", done, all, said)
	}
}

func TestATickChangesOneCharacter(t *testing.T) {
	t.Parallel()
	for i, task := range Tasks(list) {
		got := SetTask(list, task, !task.Done)
		after := Tasks(got)
		if len(got) != len(list) || len(after) != 4 || after[i].Done == task.Done {
			t.Fatalf("box %d: %q", i, got)
		}
		for j, other := range after {
			if j != i && other != Tasks(list)[j] {
				t.Errorf("ticking box %d changes box %d", i, j)
			}
		}
	}
}

func TestABoxSaysWhatItIsToBe(t *testing.T) {
	t.Parallel()
	doc := read(t, Render(list, Options{Tickable: true}))
	buttons := doc.Find(`button.tick[name="tick"][role="checkbox"]`)
	if buttons.Length() != 4 || doc.Find("input").Length() != 0 {
		t.Fatalf("%d buttons", buttons.Length())
	}
	first := buttons.First()
	tick, ok := ReadTick(first.AttrOr("value", ""))
	if !ok || tick != (Tick{0, true, "Beans & #3"}) || first.AttrOr("aria-checked", "") != "false" || first.AttrOr("aria-label", "") != tick.Text {
		t.Errorf("%+v %s", tick, first.AttrOr("aria-checked", ""))
	}
	if tick, _ := ReadTick(buttons.Eq(1).AttrOr("value", "")); tick.Done || tick.Index != 1 {
		t.Errorf("a done box is to become %+v", tick)
	}
	if still := read(t, Render(list, Options{})).Find("input[type=checkbox][disabled][aria-label]"); still.Length() != 4 || still.Filter("[checked]").Length() != 2 {
		t.Errorf("%d boxes to look at", still.Length())
	}
}

func TestATickFindsItsBoxWhereOthersWereAdded(t *testing.T) {
	t.Parallel()
	now := Tasks("- [ ] New\n" + list[len("Before\n\n"):])
	if task, ok := (Tick{Index: 0, Text: "Beans & #3"}).Find(now); !ok || task.Text != "Beans & #3" {
		t.Errorf("%v %+v", ok, task)
	}
	if _, ok := (Tick{Index: 0, Text: "Gone"}).Find(now); ok {
		t.Error("a box that is gone was found")
	}
	for _, odd := range []string{"", "x on a", "-1 on a", "1 maybe a", "1 on"} {
		if _, ok := ReadTick(odd); ok {
			t.Errorf("%q is taken for a tick", odd)
		}
	}
}

func read(t *testing.T, html SafeHTML) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
