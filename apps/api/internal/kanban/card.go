package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Card is one piece of work.
type Card struct {
	ID          uuid.UUID
	BoardID     uuid.UUID
	Number      int // unique on its board, written #12
	ColumnID    uuid.UUID
	Rank        string
	Title       string
	Description string
	DueOn       *time.Time  // the day it is due, at midnight UTC; nil for none
	LabelIDs    []uuid.UUID // in the order of the board's labels
	AssigneeIDs []uuid.UUID // who is to do it, in the order of their ids
	Version     int         // of title, description and due date; a move or a label doesn't raise it
	CreatedAt   time.Time
	CreatedBy   uuid.UUID
	UpdatedAt   time.Time
	ArchivedAt  *time.Time
	DeletedAt   *time.Time
	Seq         int64

	ColumnArchived bool // its column is in the archive, and the card with it
	ColumnDeleted  bool // its column is in the trash, and the card with it
}

// CardSummary is a card as its board shows it.
type CardSummary struct {
	ID             uuid.UUID
	Number         int
	ColumnID       uuid.UUID
	Title          string
	Version        int
	HasDescription bool
	DueOn          *time.Time
	LabelIDs       []uuid.UUID // in the order of the board's labels
	AssigneeIDs    []uuid.UUID // in the order of their ids
	Rank           string      // where it stands among its column's cards
}

// CardRef names a card of a board, by its id or, when that is uuid.Nil, by its number.
type CardRef struct {
	ID     uuid.UUID
	Number int
}

// CardPatch says what to change of a card: nil leaves a part as it is.
type CardPatch struct {
	Title       *string
	Description *string
	DueOn       **time.Time // a nil inside takes the date away
}

// Cards lists a column's live cards from the top; problem.NotFound if the actor isn't a member or the column
// isn't on the board, problem.Invalid when the card to go on after has left the column.
func (s *Service) Cards(ctx context.Context, actor Actor, board, column uuid.UUID, page Page) (Listed[CardSummary], error) {
	cards, err := s.store.Cards(ctx, actor.ID, board, column, page.more())
	return listed(cards, page.Limit, func(c CardSummary) uuid.UUID { return c.ID }), err
}

// FilteredCards lists those of a column's cards that match, as Cards does, and tells how many there are in all.
func (s *Service) FilteredCards(ctx context.Context, actor Actor, board, column uuid.UUID, page Page, filter Filter) (Listed[CardSummary], int, error) {
	cards, matches, err := s.store.FilteredCards(ctx, actor.ID, board, column, page.more(), filter)
	return listed(cards, page.Limit, func(c CardSummary) uuid.UUID { return c.ID }), matches, err
}

// Card reads a card, archived ones too; problem.NotFound for an outsider and for a card in the trash.
func (s *Service) Card(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef) (Card, error) {
	return s.store.Card(ctx, actor.ID, board, ref)
}

// UpdateCard changes the texts and the due date of a card that was read at a version; a patch that says what is there already
// changes nothing. problem.NotFound, problem.Forbidden and
// problem.Invalid as everywhere; problem.PreconditionRequired without a version; problem.Stale, with the present
// card, when it has changed since; problem.Conflict ("archived") for an archived one.
func (s *Service) UpdateCard(ctx context.Context, actor Actor, board uuid.UUID, ref CardRef, from From, patch CardPatch) (Card, error) {
	if err := patch.clean(); err != nil {
		return Card{}, err
	}
	var card Card
	err := s.change(ctx, actor, board, func(c Change) error {
		old, err := liveCard(ctx, c, ref)
		if err != nil {
			return err
		}
		if err := checkFrom(from, old.Version, old); err != nil {
			return err
		}
		card = patch.applied(old)
		was, became := cardDifference(old, card)
		if len(became) == 0 {
			return ErrUnchanged
		}
		if card, err = c.UpdateCard(ctx, card); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: CardEdited, CardID: &card.ID, ColumnID: &card.ColumnID, Was: was, Became: became}, &card.Seq)
	})
	return card, err
}

func (p *CardPatch) clean() error {
	var wrongTitle, wrongDescription, wrongDueOn *problem.Field
	if p.Title != nil {
		var title string
		title, wrongTitle = cleanTitle(*p.Title)
		p.Title = &title
	}
	if p.Description != nil {
		wrongDescription = checkDescription(*p.Description)
	}
	if p.DueOn != nil {
		wrongDueOn = checkDueOn(*p.DueOn)
	}
	return refuse(wrongTitle, wrongDescription, wrongDueOn)
}

func (p *CardPatch) applied(card Card) Card {
	if p.Title != nil {
		card.Title = *p.Title
	}
	if p.Description != nil {
		card.Description = *p.Description
	}
	if p.DueOn != nil {
		card.DueOn = *p.DueOn
	}
	return card
}

func cardDifference(old, now Card) (was, became map[string]any) {
	was, became = map[string]any{}, map[string]any{}
	if old.Title != now.Title {
		was["title"], became["title"] = old.Title, now.Title
	}
	if old.Description != now.Description {
		was["description"], became["description"] = old.Description, now.Description
	}
	if !sameDay(old.DueOn, now.DueOn) {
		was["due_on"], became["due_on"] = dayFact(old.DueOn), dayFact(now.DueOn)
	}
	return was, became
}

// presentCard reads a card that isn't in the trash; problem.Conflict ("column_archived", "column_deleted") when its column is away.
func presentCard(ctx context.Context, c Change, ref CardRef) (Card, error) {
	card, err := c.CardAnywhere(ctx, ref)
	switch {
	case err != nil:
		return Card{}, err
	case card.DeletedAt != nil:
		return Card{}, CardNotFound()
	}
	return card, ColumnAway(card.ColumnArchived, card.ColumnDeleted)
}

// liveCard reads a card that is on the wall, so that what nobody sees isn't changed by mistake.
func liveCard(ctx context.Context, c Change, ref CardRef) (Card, error) {
	card, err := presentCard(ctx, c, ref)
	if err == nil && card.ArchivedAt != nil {
		return Card{}, archived()
	}
	return card, err
}

func archived() error {
	return problem.New(problem.Conflict, "archived", "This card is in the archive. Restore it first.")
}
