package kanban

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Trace is what an activity leaves behind, without its texts; what it isn't about is uuid.Nil.
type Trace struct {
	Seq          int64
	ActorID      uuid.UUID
	ActorName    string
	Verb         Verb
	CardID       uuid.UUID
	CardNumber   int // 0 when it is gone for good
	ColumnID     uuid.UUID
	ColumnTitle  string    // as it is now
	FromColumnID uuid.UUID // where a card was before
	LabelID      uuid.UUID
	PersonID     uuid.UUID // who came, went, got another role, or is to do a card
	Undid        int64     // 0 for nothing
	Changed      []string  // what is told to be otherwise than it was
}

// Things are those whose traces are looked for.
type Things struct {
	Cards   []uuid.UUID
	Columns []uuid.UUID
	Labels  []uuid.UUID
	People  []uuid.UUID
	Board   bool
}

// checkSince refuses, as problem.Conflict "changed_since", to take back what somebody changed again: the same part of
// the same thing, by what is neither taken back nor took back something as late. How things stand now doesn't tell that:
// ranks are given out anew without an activity, and a text may be the same by chance.
func (u undo) checkSince(ctx context.Context, c Change, rows []Activity) error {
	watch, things := newWatch(rows)
	if watch.after == seqBefore(c) {
		return nil // nothing was done since
	}
	since, err := c.Since(ctx, watch.after, things)
	if err != nil {
		return err
	}
	by, seen, found := watch.broken(since)
	if !found {
		return nil
	}
	what := by.said(seen)
	if len(rows) > 1 {
		what = by.saidOfOne(seen, what)
	}
	who, end := by.ActorName, " since. Nothing was undone."
	if by.ActorID == u.actor {
		who = "You"
	}
	if u.redo {
		end = " since. Nothing was redone."
	}
	return problem.New(problem.Conflict, "changed_since", who+" "+what+end)
}

// watch is what must not have been changed.
type watch struct {
	after int64
	parts map[part]bool
	whole map[uuid.UUID]bool // any part of these
	there map[uuid.UUID]bool // these must be on the wall in the end
}

func newWatch(rows []Activity) (watch, Things) {
	w := watch{after: rows[len(rows)-1].Seq, parts: map[part]bool{}, whole: map[uuid.UUID]bool{}, there: map[uuid.UUID]bool{}}
	var things Things
	for _, row := range rows {
		t, back := traceOf(row), inverses[row.Verb]
		thing, parts := back.thing(t), back.parts(t)
		for _, name := range parts {
			w.parts[part{thing, name}] = true
		}
		if back.needs != nil {
			for _, p := range back.needs(t) {
				w.parts[p] = true
			}
		}
		w.whole[thing] = w.whole[thing] || back.whole
		w.there[thing] = !slices.Contains(parts, partStage)
		things.add(t, row)
	}
	return w, things
}

func (t *Things) add(trace Trace, row Activity) {
	switch {
	case row.CardID != nil:
		t.Cards = append(t.Cards, trace.CardID)
	case row.ColumnID != nil:
		t.Columns = append(t.Columns, trace.ColumnID)
	case trace.LabelID == uuid.Nil && trace.PersonID == uuid.Nil:
		t.Board = true
	}
	if trace.PersonID != uuid.Nil && !slices.Contains(t.People, trace.PersonID) {
		t.People = append(t.People, trace.PersonID)
	}
	if trace.LabelID != uuid.Nil && !slices.Contains(t.Labels, trace.LabelID) {
		t.Labels = append(t.Labels, trace.LabelID)
	}
}

// broken finds the last of the traces that stands in the way, and the part that it changed.
func (w watch) broken(since []Trace) (Trace, part, bool) {
	decided := map[uuid.UUID]bool{}
	for _, t := range slices.Backward(inForce(since)) {
		for _, p := range touched(t) {
			// To take back what is older still is no new work, that it would be a pity to hide.
			fresh := t.Undid == 0 || t.Undid > w.after
			if w.parts[p] || (w.whole[p.thing] && fresh) {
				return t, p, true
			}
			if p.name == partStage && w.there[p.thing] && !decided[p.thing] {
				if decided[p.thing] = true; away(t.Verb) {
					return t, p, true
				}
			}
		}
	}
	return Trace{}, part{}, false
}

// inForce leaves out what was taken back, together with what took it back. What took back something earlier stays.
func inForce(since []Trace) []Trace {
	left := make(map[int64]bool, len(since))
	for _, t := range since {
		if left[t.Undid] {
			delete(left, t.Undid)
		} else {
			left[t.Seq] = true
		}
	}
	return slices.DeleteFunc(since, func(t Trace) bool { return !left[t.Seq] })
}

// touched lists the parts that were changed.
func touched(t Trace) []part {
	verb := inverses[t.Verb]
	var all []part
	for _, name := range verb.parts(t) {
		all = append(all, part{verb.thing(t), name})
	}
	if verb.beside != nil {
		all = append(all, verb.beside(t)...)
	}
	return all
}

// away reports whether a thing isn't on the wall after that.
func away(verb Verb) bool {
	switch verb {
	case ColumnArchived, ColumnDeleted, ColumnPurged, CardArchived, CardDeleted, CardPurged, LabelDeleted, MemberRemoved, MemberLeft:
		return true
	default:
		return false
	}
}

// said tells what was done, after the name of who did it, to somebody who looks at that part.
func (t Trace) said(seen part) string {
	verb := inverses[t.Verb]
	if seen.name == partCards && seen.thing == t.LabelID {
		return verb.said(t) + " a card"
	}
	if seen.name == partCards {
		return cardsSaid(t, seen.thing)
	}
	if t.Verb == CardLabelled || t.Verb == CardUnlabelled {
		return verb.said(t) + " this card"
	}
	return verb.said(t)
}

// saidOfOne has what was said name the card or the column, where it is one of several that were changed at once.
func (t Trace) saidOfOne(seen part, said string) string {
	card, column := "one of these cards", "one of these columns"
	if t.CardNumber > 0 {
		card = fmt.Sprintf("#%d", t.CardNumber)
	}
	if t.ColumnID == seen.thing && t.ColumnTitle != "" {
		column = "“" + t.ColumnTitle + "”"
	}
	return strings.NewReplacer("this card", card, "this column", column).Replace(said)
}

// cardsSaid is for who looks at a column.
func cardsSaid(t Trace, column uuid.UUID) string {
	switch {
	case t.ColumnID != column:
		return "moved a card out of this column"
	case t.Verb == CardCreated, t.Verb == CardRestored, t.Verb == CardMoved && t.FromColumnID != column:
		return "put a card into this column"
	default:
		return "changed a card in this column"
	}
}

func words(said string) func(Trace) string { return func(Trace) string { return said } }

func cardMoved(t Trace) string {
	return "moved this card to “" + t.ColumnTitle + "”"
}

// partNames are what people call the parts that an edit changes.
var partNames = map[string]string{
	partTitle: "title", "description": "description", "due_on": "due date",
	"wip_limit": "WIP limit", "hue": "colour", "kind": "kind", "name": "name",
}

func editedThis(thing string) func(Trace) string {
	return func(t Trace) string {
		var names []string
		for _, name := range slices.Sorted(slices.Values(t.Changed)) {
			names = append(names, partNames[name])
		}
		return "changed this " + thing + "'s " + strings.Join(names, " and ")
	}
}
