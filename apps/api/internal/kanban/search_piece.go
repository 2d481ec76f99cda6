package kanban

import (
	"slices"
	"strings"
)

// Piece is a part of a text: one that was looked for, or what stands between such.
type Piece struct {
	Text  string
	Match bool
}

// How many characters of a description are shown, and how many of them before the first match.
const excerptLength, excerptBefore = 200, 60

// TitlePieces marks in the hit's title what was looked for.
func (s Search) TitlePieces(h Hit) []Piece {
	return pieces([]rune(h.Title), s.matches([]rune(h.Title), h.Tier))
}

// Excerpt shows the part of the description where the first match is, nil when there is none in what is known of it.
func (s Search) Excerpt(h Hit) []Piece {
	text := []rune(h.Description)
	found := s.matches(text, h.Tier)
	if len(found) == 0 {
		return nil
	}
	from := max(0, found[0].from-excerptBefore)
	to := min(len(text), max(from+excerptLength, found[0].to))
	shown := found[:0:0]
	for _, m := range found {
		if m.to <= to {
			shown = append(shown, stretch{m.from - from, m.to - from})
		}
	}
	parts := pieces(text[from:to], shown)
	if from > 0 {
		parts = append([]Piece{{Text: "…"}}, parts...)
	}
	if to < len(text) {
		parts = append(parts, Piece{Text: "…"})
	}
	return parts
}

// stretch is a part of a text, in characters.
type stretch struct{ from, to int }

func pieces(text []rune, found []stretch) []Piece {
	var parts []Piece
	at := 0
	add := func(to int, match bool) {
		if to > at {
			parts = append(parts, Piece{Text: string(text[at:to]), Match: match})
			at = to
		}
	}
	for _, m := range found {
		add(m.from, false)
		add(m.to, true)
	}
	add(len(text), false)
	return parts
}

// matches are the stretches of a text that were looked for, from left to right, none over another.
func (s Search) matches(text []rune, tier Tier) []stretch {
	all := stretchesOf(text)
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = strings.ToLower(string(text[w.from:w.to]))
	}
	var found []stretch
	for _, term := range s.Terms {
		if term.Not {
			continue
		}
		if len(term.Words) == 0 {
			found = append(found, signsIn(text, []rune(term.Text))...)
			continue
		}
		for i := range words {
			if n := len(term.Words); i+n <= len(words) && term.fits(words[i:i+n], tier) {
				found = append(found, stretch{all[i].from, all[i+n-1].to})
			}
		}
	}
	slices.SortFunc(found, func(a, b stretch) int { return a.from - b.from })
	apart := found[:0]
	for _, m := range found {
		if len(apart) == 0 || m.from >= apart[len(apart)-1].to {
			apart = append(apart, m)
		}
	}
	return apart
}

// signsIn are the stretches of a text that are some signs.
func signsIn(text, signs []rune) []stretch {
	var found []stretch
	for i := range text {
		if to := i + len(signs); to <= len(text) && slices.Equal(text[i:to], signs) {
			found = append(found, stretch{i, to})
		}
	}
	return found
}

// fits reports whether as many words of a text are the term's.
func (t SearchTerm) fits(words []string, tier Tier) bool {
	for i, word := range words {
		begins := !t.Phrase() && strings.HasPrefix(word, t.Words[i])
		mistyped := tier == Nearly && len(words) == 1 && isNear(word, t.Words[i])
		if word != t.Words[i] && !begins && !mistyped {
			return false
		}
	}
	return true
}

// stretchesOf are where the words of a text are.
func stretchesOf(text []rune) []stretch {
	var all []stretch
	for i := 0; i < len(text); i++ {
		if !inWord(text[i]) {
			continue
		}
		from := i
		for i < len(text) && inWord(text[i]) {
			i++
		}
		all = append(all, stretch{from, i})
	}
	return all
}
