package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"github.com/google/uuid"
)

// Own implements kanban.Past.
func (c *change) Own(ctx context.Context, own kanban.Own) (list []kanban.Activity, now time.Time, err error) {
	rows, err := c.listOwn(ctx, own)
	if err != nil {
		return nil, now, err
	}
	list = make([]kanban.Activity, len(rows))
	for i, row := range rows {
		now = row.Now
		list[i] = kanban.Activity{Seq: row.Seq, Verb: kanban.Verb(row.Verb), CardID: row.CardID, ColumnID: row.ColumnID, PersonID: row.PersonID, Batch: row.Batch}
		if err := readFacts(&list[i], row.Was, row.Became); err != nil {
			return nil, now, err
		}
	}
	c.former, err = c.formerOfLast(ctx)
	return list, now, err
}

func (c *change) listOwn(ctx context.Context, own kanban.Own) ([]dbgen.ActivityOwnRow, error) {
	return c.q.ActivityOwn(ctx, dbgen.ActivityOwnParams{
		BoardID: c.board, Session: &c.actor.Session, ActorID: c.actor.ID, FromSeq: own.From, ToSeq: own.To, Redo: own.Redo,
	})
}

// Since implements kanban.Past.
func (c *change) Since(ctx context.Context, after int64, things kanban.Things) ([]kanban.Trace, error) {
	labels := make([]string, len(things.Labels))
	for i, id := range things.Labels {
		labels[i] = id.String()
	}
	rows, err := c.q.ActivitySince(ctx, dbgen.ActivitySinceParams{
		BoardID: c.board, After: after, CardIds: things.Cards, ColumnIds: things.Columns, LabelIds: labels, PersonIds: things.People, BoardToo: things.Board,
	})
	traces := make([]kanban.Trace, len(rows))
	for i, row := range rows {
		traces[i] = kanban.Trace{
			Seq: row.Seq, ActorID: row.ActorID, ActorName: nameOf(row.ActorName, row.ActorLeft), Verb: kanban.Verb(row.Verb),
			CardID: orNil(row.CardID), CardNumber: row.CardNumber, ColumnID: orNil(row.ColumnID), ColumnTitle: row.ColumnTitle, FromColumnID: row.FromColumnID, LabelID: row.LabelID, PersonID: orNil(row.PersonID), Changed: row.Changed,
		}
		if row.Undid != nil {
			traces[i].Undid = *row.Undid
		}
	}
	return traces, err
}

func orNil(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// FormerCards implements kanban.Past.
func (c *change) FormerCards(ctx context.Context, ids, columns []uuid.UUID, ranks []string) ([]kanban.FormerCard, error) {
	known := c.former
	c.former = nil // what is written next may change it
	if cards, all := among(known, ids, columns, ranks); all {
		return cards, nil
	}
	return c.listFormer(ctx, dbgen.CardListFormerParams{BoardID: c.board, Ids: ids, ColumnIds: columns, Ranks: ranks})
}

// among finds the cards that are asked for among known ones, unless one of them isn't there with the place that it is to go back to.
func among(known []kanban.FormerCard, ids, columns []uuid.UUID, ranks []string) (cards []kanban.FormerCard, all bool) {
	byID := make(map[uuid.UUID]kanban.FormerCard, len(known))
	for _, card := range known {
		byID[card.ID] = card
	}
	for i, id := range ids {
		card, told := byID[id]
		column, rank := card.ColumnID, card.Rank
		if columns != nil {
			column, rank = columns[i], ranks[i]
		}
		if !told || card.ToColumn != column || card.ToRank != rank {
			return nil, false
		}
		cards = append(cards, card)
	}
	return cards, true
}

// formerOfLast tells of the cards that the last thing done on the board was done to. Most often that is what is taken back, and
// how they stand is known in the same round trip then.
func (c *change) formerOfLast(ctx context.Context) ([]kanban.FormerCard, error) {
	return c.listFormer(ctx, dbgen.CardListFormerParams{BoardID: c.board, OfLast: true})
}

func (c *change) listFormer(ctx context.Context, of dbgen.CardListFormerParams) ([]kanban.FormerCard, error) {
	rows, err := c.q.CardListFormer(ctx, of)
	cards := make([]kanban.FormerCard, len(rows))
	for i, row := range rows {
		cards[i] = kanban.FormerCard{
			ID: row.ID, ColumnID: row.ColumnID, Rank: row.Rank, Archived: row.Archived, Deleted: row.Deleted, ColumnArchived: row.ColumnArchived, ColumnDeleted: row.ColumnDeleted,
			ToColumn: row.ToColumnID, ToRank: row.ToRank, ToColumnGone: row.ToGone, ToColumnArchived: row.ToArchived, ToColumnDeleted: row.ToDeleted, Taken: row.Taken, Next: row.Next,
		}
	}
	return cards, err
}

// PutCards implements kanban.Past.
func (c *change) PutCards(ctx context.Context, ids, columns []uuid.UUID, ranks []string) error {
	return c.q.CardPutMany(ctx, dbgen.CardPutManyParams{BoardID: c.board, Ids: ids, ColumnIds: columns, Ranks: ranks})
}

// RestoreCards implements kanban.Past.
func (c *change) RestoreCards(ctx context.Context, ids []uuid.UUID, ranks []string) error {
	return c.q.CardRestoreMany(ctx, dbgen.CardRestoreManyParams{BoardID: c.board, Ids: ids, Ranks: ranks})
}

// DeleteCards implements kanban.Past.
func (c *change) DeleteCards(ctx context.Context, ids []uuid.UUID) error {
	return c.q.CardDeleteMany(ctx, dbgen.CardDeleteManyParams{BoardID: c.board, Ids: ids, ActorID: &c.actor.ID})
}

// UndeleteCards implements kanban.Past.
func (c *change) UndeleteCards(ctx context.Context, ids []uuid.UUID) error {
	return c.q.CardUndelete(ctx, dbgen.CardUndeleteParams{BoardID: c.board, Ids: ids})
}

// PutColumnBack implements kanban.Past.
func (c *change) PutColumnBack(ctx context.Context, id uuid.UUID, rank string) error {
	return c.q.ColumnRestore(ctx, dbgen.ColumnRestoreParams{BoardID: c.board, ID: id, Rank: rank})
}

// ColumnGapAt implements kanban.Past.
func (c *change) ColumnGapAt(ctx context.Context, rank string, moving uuid.UUID) (kanban.Gap, error) {
	gap, err := c.q.ColumnGapAt(ctx, dbgen.ColumnGapAtParams{BoardID: c.board, Rank: rank, Moving: moving})
	return kanban.Gap(gap), err
}

// nameOf is what somebody is called.
func nameOf(name string, left bool) string {
	if left {
		return kanban.FormerMember
	}
	return name
}

func readFacts(a *kanban.Activity, was, became json.RawMessage) error {
	if err := json.Unmarshal(was, &a.Was); err != nil {
		return fmt.Errorf("activity %d, was: %w", a.Seq, err)
	}
	if err := json.Unmarshal(became, &a.Became); err != nil {
		return fmt.Errorf("activity %d, became: %w", a.Seq, err)
	}
	return nil
}
