package postgres

import (
	"strings"

	"cardwall/apps/api/internal/kanban"
)

// words is a search as queries of the text index (to_tsquery), from the narrowest to the widest.
type words struct {
	whole, titled, anywhere string
	asked                   bool // for a word: otherwise they only say what is not to be there
}

func wordsOf(terms []kanban.SearchTerm) words {
	var w words
	for _, term := range terms {
		switch asked := operand(term); {
		case asked == "":
		case term.Not:
			not := "!(" + asked + begin(term) + ")"
			w = words{and(w.whole, not), and(w.titled, not), and(w.anywhere, not), w.asked}
		case term.Phrase():
			w = words{and(w.whole, asked+":A"), and(w.titled, asked+":A"), and(w.anywhere, asked), true}
		default:
			w = words{and(w.whole, asked+":A"), and(w.titled, asked+":*A"), and(w.anywhere, asked+":*"), true}
		}
	}
	return w
}

// operand is a term's words; "" for signs, which no text index has: SearchSigns and SearchRead look for them.
func operand(term kanban.SearchTerm) string {
	if len(term.Words) == 0 {
		return ""
	}
	return "'" + strings.Join(term.Words, " ") + "'"
}

// begin has a word, but no phrase, stand for all that begin so.
func begin(term kanban.SearchTerm) string {
	if term.Phrase() {
		return ""
	}
	return ":*"
}

func and(all, one string) string {
	if all == "" {
		return one
	}
	return all + " & " + one
}

// signs are the patterns of what has neither letters nor digits.
func signs(terms []kanban.SearchTerm) (are, areNot []string) {
	are, areNot = []string{}, []string{}
	for _, term := range terms {
		switch pattern := "%" + like.Replace(term.Text) + "%"; {
		case len(term.Words) > 0:
		case term.Not:
			areNot = append(areNot, pattern)
		default:
			are = append(are, pattern)
		}
	}
	return are, areNot
}
