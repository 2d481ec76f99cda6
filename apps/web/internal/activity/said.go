package activity

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
)

// Told is something that was done, with the names that its sentence needs.
type Told struct {
	kanbanapi.Activity
	Cards  int // how many were changed at once; columns, for a column's verb
	Names  Names
	Called string // what its card is called instead of by its name, where nothing else is told of
}

// Names are what things on a board are called; what has no name here is "a card", "a column".
type Names struct {
	Cards   map[uuid.UUID]string
	Columns map[uuid.UUID]string
	Inside  map[uuid.UUID]int // how many cards are in a column that is away
}

// said has a sentence for every verb, to be read after a name.
var said = map[kanbanapi.Verb]func(Told) string{
	kanbanapi.BoardCreated:   func(Told) string { return "put up the board" },
	kanbanapi.BoardRenamed:   func(t Told) string { return "renamed the board to " + quoted(t.now("title"), "") },
	kanbanapi.BoardArchived:  func(Told) string { return "archived the board" },
	kanbanapi.BoardRestored:  func(Told) string { return "brought the board back" },
	kanbanapi.BoardDeleted:   func(Told) string { return "deleted the board" },
	kanbanapi.ColumnCreated:  columnAdded,
	kanbanapi.ColumnEdited:   columnEdited,
	kanbanapi.ColumnMoved:    func(t Told) string { return "moved " + t.column() },
	kanbanapi.ColumnArchived: func(t Told) string { return "archived " + t.column() + t.inside() },
	kanbanapi.ColumnRestored: func(t Told) string { return "brought " + t.column() + " back" },
	kanbanapi.ColumnDeleted:  func(t Told) string { return "deleted " + t.column() + t.inside() },
	kanbanapi.ColumnPurged:   func(Told) string { return "deleted a column for good, which can’t be undone" },
	kanbanapi.CardCreated:    func(t Told) string { return "added " + t.added() + t.to() },
	kanbanapi.CardEdited:     cardEdited,
	kanbanapi.CardMoved:      cardMoved,
	kanbanapi.CardArchived:   func(t Told) string { return "archived " + t.card() },
	kanbanapi.CardRestored:   func(t Told) string { return "brought " + t.card() + " back" + t.to() },
	kanbanapi.CardDeleted:    func(t Told) string { return "deleted " + t.card() },
	kanbanapi.CardPurged:     func(t Told) string { return "deleted " + t.card() + " for good, which can’t be undone" },
	kanbanapi.CardLabelled:   func(t Told) string { return "put " + quoted(t.now("name"), "a label") + " on " + t.card() },
	kanbanapi.CardUnlabelled: func(t Told) string { return "took " + quoted(t.was("name"), "a label") + " off " + t.card() },
	kanbanapi.LabelCreated:   func(t Told) string { return "made the label " + quoted(t.now("name"), "") },
	kanbanapi.LabelEdited:    labelEdited,
	kanbanapi.LabelDeleted:   func(t Told) string { return "deleted the label " + quoted(t.was("name"), "") },
	kanbanapi.CardAssigned:   func(t Told) string { return "put " + t.person() + " on " + t.card() },
	kanbanapi.CardUnassigned: func(t Told) string { return "took " + t.person() + " off " + t.card() },

	kanbanapi.MemberInvited:       func(Told) string { return "invited somebody to the board" },
	kanbanapi.InvitationWithdrawn: func(Told) string { return "withdrew an invitation to the board" },
	kanbanapi.MemberJoined:        func(Told) string { return "joined the board" },
	kanbanapi.MemberRoleChanged:   func(t Told) string { return "made " + t.person() + " " + t.role() },
	kanbanapi.MemberRemoved:       func(t Told) string { return "took " + t.person() + " off the board" },
	kanbanapi.MemberRestored:      func(t Told) string { return "brought " + t.person() + " back to the board" },
	kanbanapi.MemberLeft:          func(Told) string { return "left the board" },
}

// Said is the sentence without its beginning and its end: "moved “Paint the door” to “Review”". A verb that it doesn't
// know, of an api that is newer, is "changed the board".
func (t Told) Said() string {
	if say, known := said[t.Verb]; known {
		return say(t)
	}
	return "changed the board"
}

func columnAdded(t Told) string {
	if t.Cards > 1 {
		return "added " + t.column()
	}
	return "added the column " + quoted(t.now("title"), "")
}

func columnEdited(t Told) string {
	was, now := t.was("title"), t.now("title")
	switch {
	case was != now:
		return "renamed the column " + quoted(was, "") + " to " + quoted(now, "")
	case t.Before["wip_limit"] != t.After["wip_limit"]:
		return "changed the WIP limit of the column " + quoted(now, "")
	case t.was("kind") != t.now("kind"):
		return "changed the kind of the column " + quoted(now, "")
	default:
		return "changed the colour of the column " + quoted(now, "")
	}
}

