package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Member implements kanban.Crew.
func (c *change) Member(ctx context.Context, id uuid.UUID) (kanban.Member, error) {
	row, err := c.q.MemberGet(ctx, dbgen.MemberGetParams{BoardID: c.board, PersonID: id})
	return member(row, c.seqBefore()), or(kanban.MemberNotFound(), err)
}

// Owners implements kanban.Crew.
func (c *change) Owners(ctx context.Context) (int, error) { return c.q.MemberOwners(ctx, c.board) }

// SetRole implements kanban.Crew.
func (c *change) SetRole(ctx context.Context, id uuid.UUID, role kanban.Role) error {
	return c.q.MemberSetRole(ctx, dbgen.MemberSetRoleParams{BoardID: c.board, PersonID: id, Role: string(role)})
}

// RemoveMember implements kanban.Crew.
func (c *change) RemoveMember(ctx context.Context, id uuid.UUID) ([]uuid.UUID, error) {
	cards, err := c.q.AssigneeCards(ctx, dbgen.AssigneeCardsParams{BoardID: c.board, PersonID: id})
	if err != nil {
		return nil, err
	}
	return cards, c.q.MemberDelete(ctx, dbgen.MemberDeleteParams{BoardID: c.board, PersonID: id})
}

// AddMember implements kanban.Crew.
func (c *change) AddMember(ctx context.Context, id uuid.UUID, role kanban.Role, joined *time.Time) (bool, error) {
	added, err := c.q.MemberAdd(ctx, dbgen.MemberAddParams{BoardID: c.board, PersonID: id, Role: string(role), JoinedAt: joined})
	return added, or(kanban.ErrForgotten, err)
}

// AssignCards implements kanban.Crew.
func (c *change) AssignCards(ctx context.Context, person uuid.UUID, cards []uuid.UUID) error {
	return c.q.AssigneeCreate(ctx, dbgen.AssigneeCreateParams{BoardID: c.board, PersonID: person, CardIds: cards})
}

// UnassignCards implements kanban.Crew.
func (c *change) UnassignCards(ctx context.Context, person uuid.UUID, cards []uuid.UUID) error {
	return c.q.AssigneeDelete(ctx, dbgen.AssigneeDeleteParams{BoardID: c.board, PersonID: person, CardIds: cards})
}
