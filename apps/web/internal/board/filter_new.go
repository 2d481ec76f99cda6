package board

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/packages/filter"
	"cardwall/packages/kanbanapi"
)

// What a filtered board does with cards that are added to it. A new card has a title and a column, so that the page knows
// itself whether it fits; one that doesn't is shown all the same until the page is loaded again, which says so.

// word is one that a new card's title has to have, or must not have; js/filter.js reads it.
type word struct {
	Text string `json:"text"`
	Not  bool   `json:"not,omitempty"`
}

// words are what a new card's title has to have and not to have.
func (a asked) words() []word {
	words := []word{}
	for _, term := range a.Query.Terms {
		if term.Kind == filter.Text {
			words = append(words, word{strings.ToLower(term.Value), term.Not})
		}
	}
	return words
}

// Misses reports whether no new card in a column fits, whatever it is called: it has no label, no date and nobody.
func (a asked) Misses(column string) bool {
	for _, term := range a.Query.Terms {
		fits := term.Kind == filter.Column && strings.EqualFold(term.Value, column) || term.Kind == filter.Due && term.Value == filter.None
		if term.Kind != filter.Text && fits == term.Not {
			return true
		}
	}
	return false
}

// fits reports whether a new card does.
func (a asked) fits(title, column string) bool {
	for _, w := range a.words() {
		if strings.Contains(strings.ToLower(title), w.Text) == w.Not {
			return false
		}
	}
	return !a.Misses(column)
}

// showMade puts a card that was just added on a board that is filtered so that it isn't there, and says why it will go.
func (h Handlers) showMade(r *http.Request, v *boardView) {
	if v.Made == "" || !v.Asked.On() {
		return
	}
	card, err := h.API.Card(r.Context(), v.Board.Id, v.Made)
	if err != nil {
		return // the message is an extra, as in activity.Read
	}
	for i := range v.Board.Columns {
		if c := &v.Board.Columns[i]; c.Id == card.ColumnId && !v.Asked.fits(card.Title, c.Title) {
			c.Cards = append(c.Cards, summaryOf(card))
			if c.MatchCount != nil {
				*c.MatchCount++
			}
			v.Odd = card.Id
			if v.Flash == nil {
				v.Flash = &activity.Flash{Says: "Added “" + card.Title + "”."}
			}
			v.Flash.Says = strings.TrimSuffix(v.Flash.Says, ".") + ". It doesn’t match the filter, and is shown until the page is loaded again."
		}
	}
}

// IsOdd reports whether a card is shown although it doesn't fit.
func (v boardView) IsOdd(c kanbanapi.CardSummary) bool { return v.Odd != uuid.Nil && c.Id == v.Odd }

// summaryOf is a card as its column's list has it.
func summaryOf(c kanbanapi.Card) kanbanapi.CardSummary {
	return kanbanapi.CardSummary{
		Id: c.Id, Number: c.Number, ColumnId: c.ColumnId, Title: c.Title, Version: c.Version,
		HasDescription: c.Description != "", DueOn: c.DueOn, LabelIds: c.LabelIds, AssigneeIds: c.AssigneeIds, Rank: c.Rank,
	}
}