func cardEdited(t Told) string {
	switch {
	case len(t.After) > 1:
		return "changed " + t.facts() + t.card()
	case t.has("title"):
		return "renamed " + quoted(t.was("title"), "a card") + " to " + quoted(t.now("title"), "another name")
	case t.has("description"):
		return "changed the description of " + t.card()
	}
	if day, err := time.Parse(time.DateOnly, t.now("due_on")); err == nil {
		return "set the due date of " + t.card() + " to " + ui.DueDayInFull(day)
	}
	return "took the due date off " + t.card()
}

func cardMoved(t Told) string {
	if t.Cards > 1 && t.Undid != nil && (t.Redo == nil || !*t.Redo) { // they may have come from several columns
		return "moved " + t.card() + " back to where they were"
	}
	if t.ColumnId != nil && t.was("column_id") == t.ColumnId.String() {
		return "moved " + t.card() + " within " + quoted(t.Names.Columns[*t.ColumnId], "its column")
	}
	return "moved " + t.card() + t.to()
}

func labelEdited(t Told) string {
	if was, now := t.was("name"), t.now("name"); was != now {
		return "renamed the label " + quoted(was, "") + " to " + quoted(now, "")
	}
	return "changed the colour of the label " + quoted(t.now("name"), "")
}

// facts names what of a card was changed at once, "the title and the due date of ", as far as it knows that.
func (t Told) facts() string {
	var names []string
	for _, fact := range []struct{ key, name string }{{"title", "title"}, {"description", "description"}, {"due_on", "due date"}} {
		if t.has(fact.key) {
			names = append(names, "the "+fact.name)
		}
	}
	last := len(names) - 1
	if last < 1 {
		return ""
	}
	return strings.Join(names[:last], ", ") + " and " + names[last] + " of "
}

// card is what it was done to: one card by its name, or how many.
func (t Told) card() string {
	if t.Called != "" {
		return t.Called
	}
	if t.Cards > 1 {
		return ui.Plural(t.Cards, "card", "cards")
	}
	if t.CardId == nil {
		return "a card"
	}
	return quoted(t.Names.Cards[*t.CardId], "a card")
}

// person is whom it was done to.
func (t Told) person() string {
	switch {
	case t.Person == nil:
		return "somebody"
	case t.Person.Id == t.Actor.Id:
		return "themselves"
	default:
		return t.Person.Name
	}
}

func (t Told) role() string {
	switch role := t.now("role"); role {
	case string(kanbanapi.Owner), string(kanbanapi.Editor):
		return "an " + role
	case "":
		return "something else"
	default:
		return "a " + role
	}
}

// added is the card as it was called when it was made.
func (t Told) added() string {
	if t.Called != "" || t.Cards > 1 {
		return t.card()
	}
	return quoted(t.now("title"), t.card())
}

func (t Told) column() string {
	if t.Cards > 1 {
		return ui.Plural(t.Cards, "column", "columns")
	}
	if t.ColumnId == nil || t.Names.Columns[*t.ColumnId] == "" {
		return "a column"
	}
	return "the column " + quoted(t.Names.Columns[*t.ColumnId], "")
}

// to says where a card went, if that can be said.
func (t Told) to() string {
	if t.ColumnId == nil || t.Names.Columns[*t.ColumnId] == "" {
		return ""
	}
	return " to " + quoted(t.Names.Columns[*t.ColumnId], "")
}

func (t Told) inside() string {
	if t.ColumnId == nil || t.Cards > 1 || t.Names.Inside[*t.ColumnId] == 0 {
		return ""
	}
	return " and its " + ui.Plural(t.Names.Inside[*t.ColumnId], "card", "cards")
}

func (t Told) has(fact string) bool {
	_, told := t.After[fact]
	return told
}

func (t Told) was(fact string) string { return text(t.Before[fact]) }
func (t Told) now(fact string) string { return text(t.After[fact]) }

func text(fact any) string {
	words, _ := fact.(string)
	return words
}

// nameMost is how many characters of a name a sentence has room for.
const nameMost = 120

// quoted is a name in quotation marks; what has none is called otherwise.
func quoted(name, otherwise string) string {
	if name == "" && otherwise != "" {
		return otherwise
	}
	if letters := []rune(name); len(letters) > nameMost {
		name = strings.TrimSpace(string(letters[:nameMost])) + "…"
	}
	return "“" + name + "”"
}
