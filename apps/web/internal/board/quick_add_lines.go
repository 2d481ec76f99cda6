package board

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const (
	listMax  = 20_000 // characters that the box takes
	linesMax = 100    // cards that it makes at once
)

// bullet begins a line of a list as other programs copy it, a box to tick too; quick-add.js knows the same.
var bullet = regexp.MustCompile(`^[-*+•] (?:\[[ xX]\] )?`)

// addCards takes a list that was pasted at a column's foot: a card for each line, in their order, or none.
func (h Handlers) addCards(w http.ResponseWriter, r *http.Request, board uuid.UUID, first kanbanapi.NewCard) error {
	titles := nonBlank(r.PostForm.Get("title"))
	if len(titles) > linesMax {
		return h.again(w, r, board, quickAddForm(first.ColumnId), problem.New(problem.Invalid, "too_many_lines",
			fmt.Sprintf("These are %d lines, and %d cards can be added at once. Nothing was added.", len(titles), linesMax)))
	}
	list := kanbanapi.NewCardList{ColumnId: first.ColumnId, Cards: make([]kanbanapi.NewCardLine, len(titles))}
	for i, title := range titles {
		list.Cards[i] = kanbanapi.NewCardLine{Id: lineID(first.Id, i), Title: title}
	}
	made, err := h.API.CreateCards(r.Context(), board, list)
	if err != nil {
		return h.again(w, r, board, quickAddForm(first.ColumnId), madeAlready(err))
	}
	return activity.SeenMany(w, r, line.Address(added(board, first.ColumnId, made.Cards[0]), line.Of(r)), made.Seq, len(made.Cards))
}

// nonBlank are the lines of a list without its bullets. Numbers stay: "3. Liga" may be a title.
func nonBlank(list string) []string {
	var lines []string
	for line := range strings.Lines(list) {
		if line = bullet.ReplaceAllString(ui.Line(line), ""); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// lineID makes the id of a line's card of the form's, so that a form that is sent twice makes each once.
func lineID(form *uuid.UUID, line int) *uuid.UUID {
	if form == nil {
		return nil
	}
	id := *form
	binary.BigEndian.PutUint32(id[12:], binary.BigEndian.Uint32(id[12:])+uint32(line))
	return &id
}
