// Package filter is the one line in which people say which cards they want to see:
//
//	rain                     the word is in the title or the description
//	"heavy rain"             so are these words, as they stand here
//	label:bug  label:"on hold"
//	col:"In review"
//	due:overdue  due:today  due:week  due:none
//	is:archived
//	@me  @ada  @"Ada Lovelace"
//	-label:bug               a minus turns any of them round
//
// Cards have to fit all of it. The package knows the grammar alone: which boards, labels and people there are is for others
// to know, and so is what fits. It depends on nothing.
package filter

import "strings"

// The bounds of a line.
const (
	CharactersAtMost = 500
	TermsAtMost      = 20
)

// Kind tells what a term is about.
type Kind string

// The kinds of terms.
const (
	Text   Kind = "text"  // a word, or several as they stand in quotation marks
	Label  Kind = "label" // the name of a label
	Column Kind = "col"   // the title of a column
	Due    Kind = "due"   // one of Dues
	Is     Kind = "is"    // one of States
	Person Kind = "@"     // a name, or "me"
)

// What can be asked of the due date.
const (
	Overdue = "overdue" // due before today
	Today   = "today"
	Week    = "week" // due today or within the six days after
	None    = "none" // not due at all
)

// Archived asks for what is in the archive.
const Archived = "archived"

// Dues and States are the values that there are.
var (
	Dues   = []string{Overdue, Today, Week, None}
	States = []string{Archived}
)

// Term is one thing that a line asks for.
type Term struct {
	Kind  Kind
	Value string // without quotation marks; of Due and Is, in small letters
	Not   bool   // a minus stands before it
	Span         // where it stands in the line
}

// Span is a part of a line.
type Span struct {
	Offset int // how many characters (Unicode code points) come before it
	Length int // in characters
}

// Query is a line that makes sense.
type Query struct{ Terms []Term }

// String writes the line in its one canonical form, which parses to the same terms.
func (q Query) String() string {
	texts := make([]string, len(q.Terms))
	for i, term := range q.Terms {
		texts[i] = term.String()
	}
	return strings.Join(texts, " ")
}

// Without is the query less one of its terms: where the cross on that term's chip leads to.
func (q Query) Without(i int) Query {
	return Query{Terms: append(append([]Term{}, q.Terms[:i]...), q.Terms[i+1:]...)}
}

// Asks reports whether a term of that kind and value is in the query, with no minus before it.
func (q Query) Asks(kind Kind, value string) bool {
	for _, term := range q.Terms {
		if term.Kind == kind && term.Value == value && !term.Not {
			return true
		}
	}
	return false
}
