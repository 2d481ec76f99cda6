package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// read finds those of the candidates that fit the rest of the line, until the page is full.
func (x *searcher) read(ctx context.Context, candidates []candidate) error {
	for n := x.limit; len(candidates) > 0 && len(x.found) < x.limit; n *= 4 { // most fit: as many as there is room for are enough
		n = min(n, len(candidates))
		if err := x.readAll(ctx, candidates[:n]); err != nil {
			return err
		}
		x.at = candidates[n-1].Mark
		x.patience.read += n
		candidates = candidates[n:]
	}
	return nil
}

func (x *searcher) readAll(ctx context.Context, candidates []candidate) error {
	match := matching(uuid.Nil, x.search.Cards)
	are, areNot := signs(x.search.Terms)
	which := dbgen.SearchReadParams{
		PersonID: x.person, Archived: x.search.Cards.Archived, Signs: are, NotSigns: areNot, Dues: match.Dues, Today: match.Today, WeekEnd: match.WeekEnd,
		People: match.People, PeopleTerms: match.PeopleTerms, NotPeople: match.NotPeople,
		Columns: some(x.search.Columns.Are), NotColumns: some(x.search.Columns.AreNot),
		MaxRows: x.limit - len(x.found),
	}
	for _, c := range candidates {
		which.BoardIds, which.CardIds, which.Tiers = append(which.BoardIds, c.board), append(which.CardIds, c.Card), append(which.Tiers, int(c.Tier))
	}
	if err := x.q.SearchPlannedOnce(ctx); err != nil {
		return err
	}
	labels := dbgen.SearchLabelsParams{BoardIds: which.BoardIds, CardIds: which.CardIds}
	x.p.Ahead(func(asker postgres.Asker) { _, _ = dbgen.New(asker).SearchLabels(ctx, labels) })
	rows, err := x.q.SearchRead(ctx, which)
	if err != nil {
		return err
	}
	carried, err := hitLabels(ctx, x.q, labels)
	for _, row := range rows {
		x.found = append(x.found, kanban.Hit{
			Tier: kanban.Tier(row.Tier), Board: row.BoardID, BoardTitle: row.BoardTitle, ID: row.ID, Number: row.Number, Column: row.ColumnID,
			ColumnTitle: row.ColumnTitle, ColumnKind: kanban.Kind(row.ColumnKind), Title: row.Title, Description: row.Description, DueOn: row.DueOn, Archived: row.Archived,
			Labels: carried[row.ID],
		})
	}
	return err
}
