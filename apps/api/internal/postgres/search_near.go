package postgres

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// nearly looks for what is a letter away, from the beginning or from where a page of such ended.
func (x *searcher) nearly(ctx context.Context, after kanban.Mark) error {
	meant, all := mistyped(x.search.Terms)
	if len(all) == 0 {
		return nil
	}
	known, err := x.q.SearchKnown(ctx, all)
	if err != nil || len(known) == 0 {
		return err
	}
	if after.Tier == kanban.Nearly {
		x.at = after
	} else {
		x.at = kanban.Mark{Tier: kanban.Nearly, Card: uuid.Max}
	}
	x.words.anywhere, x.last, x.side = near(x.search.Terms, meant.among(known)), kanban.Nearly, nil
	return x.page(ctx)
}

// nearAtMost is how many words of a line may be mistyped at once: each costs a look for hundreds.
const nearAtMost = 3

// meant is what each word of a line may have been meant to be, besides itself.
type meant map[string][]string

// mistyped lists that for all words that may be mistyped, whether there are such words or not.
func mistyped(terms []kanban.SearchTerm) (each meant, all []string) {
	each = meant{}
	for _, term := range terms {
		if len(term.Words) != 1 || term.Not || len(each) == nearAtMost {
			continue
		}
		word := term.Words[0]
		near := slices.DeleteFunc(kanban.Near(word), func(near string) bool { return strings.HasPrefix(near, word) }) // begin has those
		if len(near) > 0 && each[word] == nil {
			each[word], all = near, append(all, near...)
		}
	}
	return each, all
}

// among keeps those that there are.
func (m meant) among(known []string) meant {
	kept := meant{}
	for word, near := range m {
		kept[word] = slices.DeleteFunc(slices.Clone(near), func(one string) bool { return !slices.Contains(known, one) })
	}
	return kept
}

// near is a query in which a word may be another that was meant.
func near(terms []kanban.SearchTerm, words meant) string {
	query := ""
	for _, term := range terms {
		asked := operand(term)
		if asked == "" {
			continue
		}
		asked += begin(term)
		if term.Not {
			asked = "!(" + asked + ")"
		} else if len(term.Words) == 1 && len(words[term.Words[0]]) > 0 {
			asked = "(" + asked + " | '" + strings.Join(words[term.Words[0]], "' | '") + "')"
		}
		query = and(query, asked)
	}
	return query
}
