package diff

import (
	"strings"
	"unicode"
)

// Op says what became of a piece of text.
type Op int

// What becomes of text; a line is Changed when parts of it went or came.
const (
	Same Op = iota
	Gone
	New
	Changed
)

// Piece is a part of a line.
type Piece struct {
	Op   Op
	Text string
}

// Words tells how one line became another, in pieces that are Same, Gone or New; what came stands after what went.
func Words(old, now string) []Piece {
	was, is := words(old), words(now)
	var pieces pieces
	at := 0
	for _, h := range joined(hunks(was, is), was) {
		pieces.add(Same, was[at:h.lo])
		pieces.add(Gone, was[h.lo:h.hi])
		pieces.add(New, is[h.toLo:h.toHi])
		at = h.hi
	}
	pieces.add(Same, was[at:])
	return pieces
}

type pieces []Piece

func (p *pieces) add(op Op, words []string) {
	if len(words) > 0 {
		*p = append(*p, Piece{op, strings.Join(words, "")})
	}
}

// joined makes one hunk of two that only white space parts: read as one, a phrase was replaced.
func joined(list []hunk, words []string) []hunk {
	var all []hunk
	for _, h := range list {
		if n := len(all) - 1; n >= 0 && strings.TrimSpace(strings.Join(words[all[n].hi:h.lo], "")) == "" {
			all[n].hi, all[n].toHi = h.hi, h.toHi
			continue
		}
		all = append(all, h)
	}
	return all
}

// words cuts a line between words, spaces and signs; put together again, they are the line. Writing that parts no words is
// cut between its letters. What makes one sign with the one before it stays with that.
func words(line string) []string {
	var list []string
	var last kind
	glued := false
	for _, c := range line {
		now := kindOf(c)
		if n := len(list) - 1; n >= 0 && (glued || now == mark || (now == last && now != sign)) {
			list[n] += string(c)
		} else {
			list = append(list, string(c))
		}
		if glued = c == zeroWidthJoiner; now != mark {
			last = now
		}
	}
	return list
}

type kind int

const (
	sign kind = iota
	letter
	space
	mark
)

const zeroWidthJoiner = '\u200d'

func kindOf(c rune) kind {
	switch {
	case unicode.IsMark(c), c == zeroWidthJoiner, c >= 0x1f3fb && c <= 0x1f3ff: // the last are skin tones
		return mark
	case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return sign
	case unicode.IsLetter(c), unicode.IsDigit(c), c == '_', c == '\'', c == '’':
		return letter
	case unicode.IsSpace(c):
		return space
	}
	return sign
}
