package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Labels implements kanban.Change.
func (c *change) Labels(ctx context.Context) ([]kanban.Label, error) {
	labels, err := readLabels(ctx, c.q, c.board, nil)
	for i := range labels {
		labels[i].Seq = c.seqBefore()
	}
	return labels, err
}

// CreateLabel implements kanban.Change.
func (c *change) CreateLabel(ctx context.Context, l kanban.NewLabel, key string) (kanban.Label, error) {
	version := max(1, l.Version)
	err := c.q.LabelCreate(ctx, dbgen.LabelCreateParams{
		BoardID: c.board, ID: l.ID, Name: l.Name, NameKey: key, Hue: string(l.Hue), Version: version, CreatedBy: c.actor.ID,
	})
	return kanban.Label{ID: l.ID, BoardID: c.board, Name: l.Name, Hue: l.Hue, Version: version, CreatedBy: c.actor.ID}, err
}

// UpdateLabel implements kanban.Change.
func (c *change) UpdateLabel(ctx context.Context, l kanban.Label, key string) (kanban.Label, error) {
	err := c.q.LabelUpdate(ctx, dbgen.LabelUpdateParams{BoardID: c.board, ID: l.ID, Name: l.Name, NameKey: key, Hue: string(l.Hue)})
	l.Version++
	return l, err
}

// DeleteLabel implements kanban.Change.
func (c *change) DeleteLabel(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error) {
	cards, err := c.q.LabelCardIDs(ctx, dbgen.LabelCardIDsParams{BoardID: c.board, LabelID: id})
	if err != nil {
		return nil, err
	}
	return cards, c.q.LabelDelete(ctx, dbgen.LabelDeleteParams{BoardID: c.board, ID: id})
}

// LabelCards implements kanban.Change.
func (c *change) LabelCards(ctx context.Context, label uuid.UUID, cards []uuid.UUID) error {
	return c.q.CardLabelCreate(ctx, dbgen.CardLabelCreateParams{BoardID: c.board, LabelID: label, CardIds: cards})
}

// UnlabelCards implements kanban.Change.
func (c *change) UnlabelCards(ctx context.Context, label uuid.UUID, cards []uuid.UUID) error {
	return c.q.CardLabelDelete(ctx, dbgen.CardLabelDeleteParams{BoardID: c.board, LabelID: label, CardIds: cards})
}
