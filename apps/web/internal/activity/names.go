package activity

import (
	"net/http"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// namesFor finds the names that the sentence of an activity needs: those on the board, else what the api knows of that
// one thing. Names are an extra: what can't be read has none.
func namesFor(r *http.Request, api *kanbanapi.Client, board kanbanapi.Board, a kanbanapi.Activity) Names {
	names := onBoard(board)
	if id := a.CardId; id != nil && names.Cards[*id] == "" {
		names.Cards[*id] = titleOf(r, api, board.Id, a)
	}
	if id := a.ColumnId; id != nil && names.Columns[*id] == "" {
		names.addAway(r, api, board.Id, *id)
	}
	return names
}

// addAway adds the names of the columns in the archive and, unless one is among them, of those in the trash.
func (n Names) addAway(r *http.Request, api *kanbanapi.Client, board, column uuid.UUID) {
	for _, state := range []kanbanapi.State{kanbanapi.Archived, kanbanapi.Deleted} {
		away, _ := api.AwayColumns(r.Context(), board, kanbanapi.Find{State: state})
		for _, c := range away.Items {
			n.Columns[c.Id], n.Inside[c.Id] = c.Title, c.CardCount
		}
		if n.Columns[column] != "" {
			return
		}
	}
}

// lately is how many of the cards that were deleted last are looked through for a title.
const lately = 20

// titleOf is a card's title, "" if it has none any more.
func titleOf(r *http.Request, api *kanbanapi.Client, board uuid.UUID, a kanbanapi.Activity) string {
	if a.Verb != kanbanapi.CardDeleted {
		card, _ := api.Card(r.Context(), board, a.CardId.String())
		return card.Title
	}
	deleted, _ := api.AwayCards(r.Context(), board, kanbanapi.Find{State: kanbanapi.Deleted, Limit: lately})
	for _, card := range deleted.Items {
		if card.Id == *a.CardId {
			return card.Title
		}
	}
	return ""
}

func onBoard(board kanbanapi.Board) Names {
	names := Names{map[uuid.UUID]string{}, map[uuid.UUID]string{}, map[uuid.UUID]int{}}
	for _, column := range board.Columns {
		names.Columns[column.Id] = column.Title
		for _, card := range column.Cards {
			names.Cards[card.Id] = card.Title
		}
	}
	return names
}
