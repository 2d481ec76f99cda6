package kanban

import (
	"context"

	"github.com/google/uuid"
)

// ArchiveCard puts a card out of sight; one that is archived stays as it is. problem.NotFound for the board or
// the card, problem.Forbidden for a viewer.
func (s *Service) ArchiveCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef) (Card, error) {
	var card Card
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if card, err = presentCard(ctx, c, ref); err != nil {
			return err
		}
		if card.ArchivedAt != nil {
			return ErrUnchanged
		}
		activity := Activity{Verb: CardArchived, CardID: &card.ID, ColumnID: &card.ColumnID, Was: placeFacts(card.ColumnID, card.Rank)}
		if card, err = c.ArchiveCard(ctx, card); err != nil {
			return err
		}
		return record(ctx, c, activity, &card.Seq)
	})
	return card, err
}

// DeleteCard puts a card that was read at a version into the trash. problem.NotFound, problem.Forbidden,
// problem.PreconditionRequired and problem.Stale as in UpdateCard; an archived card can be deleted.
func (s *Service) DeleteCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, from From) (seq int64, err error) {
	err = s.change(ctx, actor, board, func(c Change) error {
		card, err := presentCard(ctx, c, ref)
		if err != nil {
			return err
		}
		if err := checkFrom(from, card.Version, card); err != nil {
			return err
		}
		if err := c.DeleteCard(ctx, card.ID); err != nil {
			return err
		}
		was := placeFacts(card.ColumnID, card.Rank)
		if card.ArchivedAt != nil {
			was["archived"] = true
		}
		return record(ctx, c, Activity{Verb: CardDeleted, CardID: &card.ID, ColumnID: &card.ColumnID, Was: was}, &seq)
	})
	return seq, err
}

// RestoreCard brings a card back from the archive or the trash: to the place it had if nobody took that, else to
// its column's foot. A card on the wall stays as it is. problem.NotFound for the board or the card,
// problem.Forbidden for a viewer, problem.Conflict when the column is away ("column_archived", "column_deleted").
func (s *Service) RestoreCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef) (Card, error) {
	var card Card
	err := s.change(ctx, actor, board, func(c Change) error {
		var err error
		if card, err = c.CardAnywhere(ctx, ref); err != nil {
			return err
		}
		if err := ColumnAway(card.ColumnArchived, card.ColumnDeleted); err != nil {
			return err
		}
		if card.ArchivedAt == nil && card.DeletedAt == nil {
			return ErrUnchanged
		}
		was := map[string]any{"archived": card.ArchivedAt != nil, "deleted": card.DeletedAt != nil, "rank": card.Rank}
		rank, err := formerRank(ctx, c, card)
		if err != nil {
			return err
		}
		if card, err = c.RestoreCard(ctx, card, rank); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: CardRestored, CardID: &card.ID, ColumnID: &card.ColumnID, Was: was, Became: placeFacts(card.ColumnID, card.Rank)}, &card.Seq)
	})
	return card, err
}

func formerRank(ctx context.Context, c Change, card Card) (string, error) {
	taken, err := c.RankTaken(ctx, card.ColumnID, card.Rank)
	if err != nil || !taken {
		return card.Rank, err
	}
	// Its own rank is no place of its own any more, so it asks as one that stands nowhere.
	return cardRank(ctx, c, Place{Column: card.ColumnID, At: AtEnd}, Card{ID: card.ID})
}
