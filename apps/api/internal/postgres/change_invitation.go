package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// Invitation implements kanban.Invitations.
func (c *change) Invitation(ctx context.Context, id uuid.UUID) (kanban.Invitation, error) {
	row, err := c.q.InvitationGet(ctx, dbgen.InvitationGetParams{BoardID: c.board, ID: id})
	found := invitation(row)
	found.Seq = c.seqBefore()
	return found, or(kanban.InvitationOver(), err)
}

// Invited implements kanban.Invitations.
func (c *change) Invited(ctx context.Context, emailKey string) (waits bool, onBoard int, err error) {
	row, err := c.q.InvitationCounts(ctx, dbgen.InvitationCountsParams{BoardID: c.board, EmailKey: emailKey})
	return row.Waits, row.OnBoard, err
}

// CountInvitation implements kanban.Invitations.
func (c *change) CountInvitation(ctx context.Context, atMost int) (bool, error) {
	sent, err := c.q.InvitationSent(ctx, dbgen.InvitationSentParams{PersonID: c.actor.ID, AtMost: atMost})
	return len(sent) == 1, err
}

// CreateInvitation implements kanban.Invitations.
func (c *change) CreateInvitation(ctx context.Context, n kanban.NewInvitation, emailKey string, keeps time.Duration) (kanban.Invitation, error) {
	err := c.q.InvitationCreate(ctx, dbgen.InvitationCreateParams{
		BoardID: c.board, ID: n.ID, Email: n.Email, EmailKey: emailKey, Role: string(n.Role), InvitedBy: c.actor.ID, Keeps: interval(keeps),
	})
	if err != nil {
		return kanban.Invitation{}, err
	}
	return c.Invitation(ctx, n.ID)
}

// RenewInvitation implements kanban.Invitations.
func (c *change) RenewInvitation(ctx context.Context, id uuid.UUID, keeps time.Duration) (kanban.Invitation, error) {
	if err := c.q.InvitationRenew(ctx, dbgen.InvitationRenewParams{BoardID: c.board, ID: id, InvitedBy: c.actor.ID, Keeps: interval(keeps)}); err != nil {
		return kanban.Invitation{}, err
	}
	if err := c.q.SecretDelete(ctx, dbgen.SecretDeleteParams{BoardID: c.board, InvitationID: id}); err != nil {
		return kanban.Invitation{}, err
	}
	return c.Invitation(ctx, id)
}

// WithdrawInvitation implements kanban.Invitations.
func (c *change) WithdrawInvitation(ctx context.Context, id uuid.UUID) error {
	return c.q.InvitationWithdraw(ctx, dbgen.InvitationWithdrawParams{BoardID: c.board, ID: id, ActorID: &c.actor.ID})
}

// EndInvitationsOf implements kanban.Invitations.
func (c *change) EndInvitationsOf(ctx context.Context, person uuid.UUID) error {
	return c.q.InvitationEndOf(ctx, dbgen.InvitationEndOfParams{BoardIds: []uuid.UUID{c.board}, PersonID: person, ActorID: &c.actor.ID})
}

// InvitationFor implements kanban.Invitations.
func (c *change) InvitationFor(ctx context.Context, key kanban.InvitationKey) (kanban.Invitation, error) {
	found, err := invitationFor(ctx, c.q, key)
	if err == nil && found.Board != c.board {
		return kanban.Invitation{}, kanban.InvitationOver()
	}
	found.Seq = c.seqBefore()
	return found, err
}

// AcceptInvitation implements kanban.Invitations.
func (c *change) AcceptInvitation(ctx context.Context, id uuid.UUID) error {
	return c.q.InvitationAccept(ctx, dbgen.InvitationAcceptParams{BoardID: c.board, ID: id, ActorID: &c.actor.ID})
}
