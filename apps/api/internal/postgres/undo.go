package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Own implements kanban.Past.
func (c *change) Own(ctx context.Context, own kanban.Own) (list []kanban.Activity, now time.Time, err error) {
	rows, err := c.ownRows(ctx, own)
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
	return list, now, nil
}

// ownRows is the last of a batch with the rest of it.
func (c *change) ownRows(ctx context.Context, own kanban.Own) ([]dbgen.ActivityOwnBatchRow, error) {
	last, err := c.lastOwn(ctx, own)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	case last.Batch != nil:
		return c.q.ActivityOwnBatch(ctx, dbgen.ActivityOwnBatchParams{BoardID: c.board, Seq: last.Seq, Batch: last.Batch})
	}
	c.former = formerCard(last)
	return []dbgen.ActivityOwnBatchRow{{
		Seq: last.Seq, Verb: last.Verb, CardID: last.CardID, ColumnID: last.ColumnID, PersonID: last.PersonID, Was: last.Was, Became: last.Became, Now: last.Now,
	}}, nil
}

func (c *change) lastOwn(ctx context.Context, own kanban.Own) (dbgen.ActivityOwnLastRow, error) {
	return c.q.ActivityOwnLast(ctx, dbgen.ActivityOwnLastParams{
		BoardID: c.board, Session: &c.actor.Session, ActorID: c.actor.ID, FromSeq: own.From, ToSeq: own.To, Redo: own.Redo,
	})
}

// formerCard is how the card stands that something was done to; nil for what was done to none.
func formerCard(of dbgen.ActivityOwnLastRow) *kanban.FormerCard {
	if of.CardID == nil {
		return nil
	}
	card := kanban.FormerCard{
		ID: *of.CardID, ColumnID: of.InColumnID, Rank: of.Rank, Archived: of.Archived, Deleted: of.Deleted, ColumnArchived: of.ColumnArchived, ColumnDeleted: of.ColumnDeleted,
		ToColumn: of.ToColumnID, ToRank: of.ToRank, ToColumnGone: of.ToGone, ToColumnArchived: of.ToArchived, ToColumnDeleted: of.ToDeleted,
	}
	for _, rank := range slices.Backward(of.RanksFromThere) {
		if rank == card.ToRank {
			card.Taken = true
		} else {
			card.Next = rank
		}
	}
	return &card
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
	if known != nil && goesBack(*known, ids, columns, ranks) {
		return []kanban.FormerCard{*known}, nil
	}
	rows, err := c.q.CardListFormer(ctx, dbgen.CardListFormerParams{BoardID: c.board, Ids: ids, ColumnIds: columns, Ranks: ranks})
	cards := make([]kanban.FormerCard, len(rows))
	for i, row := range rows {
		cards[i] = kanban.FormerCard{
			ID: row.ID, ColumnID: row.ColumnID, Rank: row.Rank, Archived: row.Archived, Deleted: row.Deleted, ColumnArchived: row.ColumnArchived, ColumnDeleted: row.ColumnDeleted,
			ToColumn: row.ToColumnID, ToRank: row.ToRank, ToColumnGone: row.ToGone, ToColumnArchived: row.ToArchived, ToColumnDeleted: row.ToDeleted, Taken: row.Taken, Next: row.Next,
		}
	}
	return cards, err
}

// goesBack reports whether a card alone is asked for, to go back to that place; without columns, to its own.
func goesBack(card kanban.FormerCard, ids, columns []uuid.UUID, ranks []string) bool {
	column, rank := card.ColumnID, card.Rank
	if len(columns) == 1 {
		column, rank = columns[0], ranks[0]
	}
	return len(ids) == 1 && ids[0] == card.ID && card.ToColumn == column && card.ToRank == rank
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
