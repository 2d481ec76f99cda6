package kanban

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// verbsInSource are the constants of the type Verb, whatever Verbs says.
func verbsInSource(t *testing.T) []Verb {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "activity.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []Verb
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Verb" {
			return true
		}
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		verbs = append(verbs, Verb(text))
		return true
	})
	return verbs
}

// A verb that can't be undone is one by decision: it stands here, and in the table without a way back.
func TestEveryVerbCanBeUndoneOrSaysThatItCannot(t *testing.T) {
	t.Parallel()
	never := []Verb{BoardCreated, ColumnPurged, CardPurged, MemberInvited, InvitationWithdrawn, MemberJoined, MemberLeft}
	verbs := Verbs()
	if declared := verbsInSource(t); !slices.Equal(slices.Sorted(slices.Values(verbs)), slices.Sorted(slices.Values(declared))) {
		t.Errorf("Verbs lists %q, declared are %q", verbs, declared)
	}
	for _, verb := range verbs {
		back, there := inverses[verb]
		if !there {
			t.Errorf("%s has no inverse", verb)
			continue
		}
		if (back.take == nil) != slices.Contains(never, verb) {
			t.Errorf("%s can be undone: %v", verb, back.take != nil)
		}
		trace := Trace{Verb: verb, ColumnTitle: "Review", Changed: []string{"title"}}
		if len(touched(trace)) == 0 || back.said(trace) == "" {
			t.Errorf("%s doesn't say what it changes", verb)
		}
	}
	if len(inverses) != len(verbs) {
		t.Errorf("%d inverses for %d verbs", len(inverses), len(verbs))
	}
}

// What stands in the way is a change in force: what was taken back isn't, what took it back isn't, but what took back
// something from before is, and so is what was redone.
func TestOnlyWhatIsInForceStandsInTheWay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		since []Trace
		left  []int64
	}{
		"a_change":                           {[]Trace{{Seq: 5}}, []int64{5}},
		"a_change_taken_back":                {[]Trace{{Seq: 5}, {Seq: 6, Undid: 5}}, nil},
		"a_change_redone":                    {[]Trace{{Seq: 5}, {Seq: 6, Undid: 5}, {Seq: 7, Undid: 6}}, []int64{7}},
		"a_redo_taken_back":                  {[]Trace{{Seq: 5}, {Seq: 6, Undid: 5}, {Seq: 7, Undid: 6}, {Seq: 8, Undid: 7}}, nil},
		"an_undo_of_what_was_before":         {[]Trace{{Seq: 5, Undid: 2}}, []int64{5}},
		"an_undo_of_what_was_before_redone":  {[]Trace{{Seq: 5, Undid: 2}, {Seq: 6, Undid: 5}}, nil},
		"one_change_of_two_taken_back":       {[]Trace{{Seq: 5}, {Seq: 6}, {Seq: 7, Undid: 5}}, []int64{6}},
		"undone_and_undone_again_after_redo": {[]Trace{{Seq: 5, Undid: 2}, {Seq: 6, Undid: 5}, {Seq: 7, Undid: 6}}, []int64{7}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var left []int64
			for _, trace := range inForce(c.since) {
				left = append(left, trace.Seq)
			}
			if !slices.Equal(left, c.left) {
				t.Errorf("in force are %v, want %v", left, c.left)
			}
		})
	}
}

// Cards that come back to places that were taken meanwhile stand as near as can be, in their order, each alone.
func TestCardsComeBackBesideWhoTookTheirPlace(t *testing.T) {
	t.Parallel()
	cards := []FormerCard{
		{ToRank: "a1", Taken: true, Next: "a4"}, // between a1 and a2, which comes back too
		{ToRank: "a2"},
		{ToRank: "a4", Taken: true}, // at the foot, but a5 comes back too
		{ToRank: "a5"},
		{ToRank: "a6", Taken: true},
		// The place of the second is taken by the first, which thus doesn't see it.
		{ToRank: "a8", Taken: true, Next: "a9"},
		{ToRank: "a81", Taken: true, Next: "a9"},
	}
	makeWay(cards)
	var got []string
	for _, card := range cards {
		got = append(got, card.ToRank)
	}
	if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(cards) || got[0] == "a1" || got[2] == "a4" || got[4] == "a6" {
		t.Errorf("they stand at %q", got)
	}
}

// Cards that were away could be given the same place, each at a time when nobody stood there.
func TestCardsThatComeBackToOnePlaceStandBesideEachOther(t *testing.T) {
	t.Parallel()
	for _, taken := range []bool{false, true} {
		cards := []FormerCard{{ToRank: "a4", Taken: taken, Next: "a6"}, {ToRank: "a4", Taken: taken, Next: "a6"}, {ToRank: "a5"}, {ToRank: "a4", Taken: taken, Next: "a6"}}
		makeWay(cards)
		there := map[string]bool{"a4": taken}
		for _, card := range cards {
			if there[card.ToRank] || card.ToRank < "a4" || card.ToRank > "a5" {
				t.Errorf("taken %t: %+v", taken, cards)
			}
			there[card.ToRank] = true
		}
	}
}
