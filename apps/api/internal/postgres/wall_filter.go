package postgres

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// filtered is the board with those of its cards that match, as cards_matching says it in SQL.
func (w *wall) filtered(row dbgen.BoardReadRow, match kanban.Match, perColumn int) kanban.Board {
	columns, within := make([]kanban.BoardColumn, len(w.columns)), make([]bool, len(w.columns))
	for i, column := range w.columns {
		columns[i] = kanban.BoardColumn{Column: column, Collapsed: slices.Contains(row.Collapsed, column.ID), Matches: new(int)}
		within[i] = slices.Contains(match.Columns, column.ID)
	}
	if !match.Nothing() {
		today := day(match.Today)
		for i := range w.cards {
			card := &w.cards[i]
			if !within[card.column] || card.archived != match.Archived || !card.fits(match, today) {
				continue
			}
			column := &columns[card.column]
			if *column.Matches++; *column.Matches <= perColumn {
				column.Items = append(column.Items, card.CardSummary)
			}
		}
	}
	return readBoard(row, w.labels, columns)
}

// fits reports whether a card is as the filter wants it, whose words are in small letters.
func (c *wallCard) fits(match kanban.Match, today time.Time) bool {
	if match.Dues != nil && !slices.Contains(match.Dues, dueOf(c.DueOn, today)) {
		return false
	}
	carries := func(label uuid.UUID) bool { return slices.Contains(c.LabelIDs, label) }
	does := func(person uuid.UUID) bool { return slices.Contains(c.AssigneeIDs, person) }
	has := func(word string) bool { return strings.Contains(c.small, word) }
	for _, label := range match.Labels {
		if !carries(label) {
			return false
		}
	}
	for _, called := range match.People {
		if !slices.ContainsFunc(called, does) {
			return false
		}
	}
	for _, word := range match.Words {
		if !has(word) {
			return false
		}
	}
	return !slices.ContainsFunc(match.NotLabels, carries) && !slices.ContainsFunc(match.NotPeople, does) && !slices.ContainsFunc(match.NotWords, has)
}

// dueOf says what is true of a card's due date on a day.
func dueOf(on *time.Time, today time.Time) kanban.Due {
	switch {
	case on == nil:
		return kanban.DueNever
	case on.Before(today):
		return kanban.DueBefore
	case on.Equal(today):
		return kanban.DueToday
	case !on.After(today.AddDate(0, 0, weekDays)):
		return kanban.DueInAWeek
	default:
		return kanban.DueLater
	}
}

// weekDays is how many days after today a week goes on.
const weekDays = 6

// day is a moment's, as a date is read from the database.
func day(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// inSmallLetters has a filter's words as the cards' texts are kept. What Postgres makes of letters that aren't ASCII's is for the
// database's locale to say.
func inSmallLetters(ctx context.Context, q *dbgen.Queries, match kanban.Match) (kanban.Match, error) {
	words := slices.Concat(match.Words, match.NotWords)
	small, err := lowered(ctx, q, words)
	if err != nil {
		return match, err
	}
	match.Words, match.NotWords = small[:len(match.Words)], small[len(match.Words):]
	return match, nil
}

func lowered(ctx context.Context, q *dbgen.Queries, words []string) ([]string, error) {
	if slices.ContainsFunc(words, func(word string) bool { return strings.ContainsFunc(word, func(c rune) bool { return c >= 0x80 }) }) {
		return q.WallSmall(ctx, words)
	}
	small := make([]string, len(words))
	for i, word := range words {
		small[i] = strings.ToLower(word)
	}
	return small, nil
}
