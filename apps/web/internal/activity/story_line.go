package activity

import (
	"strconv"
	"strings"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/address"
	"cardwall/packages/kanbanapi"
)

// Line is one thing that was done, or what was done to several cards at once.
type Line struct {
	Told
	board  uuid.UUID
	number int  // of the card that it is about, 0 when that is one of several or can't be opened
	leads  bool // its column is on the wall
}

func newNames(of kanbanapi.StoryNames) Names {
	names := Names{map[uuid.UUID]string{}, map[uuid.UUID]string{}, nil}
	for _, card := range of.Cards {
		names.Cards[card.Id] = card.Title
	}
	for _, column := range of.Columns {
		names.Columns[column.Id] = column.Title
	}
	return names
}

func (s Story) line(item kanbanapi.StoryLine, names Names, of kanbanapi.StoryNames) Line {
	l := Line{Told: Told{Activity: item.Activity, Cards: item.Cards, Names: names}, board: s.Board.Id}
	if s.Card != nil {
		l.Called = "this card"
	}
	for _, card := range of.Cards {
		if l.CardId != nil && card.Id == *l.CardId && !card.Deleted && l.Cards == 1 && s.Card == nil {
			l.number = card.Number
		}
	}
	for _, column := range of.Columns {
		l.leads = l.leads || l.ColumnId != nil && column.Id == *l.ColumnId && column.Live
	}
	return l
}

// Sign says that it was an undo or a redo, "" for neither.
func (l Line) Sign() string {
	switch {
	case l.Undid == nil:
		return ""
	case l.Redo != nil && *l.Redo:
		return redoes
	}
	return undoes
}

// Number is the card's, as it is written, when its name isn't in the sentence.
func (l Line) Number() string {
	if l.number == 0 || strings.Contains(l.Said(), l.card()) {
		return ""
	}
	return "#" + strconv.Itoa(l.number)
}

// piece is a part of a sentence that leads somewhere, or nowhere.
type piece struct{ Text, To string }

// Pieces are the sentence, in which the names of what can be opened lead there.
func (l Line) Pieces() []piece {
	rest, pieces := l.Said(), []piece(nil)
	lead := func(name, to string) {
		if before, after, found := strings.Cut(rest, name); found {
			pieces, rest = append(pieces, piece{Text: before}, piece{name, to}), after
		}
	}
	if l.number > 0 {
		lead(l.card(), l.cardPath())
	}
	if l.leads && l.Names.Columns[*l.ColumnId] != "" {
		lead(quoted(l.Names.Columns[*l.ColumnId], ""), address.ColumnOnBoard(l.board, *l.ColumnId))
	}
	return append(pieces, piece{Text: rest})
}

func (l Line) cardPath() string { return address.Card(l.board, l.number) }
