package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// CardVersions implements kanban.Store.
func (s *Store) CardVersions(ctx context.Context, person, board uuid.UUID, ref kanban.CardRef, page kanban.VersionPage) (versions []kanban.CardVersion, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		card, err := cardFor(ctx, q, person, board, ref)
		if err != nil {
			return err
		}
		newest := card.Version
		if page.Below > 0 {
			newest = min(newest, page.Below-1)
		}
		rows, err := q.CardVersionList(ctx, dbgen.CardVersionListParams{
			BoardID: board, CardID: &card.ID, Newer: card.Version - newest, MaxRows: page.Limit, MaxBytes: page.Bytes,
		})
		if err != nil {
			return postgres.Error(err)
		}
		versions, err = cardVersions(rows, newest)
		return err
	})
	return versions, err
}

func cardVersions(rows []dbgen.CardVersionListRow, newest int) ([]kanban.CardVersion, error) {
	versions := make([]kanban.CardVersion, len(rows))
	for i, row := range rows {
		edit := kanban.Activity{Seq: row.Seq, At: row.At, ActorID: row.ActorID, ActorName: nameOf(row.ActorName, row.ActorLeft), Undid: row.Undid, Redo: row.Redo}
		if err := readFacts(&edit, row.Was, row.Became); err != nil {
			return nil, err
		}
		versions[i] = kanban.CardVersion{Number: newest - i, Edit: edit}
	}
	return versions, nil
}

// CardVersion implements kanban.Store.
func (s *Store) CardVersion(ctx context.Context, person, board uuid.UUID, ref kanban.CardRef, number int) (version kanban.CardAsOf, err error) {
	err = s.snapshot(ctx, func(q *dbgen.Queries) error {
		card, err := cardFor(ctx, q, person, board, ref)
		if err != nil {
			return err
		}
		if number > card.Version {
			return kanban.VersionNotFound()
		}
		row, err := q.CardVersionGet(ctx, dbgen.CardVersionGetParams{BoardID: board, CardID: &card.ID, Newer: card.Version - number})
		version = kanban.CardAsOf{
			CardVersion: kanban.CardVersion{Number: number, Edit: kanban.Activity{
				Seq: row.Seq, At: row.At, ActorID: row.ActorID, ActorName: nameOf(row.ActorName, row.ActorLeft),
			}},
			Title: row.Title, Description: row.Description, DueOn: row.DueOn,
		}
		return or(kanban.VersionNotFound(), err)
	})
	return version, err
}
