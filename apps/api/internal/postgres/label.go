package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Labels implements kanban.Store.
func (s *Store) Labels(ctx context.Context, person, board uuid.UUID) (labels []kanban.ListedLabel, seq int64, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		rows, err := q.LabelCountByBoard(ctx, board)
		seq, labels = state.Seq, make([]kanban.ListedLabel, len(rows))
		for i, row := range rows {
			labels[i] = kanban.ListedLabel{CardCount: row.CardCount, Label: kanban.Label{
				ID: row.ID, BoardID: row.BoardID, Name: row.Name, Hue: kanban.Hue(row.Hue), Version: row.Version, CreatedBy: row.CreatedBy, Seq: seq,
			}}
		}
		return err
	})
	return labels, seq, err
}

// readLabels lists a board's labels and tells the given cards which of them they carry, in the labels' order.
func readLabels(ctx context.Context, q *dbgen.Queries, board uuid.UUID, cards []*kanban.CardSummary) ([]kanban.Label, error) {
	at := make(map[uuid.UUID]*kanban.CardSummary, len(cards))
	ids := make([]uuid.UUID, len(cards))
	for i, card := range cards {
		at[card.ID], ids[i] = card, card.ID
	}
	rows, err := q.LabelListByBoard(ctx, dbgen.LabelListByBoardParams{BoardID: board, CardIds: ids})
	if err != nil {
		return nil, err
	}
	labels := make([]kanban.Label, len(rows))
	for i, row := range rows {
		labels[i] = kanban.Label{
			ID: row.ID, BoardID: row.BoardID, Name: row.Name, Hue: kanban.Hue(row.Hue), Version: row.Version, CreatedBy: row.CreatedBy,
		}
		for _, id := range row.CardIds {
			at[id].LabelIDs = append(at[id].LabelIDs, row.ID)
		}
	}
	return labels, nil
}

// hitLabels are the labels that cards of any boards carry.
func hitLabels(ctx context.Context, q *dbgen.Queries, which dbgen.SearchLabelsParams) (map[uuid.UUID][]kanban.Label, error) {
	rows, err := q.SearchLabels(ctx, which)
	carried := make(map[uuid.UUID][]kanban.Label, len(rows))
	for _, row := range rows {
		carried[row.CardID] = append(carried[row.CardID], kanban.Label{
			ID: row.ID, BoardID: row.BoardID, Name: row.Name, Hue: kanban.Hue(row.Hue), Version: row.Version, CreatedBy: row.CreatedBy,
		})
	}
	return carried, err
}

// each points at the cards of a list, so that they can be told something.
func each(cards []kanban.CardSummary) []*kanban.CardSummary {
	pointers := make([]*kanban.CardSummary, len(cards))
	for i := range cards {
		pointers[i] = &cards[i]
	}
	return pointers
}
