package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Activity implements kanban.Store.
func (s *Store) Activity(ctx context.Context, person, board uuid.UUID, after int64, limit int) ([]kanban.Activity, error) {
	rows, err := s.queries.ActivityListAfter(ctx, dbgen.ActivityListAfterParams{BoardID: board, PersonID: person, After: after, MaxRows: limit})
	if err != nil {
		return nil, postgres.Error(err)
	}
	list := make([]kanban.Activity, len(rows))
	for i, row := range rows {
		if list[i], err = activity(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func activity(row dbgen.ActivityListAfterRow) (kanban.Activity, error) {
	a := kanban.Activity{
		Seq: row.Seq, At: row.At, ActorID: row.ActorID, ActorName: nameOf(row.ActorName, row.ActorLeft), Verb: kanban.Verb(row.Verb),
		CardID: row.CardID, ColumnID: row.ColumnID, Origin: row.Origin, Batch: row.Batch, Undid: row.Undid, Redo: row.Redo,
		PersonID: row.PersonID,
	}
	if a.PersonID != nil {
		a.Person = nameOf(row.PersonName, row.PersonLeft)
	}
	return a, readFacts(&a, row.Was, row.Became)
}

// Record implements kanban.Change.
func (c *change) Record(ctx context.Context, activities []kanban.Activity) error {
	if len(activities) > 1 {
		return c.recordBatch(ctx, activities)
	}
	a := activities[0]
	was, became, err := c.facts(a)
	if err != nil {
		return err
	}
	seq := c.seq
	c.seq++
	return c.q.ActivityCreate(ctx, dbgen.ActivityCreateParams{
		BoardID: c.board, Seq: seq, At: at(a), ActorID: c.actor.ID, Session: c.session(), Verb: string(a.Verb),
		CardID: a.CardID, ColumnID: a.ColumnID, PersonID: a.PersonID, Origin: c.actor.Tab, Was: was, Became: became, Undid: a.Undid, Redo: a.Redo,
		ChangeID: c.changeID(),
	})
}

// recordBatch is for one verb and several cards or members.
func (c *change) recordBatch(ctx context.Context, activities []kanban.Activity) error {
	batch := dbgen.ActivityCreateBatchParams{
		BoardID: c.board, At: at(activities[0]), ActorID: c.actor.ID, Session: c.session(), Verb: string(activities[0].Verb),
		Origin: c.actor.Tab, Batch: activities[0].Batch, Redo: activities[0].Redo, ChangeID: c.changeID(),
	}
	for i, a := range activities {
		was, became, err := c.facts(a)
		if err != nil {
			return err
		}
		batch.CardIds, batch.ColumnIds = append(batch.CardIds, orNil(a.CardID)), append(batch.ColumnIds, orNil(a.ColumnID))
		batch.PersonIds = append(batch.PersonIds, orNil(a.PersonID))
		batch.Seqs = append(batch.Seqs, c.seq+int64(i))
		batch.Was, batch.Became = append(batch.Was, was), append(batch.Became, became)
		if a.Undid != nil {
			batch.Undid = append(batch.Undid, *a.Undid)
		}
	}
	c.seq += int64(len(activities))
	return c.q.ActivityCreateBatch(ctx, batch)
}

// at is when an activity was, if its verb has asked the database's clock already.
func at(a kanban.Activity) *time.Time {
	if a.At.IsZero() {
		return nil
	}
	return &a.At
}

// session is nil for what nobody is to undo.
func (c *change) session() *uuid.UUID {
	if c.actor.Session == uuid.Nil {
		return nil
	}
	return &c.actor.Session
}

func (c *change) facts(a kanban.Activity) (was, became json.RawMessage, err error) {
	if _, placed := a.Became["rank"]; placed && c.renewed {
		a.Became["renewed"] = true
	}
	if was, err = object(a.Was); err != nil {
		return nil, nil, err
	}
	became, err = object(a.Became)
	return was, became, err
}

func object(m map[string]any) (json.RawMessage, error) {
	if m == nil {
		return json.RawMessage("{}"), nil
	}
	return json.Marshal(m)
}
