package rest

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"cardwall/apps/api/internal/live"
)

// marks are how a stream writes into an event's id how far all of its boards are, and reads it again when it is resumed.
type marks interface {
	write(to []byte, seqs []int64) []byte
	read(id string) (seqs []int64, ok bool)
}

// boardMarks are those of one board: its seq.
type boardMarks struct{}

func (boardMarks) write(to []byte, seqs []int64) []byte { return strconv.AppendInt(to, seqs[0], 10) }

func (boardMarks) read(id string) ([]int64, bool) {
	seq, err := strconv.ParseInt(id, 10, 64)
	return []int64{seq}, err == nil && seq >= 0
}

// boardsMarks are those of several boards: their seqs in the order in which they were asked for, behind a few letters that stand
// for the boards, so that an id isn't taken for one of others. The boards' own ids would make each event half a kilobyte longer.
type boardsMarks struct{ of string }

func marksOf(places []live.Place) boardsMarks {
	hash := sha256.New()
	for _, p := range places {
		_, _ = hash.Write(p.Board[:]) // never fails
	}
	return boardsMarks{of: base64.RawURLEncoding.EncodeToString(hash.Sum(nil)[:6])}
}

// markBase keeps seqs short.
const markBase = 36

func (m boardsMarks) write(to []byte, seqs []int64) []byte {
	to = append(to, m.of...)
	for _, seq := range seqs {
		to = strconv.AppendInt(append(to, '.'), seq, markBase)
	}
	return to
}

func (m boardsMarks) read(id string) ([]int64, bool) {
	of, rest, _ := strings.Cut(id, ".")
	if of != m.of {
		return nil, false
	}
	var seqs []int64
	for text := range strings.SplitSeq(rest, ".") {
		seq, err := strconv.ParseInt(text, markBase, 64)
		if err != nil || seq < live.FromNow {
			return nil, false
		}
		seqs = append(seqs, seq)
	}
	return seqs, true
}
