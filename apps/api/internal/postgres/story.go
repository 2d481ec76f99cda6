package postgres

import (
	"context"
	"math"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Story implements kanban.Store.
func (s *Store) Story(ctx context.Context, person, board uuid.UUID, page kanban.StoryPage) (story kanban.Story, err error) {
	if page.Before == 0 {
		page.Before = math.MaxInt64
	}
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		state, err := q.BoardState(ctx, dbgen.BoardStateParams{BoardID: board, PersonID: person})
		if err != nil {
			return or(kanban.BoardNotFound(), err)
		}
		story.Seq = state.Seq
		if story.Lines, err = storyLines(ctx, q, board, page); err != nil {
			return err
		}
		return nameStory(ctx, q, board, &story)
	})
	return story, err
}

func storyLines(ctx context.Context, q *dbgen.Queries, board uuid.UUID, page kanban.StoryPage) ([]kanban.StoryLine, error) {
	rows, err := storyRows(ctx, q, board, page)
	if err != nil {
		return nil, postgres.Error(err)
	}
	lines := make([]kanban.StoryLine, len(rows))
	for i, row := range rows {
		a, err := activity(dbgen.ActivityListAfterRow{
			Seq: row.Seq, At: row.At, ActorID: row.ActorID, ActorName: row.ActorName, ActorLeft: row.ActorLeft, Verb: row.Verb,
			CardID: row.CardID, ColumnID: row.ColumnID, Origin: row.Origin, Batch: row.Batch, Was: row.Was, Became: row.Became,
			Undid: row.Undid, Redo: row.Redo, PersonID: row.PersonID, PersonName: row.PersonName, PersonLeft: row.PersonLeft,
		})
		if err != nil {
			return nil, err
		}
		lines[i] = kanban.StoryLine{Activity: a, Cards: row.Cards}
	}
	return lines, nil
}

func storyRows(ctx context.Context, q *dbgen.Queries, board uuid.UUID, page kanban.StoryPage) ([]dbgen.StoryListRow, error) {
	if page.Card == nil {
		return q.StoryList(ctx, dbgen.StoryListParams{BoardID: board, Before: page.Before, MaxRows: page.Limit})
	}
	rows, err := q.StoryListOfCard(ctx, dbgen.StoryListOfCardParams{BoardID: board, CardID: page.Card, Before: page.Before, MaxRows: page.Limit})
	alike := make([]dbgen.StoryListRow, len(rows))
	for i, row := range rows {
		alike[i] = dbgen.StoryListRow(row)
	}
	return alike, err
}

// nameStory looks up what the lines tell of.
func nameStory(ctx context.Context, q *dbgen.Queries, board uuid.UUID, story *kanban.Story) error {
	var cardIDs, columnIDs []uuid.UUID
	for _, line := range story.Lines {
		if line.CardID != nil {
			cardIDs = append(cardIDs, *line.CardID)
		}
		if line.ColumnID != nil {
			columnIDs = append(columnIDs, *line.ColumnID)
		}
	}
	cards, err := q.StoryCards(ctx, dbgen.StoryCardsParams{BoardID: board, Ids: cardIDs})
	if err != nil {
		return postgres.Error(err)
	}
	for _, card := range cards {
		story.Cards = append(story.Cards, kanban.StoryCard(card))
	}
	columns, err := q.StoryColumns(ctx, dbgen.StoryColumnsParams{BoardID: board, Ids: columnIDs})
	if err != nil {
		return postgres.Error(err)
	}
	for _, column := range columns {
		story.Columns = append(story.Columns, kanban.StoryColumn(column))
	}
	return nil
}
