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
		if card, err := api.Card(r.Context(), board.Id, id.String()); err == nil {
			names.Cards[*id] = card.Title
		}
	}
	if id := a.ColumnId; id != nil && names.Columns[*id] == "" {
		archived, err := api.AwayColumns(r.Context(), board.Id, kanbanapi.Find{State: kanbanapi.Archived})
		if err != nil {
			return names
		}
		for _, c := range archived.Items {
			names.Columns[c.Id], names.Inside[c.Id] = c.Title, c.CardCount
		}
	}
	return names
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
