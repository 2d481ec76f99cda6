package postgres

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// matches are the first cards that match of each column, and how many there are in all.
type matches struct {
	cards []kanban.CardSummary
	count map[uuid.UUID]int
}

func (m matches) in(column uuid.UUID) *int {
	n := m.count[column]
	return &n
}

// findMatches reads a page of what matches in each of some columns.
func findMatches(ctx context.Context, q *dbgen.Queries, board uuid.UUID, what sought, columns []kanban.Column, page kanban.Page) (matches, error) {
	rank := ""
	var labels []kanban.Label
	var err error
	if page.After != uuid.Nil { // which is then of one column
		if rank, err = rankOf(ctx, q, board, columns[0].ID, page.After); err != nil {
			return matches{}, err
		}
	}
	if what.filter.Labelled() {
		if labels, err = readLabels(ctx, q, board, nil); err != nil {
			return matches{}, err
		}
	}
	match := what.filter.On(labels, columns, what.people)
	if match.Nothing() {
		return matches{}, nil
	}
	which := matching(board, match)
	which.AfterRank, which.After, which.MaxRows = rank, page.After, page.Limit
	found := matches{count: map[uuid.UUID]int{}}
	if found.cards, err = listMatching(ctx, q, which, match.Archived); err != nil {
		return matches{}, err
	}
	return found, found.complete(ctx, q, which, match.Archived)
}

// complete counts anew where there are more than were read.
func (m matches) complete(ctx context.Context, q *dbgen.Queries, which dbgen.CardListMatchingParams, archived bool) error {
	for _, card := range m.cards {
		m.count[card.ColumnID]++
	}
	var more []uuid.UUID
	for _, column := range which.Columns {
		if m.count[column] == which.MaxRows || which.After != uuid.Nil {
			more = append(more, column)
		}
	}
	if more == nil {
		return nil
	}
	rows, err := q.CardCountMatching(ctx, dbgen.CardCountMatchingParams{
		BoardID: which.BoardID, Columns: more, Archived: archived, Words: which.Words, NotWords: which.NotWords,
		Dues: which.Dues, Today: which.Today, WeekEnd: which.WeekEnd, Labels: which.Labels, NotLabels: which.NotLabels,
		People: which.People, PeopleTerms: which.PeopleTerms, NotPeople: which.NotPeople,
	})
	for _, row := range rows {
		m.count[row.ColumnID] = row.Matches
	}
	return err
}

func listMatching(ctx context.Context, q *dbgen.Queries, which dbgen.CardListMatchingParams, archived bool) ([]kanban.CardSummary, error) {
	if !archived {
		rows, err := q.CardListMatching(ctx, which)
		return cardSummaries(rows), err
	}
	rows, err := q.CardListMatchingArchived(ctx, dbgen.CardListMatchingArchivedParams(which))
	return cardSummaries(rows), err
}

// matching says what matches as the statements want it: no array is null.
func matching(board uuid.UUID, match kanban.Match) dbgen.CardListMatchingParams {
	which := dbgen.CardListMatchingParams{
		BoardID: board, Columns: match.Columns, Labels: some(match.Labels), NotLabels: some(match.NotLabels), NotPeople: some(match.NotPeople), Dues: make([]string, len(match.Dues)),
		Today: match.Today, WeekEnd: match.Today.AddDate(0, 0, weekDays), Words: patterns(match.Words), NotWords: patterns(match.NotWords),
	}
	which.People, which.PeopleTerms = peopleTerms(match.People)
	for i, due := range match.Dues {
		which.Dues[i] = string(due)
	}
	return which
}

// peopleTerms are all of the people, and beside each the number of the term that names them.
func peopleTerms(terms [][]uuid.UUID) (people []uuid.UUID, numbers []int) {
	people, numbers = []uuid.UUID{}, []int{}
	for n, called := range terms {
		for _, id := range called {
			people, numbers = append(people, id), append(numbers, n)
		}
	}
	return people, numbers
}

func some[T any](list []T) []T { return append([]T{}, list...) }

// like has in a pattern what LIKE would take for something else.
var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// patterns are what a text that has the words is like.
func patterns(words []string) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = "%" + like.Replace(word) + "%"
	}
	return all
}
