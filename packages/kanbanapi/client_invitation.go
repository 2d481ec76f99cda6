package kanbanapi

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Invitations lists those that wait on a board; problem.Forbidden "owners_only" below an owner, as for all that owners do here.
func (c *Client) Invitations(ctx context.Context, board uuid.UUID) (InvitationList, error) {
	res, err := c.raw.ListInvitationsWithResponse(ctx, board)
	return answer(res, err, func() *InvitationList { return res.JSON200 })
}

// Invite asks somebody to come to a board; problem.Conflict "invited_already", "too_many_invitations", problem.TooMany "invited_too_often".
func (c *Client) Invite(ctx context.Context, board uuid.UUID, invitation NewInvitation) (Invitation, error) {
	res, err := c.raw.InviteWithResponse(ctx, board, invitation)
	return answer(res, err, func() *Invitation { return res.JSON201 })
}

// WithdrawInvitation takes an invitation back, and returns the board's seq; problem.NotFound "invitation_over" for one that waits no more.
func (c *Client) WithdrawInvitation(ctx context.Context, board, invitation uuid.UUID) (seq int64, err error) {
	res, err := c.raw.WithdrawInvitationWithResponse(ctx, board, invitation)
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// RenewInvitation gives an invitation its whole time again; problem.TooMany "invited_too_often" within a minute.
func (c *Client) RenewInvitation(ctx context.Context, board, invitation uuid.UUID) (Invitation, error) {
	res, err := c.raw.RenewInvitationWithResponse(ctx, board, invitation)
	return answer(res, err, func() *Invitation { return res.JSON200 })
}

// SealInvitation makes the secret of an invitation's link, in the place of those before.
func (c *Client) SealInvitation(ctx context.Context, board, invitation uuid.UUID) (SealedInvitation, error) {
	return c.sealInvitation(ctx, board, invitation, SealInvitationParams{})
}

// SealInvitationMail makes one for an attempt to mail an invitation that was sent at that time, beside those before; problem.NotFound "invitation_over" once
// it has been sent anew.
func (c *Client) SealInvitationMail(ctx context.Context, board, invitation uuid.UUID, sentAt time.Time) (SealedInvitation, error) {
	return c.sealInvitation(ctx, board, invitation, SealInvitationParams{MailOf: &sentAt})
}

func (c *Client) sealInvitation(ctx context.Context, board, invitation uuid.UUID, params SealInvitationParams) (SealedInvitation, error) {
	res, err := c.raw.SealInvitationWithResponse(ctx, board, invitation, &params)
	return answer(res, err, func() *SealedInvitation { return res.JSON200 })
}

// MyInvitations lists those that wait for the caller's verified e-mail.
func (c *Client) MyInvitations(ctx context.Context) (InvitationList, error) {
	res, err := c.raw.MyInvitationsWithResponse(ctx)
	return answer(res, err, func() *InvitationList { return res.JSON200 })
}

// FindInvitation tells what an invitation is for; problem.NotFound "invitation_over" for one that can't be used, or not by the caller.
func (c *Client) FindInvitation(ctx context.Context, which InvitationKey) (Invitation, error) {
	res, err := c.raw.FindInvitationWithResponse(ctx, which)
	return answer(res, err, func() *Invitation { return res.JSON200 })
}

// AcceptInvitation puts the caller on the board of an invitation; its error is FindInvitation's.
func (c *Client) AcceptInvitation(ctx context.Context, which InvitationKey) (Invitation, error) {
	res, err := c.raw.AcceptInvitationWithResponse(ctx, which)
	return answer(res, err, func() *Invitation { return res.JSON200 })
}

// DeclineInvitation ends an invitation; its error is FindInvitation's.
func (c *Client) DeclineInvitation(ctx context.Context, which InvitationKey) error {
	res, err := c.raw.DeclineInvitationWithResponse(ctx, which)
	return done(res, err)
}
