package kanban

import (
	"context"
	"reflect"

	"github.com/google/uuid"
)

// inverse says of a verb what it changes, and how that is taken back.
type inverse struct {
	thing  func(Trace) uuid.UUID                                                    // what it is done to
	parts  func(Trace) []string                                                     // which parts of it that changes
	beside func(Trace) []part                                                       // which parts of other things
	needs  func(Trace) []part                                                       // what else must be as it was, for it to be taken back
	whole  bool                                                                     // taking it back takes the thing away, which hides what was done to it: all of it must be as it was
	said   func(Trace) string                                                       // it, after a name
	take   func(ctx context.Context, c Change, rows []Activity) ([]Activity, error) // nil for what can't be taken back
	never  string                                                                   // why it can't, if somebody may expect it to
}

// inverses has every verb. What they do is what the verbs themselves do, and is told with the same verbs.
var inverses = map[Verb]inverse{
	BoardCreated:  {thing: theBoard, parts: only(partStage), said: words("created this board")},
	BoardRenamed:  {thing: theBoard, parts: only(partTitle), said: words("renamed this board"), take: renameBoardBack},
	BoardArchived: {thing: theBoard, parts: only(partStage), said: words("archived this board"), take: boardBack},
	BoardRestored: {thing: theBoard, parts: only(partStage), said: words("brought this board back"), take: boardBack},
	BoardDeleted:  {thing: theBoard, parts: only(partStage), said: words("deleted this board"), take: boardBack},

	ColumnCreated:  {thing: theColumn, parts: only(partStage), whole: true, said: words("made this column"), take: columnsBack},
	ColumnEdited:   {thing: theColumn, parts: changed, said: editedThis("column"), take: editColumnBack},
	ColumnMoved:    {thing: theColumn, parts: only(partPlace), said: words("moved this column"), take: moveColumnBack},
	ColumnArchived: {thing: theColumn, parts: only(partStage), said: words("archived this column"), take: columnsBack},
	ColumnRestored: {thing: theColumn, parts: only(partStage), whole: true, said: words("brought this column back"), take: columnsBack},
	ColumnDeleted:  {thing: theColumn, parts: only(partStage), said: words("deleted this column"), take: columnsBack},
	ColumnPurged:   {thing: theColumn, parts: only(partStage), said: words("deleted this column for good")},

	CardCreated:  {thing: theCard, parts: only(partStage), beside: inColumn, whole: true, said: words("made this card"), take: standBack},
	CardEdited:   {thing: theCard, parts: changed, beside: inColumn, said: editedThis("card"), take: editCardBack},
	CardMoved:    {thing: theCard, parts: only(partPlace), beside: inColumn, said: cardMoved, take: moveCardsBack},
	CardArchived: {thing: theCard, parts: only(partStage), beside: inColumn, said: words("archived this card"), take: standBack},
	CardRestored: {thing: theCard, parts: only(partStage), beside: inColumn, whole: true, said: words("brought this card back"), take: standBack},
	CardDeleted:  {thing: theCard, parts: only(partStage), beside: inColumn, said: words("deleted this card"), take: standBack},
	CardPurged:   {thing: theCard, parts: only(partStage), beside: inColumn, said: words("deleted this card for good")},

	CardLabelled:   {thing: theCard, parts: itsLabel, beside: onCards, needs: labelStands, said: words("put this label on"), take: labelCardsBack},
	CardUnlabelled: {thing: theCard, parts: itsLabel, beside: onCards, needs: labelStands, said: words("took this label off"), take: labelCardsBack},
	LabelCreated:   {thing: theLabel, parts: only(partStage), whole: true, said: words("made this label"), take: labelAway},
	LabelEdited:    {thing: theLabel, parts: changed, said: editedThis("label"), take: editLabelBack},
	LabelDeleted:   {thing: theLabel, parts: only(partStage), said: words("deleted this label"), take: labelBack},

	CardAssigned:   {thing: theCard, parts: itsAssignee, beside: inColumn, needs: memberStands, said: assigned, take: assignCardsBack},
	CardUnassigned: {thing: theCard, parts: itsAssignee, beside: inColumn, needs: memberStands, said: assigned, take: assignCardsBack},

	// Whoever joined or left did so themselves, and is on the board to take it back no more, or would be off it; a mail that is out is out.
	MemberInvited:       {thing: theBoard, parts: only(partInvitations), said: words("invited somebody"), never: "An invitation that is out can't be undone. It can be withdrawn, among the members."},
	InvitationWithdrawn: {thing: theBoard, parts: only(partInvitations), said: words("withdrew an invitation"), never: "An invitation that was withdrawn doesn't come back. Invite them again, among the members."},
	MemberJoined:        {thing: theMember, parts: only(partStage), said: words("joined this board")},
	MemberLeft:          {thing: theMember, parts: only(partStage), said: words("left this board")},
	MemberRoleChanged:   {thing: theMember, parts: only(partRole), said: words("changed this member's role"), take: changeRolesBack},
	MemberRemoved:       {thing: theMember, parts: only(partStage), said: words("took this member off the board"), take: memberBack},
	MemberRestored:      {thing: theMember, parts: only(partStage), whole: true, said: words("brought this member back"), take: memberAway},
}

