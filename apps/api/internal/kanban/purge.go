package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// PurgeCard deletes a card for good that is in the trash. Of what was done to it the activity keeps that it was done, by
// whom, when and in which columns: history stays without a gap and charts stay true. What people wrote goes.
// problem.NotFound for the board or the card, problem.Forbidden below an owner ("owners_only"), problem.Conflict for one
// that isn't in the trash ("not_in_trash").
func (s *Service) PurgeCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef) (seq int64, err error) {
	err = s.change(ctx, actor, board, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersPurge()
		}
		card, err := c.CardAnywhere(ctx, ref)
		switch {
		case err != nil:
			return err
		case card.DeletedAt == nil:
			return notInTrash("card")
		}
		if err := c.PurgeCard(ctx, card.ID); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: CardPurged, CardID: &card.ID, ColumnID: &card.ColumnID, Was: map[string]any{"number": card.Number}}, &seq)
	})
	return seq, err
}

// PurgeColumn does so with a column and all cards in it, in whatever state they are.
func (s *Service) PurgeColumn(ctx context.Context, actor Actor, board, id uuid.UUID) (seq int64, err error) {
	err = s.change(ctx, actor, board, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersPurge()
		}
		column, err := c.Column(ctx, id)
		switch {
		case err != nil:
			return err
		case column.DeletedAt == nil:
			return notInTrash("column")
		}
		if err := c.PurgeColumn(ctx, id); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: ColumnPurged, ColumnID: &id, Was: map[string]any{"kind": column.Kind}}, &seq)
	})
	return seq, err
}

// PurgeBoard deletes a board for good that is in the trash, with all that was ever on it. problem.NotFound for an
// outsider, problem.Forbidden below an owner ("owners_only"), problem.Conflict for one that isn't in the trash ("not_in_trash").
func (s *Service) PurgeBoard(ctx context.Context, actor Actor, id uuid.UUID) error {
	return s.changeTrashed(ctx, actor, id, Ask{}, func(c Change) error {
		switch {
		case !c.Role().MayOwn():
			return ownersPurge()
		case !c.Deleted():
			return notInTrash("board")
		}
		return c.PurgeBoard(ctx)
	})
}

// Purged counts what was deleted for good.
type Purged struct{ Cards, Columns, Boards, Invitations int }

// Purge deletes for good what has been in the trash for as long as that keeps things, and invitations that ended as long ago: with them goes the
// e-mail of somebody who may never have come. It goes board by board and part by
// part, each in a transaction of its own: what it did before an error, or before its process died, stays done, and the rest is
// there for the next time.
func (s *Service) Purge(ctx context.Context) (Purged, error) {
	var all Purged
	for {
		now, err := s.store.PurgeNext(ctx, TrashKeeps)
		all.Cards, all.Columns, all.Boards, all.Invitations = all.Cards+now.Cards, all.Columns+now.Columns, all.Boards+now.Boards, all.Invitations+now.Invitations
		if err != nil || now == (Purged{}) {
			return all, err
		}
	}
}

func ownersPurge() error {
	return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can delete things for good.")
}

func notInTrash(thing string) error {
	return problem.New(problem.Conflict, "not_in_trash", "This "+thing+" isn't in the trash. Only what is there can be deleted for good.")
}
