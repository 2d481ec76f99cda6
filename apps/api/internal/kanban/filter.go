package kanban

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/filter"
	"cardwall/packages/problem"
)

// Filter is a line that says which cards to show, for a reader in whose calendar it is a certain day.
type Filter struct {
	query filter.Query
	today time.Time
}

// NewFilter reads a line; problem.Invalid, pointing at the word, for one that makes no sense.
func NewFilter(line string, today time.Time) (Filter, error) {
	query, err := filter.Parse(line)
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		return Filter{}, problem.Validation(problem.Field{Field: "q", Code: wrong.Code, Detail: wrong.Detail, At: at(wrong.Span)})
	}
	return Filter{query: query, today: today}, err
}

func at(span filter.Span) *problem.Span {
	return &problem.Span{Offset: span.Offset, Length: span.Length}
}

// Today is the day that it is for the reader.
func (f Filter) Today() time.Time { return f.today }

// Line is the filter in its canonical form.
func (f Filter) Line() string { return f.query.String() }

// Labelled reports whether the board's labels have to be known to tell what matches.
func (f Filter) Labelled() bool {
	return slices.ContainsFunc(f.query.Terms, func(t filter.Term) bool { return t.Kind == filter.Label })
}

// Peopled reports whether it has to be known who is on the board to tell what matches.
func (f Filter) Peopled() bool {
	return slices.ContainsFunc(f.query.Terms, func(t filter.Term) bool { return t.Kind == filter.Person })
}

// Match is what cards of one board have to be.
type Match struct {
	Words, NotWords   []string // pieces of text that the title or the description has, regardless of case, and hasn't
	Labels, NotLabels []uuid.UUID
	People            [][]uuid.UUID // one of each of these is to do the card
	NotPeople         []uuid.UUID   // and none of these
	Nobody            bool          // somebody is named whom there isn't: no card can match
	Columns           []uuid.UUID   // the columns in which they may stand
	Dues              []Due         // what may be said of the due date; nil for anything
	Today             time.Time
	Archived          bool // they are in the archive, rather than on the wall
}

// Nothing reports whether no card can match.
func (m Match) Nothing() bool {
	return m.Nobody || len(m.Columns) == 0 || (m.Dues != nil && len(m.Dues) == 0)
}

// On tells what the filter means on a board. A name that no label, column or member has matches nothing, and its
// negation everything: an address that somebody kept outlives what it names.
func (f Filter) On(labels []Label, columns []Column, people People) Match {
	m := Match{Today: f.today, Columns: idsOfColumns(columns), Archived: f.query.Asks(filter.Is, filter.Archived)}
	for _, term := range f.query.Terms {
		switch term.Kind {
		case filter.Text:
			m.text(term)
		case filter.Label:
			m.label(term, labels)
		case filter.Column:
			m.column(term, columns)
		case filter.Due:
			m.due(term)
		case filter.Person:
			m.person(term, people)
		case filter.Is:
			if m.Archived && term.Not {
				m.Columns = nil
			}
		}
	}
	return m
}

func (m *Match) text(term filter.Term) {
	if term.Not {
		m.NotWords = append(m.NotWords, term.Value)
	} else {
		m.Words = append(m.Words, term.Value)
	}
}

func (m *Match) label(term filter.Term, labels []Label) {
	key := nameKey(term.Value)
	named := slices.IndexFunc(labels, func(l Label) bool { return nameKey(l.Name) == key })
	switch {
	case named < 0 && !term.Not:
		m.Columns = nil
	case named >= 0 && term.Not:
		m.NotLabels = append(m.NotLabels, labels[named].ID)
	case named >= 0 && !slices.Contains(m.Labels, labels[named].ID):
		m.Labels = append(m.Labels, labels[named].ID)
	}
}

func (m *Match) column(term filter.Term, columns []Column) {
	key := nameKey(term.Value)
	m.Columns = slices.DeleteFunc(m.Columns, func(id uuid.UUID) bool {
		at := slices.IndexFunc(columns, func(c Column) bool { return c.ID == id })
		return (nameKey(columns[at].Title) == key) == term.Not
	})
}

func idsOfColumns(columns []Column) []uuid.UUID {
	ids := make([]uuid.UUID, len(columns))
	for i, column := range columns {
		ids[i] = column.ID
	}
	return ids
}