// part is a part of one thing, of which two people's changes can be told apart. The board itself is uuid.Nil.
type part struct {
	thing uuid.UUID
	name  string
}

// The parts that have no name among what activities tell.
const (
	partStage = "stage" // whether it is on the wall, in the archive or in the trash
	partPlace = "place"
	partTitle = "title"
	partCards = "cards" // which a column holds, or which carry a label
	partRole  = "role"

	partInvitations = "invitations"
)

func theBoard(Trace) uuid.UUID    { return uuid.Nil }
func theColumn(t Trace) uuid.UUID { return t.ColumnID }
func theCard(t Trace) uuid.UUID   { return t.CardID }
func theLabel(t Trace) uuid.UUID  { return t.LabelID }

func theMember(t Trace) uuid.UUID { return t.PersonID }

func only(name string) func(Trace) []string { return func(Trace) []string { return []string{name} } }
func changed(t Trace) []string              { return t.Changed }
func itsLabel(t Trace) []string             { return []string{"label " + t.LabelID.String()} }
func labelStands(t Trace) []part            { return []part{{t.LabelID, partStage}} }
func itsAssignee(t Trace) []string          { return []string{"assignee " + t.PersonID.String()} }
func memberStands(t Trace) []part           { return []part{{t.PersonID, partStage}} }

// inColumn is for what is done to a card: its column has another card then, or one card more or less, and so has the one
// that it came from.
func inColumn(t Trace) []part {
	if t.Verb == CardMoved && t.FromColumnID != t.ColumnID {
		return []part{{t.ColumnID, partCards}, {t.FromColumnID, partCards}}
	}
	return []part{{t.ColumnID, partCards}}
}

// onCards is for what is done to a card with a label.
func onCards(t Trace) []part { return append(inColumn(t), part{t.LabelID, partCards}) }

// traceOf is what an activity leaves behind.
func traceOf(a Activity) Trace {
	t := Trace{Seq: a.Seq, Verb: a.Verb}
	if a.CardID != nil {
		t.CardID = *a.CardID
	}
	if a.ColumnID != nil {
		t.ColumnID = *a.ColumnID
	}
	if a.PersonID != nil {
		t.PersonID = *a.PersonID
	}
	if t.LabelID = idIn(a.Became, "label_id"); t.LabelID == uuid.Nil {
		t.LabelID = idIn(a.Was, "label_id")
	}
	t.FromColumnID, t.Changed = idIn(a.Was, "column_id"), changedIn(a)
	return t
}

// changedIn lists what an activity tells to be otherwise than it was.
func changedIn(a Activity) []string {
	var names []string
	for name, now := range a.Became {
		if was, told := a.Was[name]; !told || !reflect.DeepEqual(was, now) {
			names = append(names, name)
		}
	}
	return names
}

// What an activity tells comes back from the store as JSON has it; what it doesn't tell, or no longer, is zero.

func textIn(facts map[string]any, name string) string {
	text, _ := facts[name].(string)
	return text
}

func flagIn(facts map[string]any, name string) bool {
	flag, _ := facts[name].(bool)
	return flag
}

func numberIn(facts map[string]any, name string) *int {
	number, told := facts[name].(float64)
	if !told {
		return nil
	}
	whole := int(number)
	return &whole
}

func idIn(facts map[string]any, name string) uuid.UUID {
	id, _ := uuid.Parse(textIn(facts, name)) // no id is the zero one
	return id
}

func idsIn(facts map[string]any, name string) []uuid.UUID {
	list, _ := facts[name].([]any)
	var ids []uuid.UUID
	for _, each := range list {
		if text, ok := each.(string); ok {
			ids = append(ids, idIn(map[string]any{"": text}, ""))
		}
	}
	return ids
}
