package kanban

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"cardwall/packages/filter"
	"cardwall/packages/problem"
)

// Search is a line that says which cards to find, on all boards that one is on.
type Search struct {
	Filter
	Terms   []SearchTerm // at least one of them isn't negated
	Cards   Match        // what else is said of the cards; Labels and Columns are named below, and people are for Among to find
	Labels  Names        // by their keys
	Columns Names        // by their titles
}

// Names are those that something must have, and those that it must not.
type Names struct{ Are, AreNot []string }

// SearchTerm is a word or a phrase.
type SearchTerm struct {
	Words []string // in small letters, without what stands between them; empty for what has neither letters nor digits
	Text  string   // as it was written
	Not   bool
}

// Phrase reports whether the words are meant as they stand, rather than as the beginning of one.
func (t SearchTerm) Phrase() bool { return strings.Contains(t.Text, " ") }

// Tier says how well a card fits; the lower, the better.
type Tier int

// The tiers.
const (
	WholeTitle Tier = 1 + iota // all words are in the title
	TitleBegin                 // all are, or words that begin so
	Anywhere                   // some are only in the description
	Nearly                     // of some there is only what is one letter away
)

// Mark is where a page of what was found ends.
type Mark struct {
	Tier Tier
	Card uuid.UUID
	Bare bool // nothing was found before it
}

// Hit is a card that fits, and where it is.
type Hit struct {
	Tier        Tier
	Board       uuid.UUID
	BoardTitle  string
	ID          uuid.UUID
	Number      int
	Column      uuid.UUID
	ColumnTitle string
	ColumnKind  Kind
	Title       string
	Description string // the beginning of it
	Labels      []Label
	DueOn       *time.Time
	Archived    bool // or its column is, or its board
}

// NewSearch reads a line; problem.Invalid as NewFilter makes it, and for a line without any word to look for.
func NewSearch(line string, today time.Time) (Search, error) {
	read, err := NewFilter(line, today)
	if err != nil {
		return Search{}, err
	}
	s := Search{Filter: read, Cards: read.On(nil, nil, People{})}
	for _, term := range read.query.Terms {
		switch term.Kind {
		case filter.Text:
			s.Terms = append(s.Terms, SearchTerm{Words: wordsOf(term.Value), Text: term.Value, Not: term.Not})
		case filter.Label:
			s.Labels.add(nameKey(term.Value), term.Not)
		case filter.Column:
			s.Columns.add(term.Value, term.Not)
		}
	}
	if !slices.ContainsFunc(s.Terms, func(t SearchTerm) bool { return !t.Not }) {
		return Search{}, problem.Validation(problem.Field{Field: "q", Code: "no_word", Detail: "Say at least one word to look for."})
	}
	return s, nil
}

func (n *Names) add(name string, not bool) {
	list := &n.Are
	if not {
		list = &n.AreNot
	}
	if !slices.Contains(*list, name) {
		*list = append(*list, name)
	}
}

// wordsOf parts a text where there is neither letter nor digit, as the text index does.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !inWord(c) })
}

func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) }

// Among tells what else is said of the cards, once it is known who is on the boards.
func (s Search) Among(people People) Match { return s.On(nil, nil, people) }

// Contradicts reports whether no card can fit.
func (s Search) Contradicts() bool {
	return (s.Cards.Dues != nil && len(s.Cards.Dues) == 0) || (s.Cards.Archived && slices.ContainsFunc(s.query.Terms, func(t filter.Term) bool { return t.Kind == filter.Is && t.Not }))
}

// Search finds cards on the actor's boards, best first and among equals the newest, from a mark on; next is where the page
// ends, nil when nothing follows. A page may have less than the limit before another one: it ends where it has taken long enough.
func (s *Service) Search(ctx context.Context, actor Actor, search Search, after *Mark, limit int) (found []Hit, next *Mark, err error) {
	if search.Contradicts() {
		return nil, nil, nil
	}
	if after == nil {
		after = &Mark{Tier: WholeTitle, Card: uuid.Max, Bare: true}
	}
	found, next, err = s.store.Search(ctx, actor.ID, search, *after, limit+1)
	if err == nil && len(found) > limit {
		found = found[:limit]
		last := found[limit-1]
		next = &Mark{Tier: last.Tier, Card: last.ID}
	}
	return found, next, err
}
