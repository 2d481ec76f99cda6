package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListInvitations lists those that wait on a board.
func (h *handlers) ListInvitations(ctx context.Context, req kanbanapi.ListInvitationsRequestObject) (kanbanapi.ListInvitationsResponseObject, error) {
	invitations, _, err := h.kanban.Invitations(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListInvitations200JSONResponse{Items: each(invitations, contractInvitation)}, nil
}

// Invite asks somebody to come to a board.
func (h *handlers) Invite(ctx context.Context, req kanbanapi.InviteRequestObject) (kanbanapi.InviteResponseObject, error) {
	wanted := kanban.NewInvitation{Email: req.Body.Email, Role: kanban.Role(req.Body.Role)}
	invitation, err := h.kanban.Invite(ctx, actor(ctx), req.BoardId, wanted)
	if err != nil {
		return nil, err
	}
	return kanbanapi.Invite201JSONResponse(contractInvitation(invitation)), nil
}

// WithdrawInvitation takes an invitation back.
func (h *handlers) WithdrawInvitation(ctx context.Context, req kanbanapi.WithdrawInvitationRequestObject) (kanbanapi.WithdrawInvitationResponseObject, error) {
	seq, err := h.kanban.WithdrawInvitation(ctx, actor(ctx), req.BoardId, req.InvitationId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.WithdrawInvitation204Response{Headers: kanbanapi.WithdrawInvitation204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// RenewInvitation gives an invitation its whole time again.
func (h *handlers) RenewInvitation(ctx context.Context, req kanbanapi.RenewInvitationRequestObject) (kanbanapi.RenewInvitationResponseObject, error) {
	invitation, err := h.kanban.RenewInvitation(ctx, actor(ctx), req.BoardId, req.InvitationId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.RenewInvitation200JSONResponse(contractInvitation(invitation)), nil
}

// SealInvitation makes a secret for an invitation's link.
func (h *handlers) SealInvitation(ctx context.Context, req kanbanapi.SealInvitationRequestObject) (kanbanapi.SealInvitationResponseObject, error) {
	invitation, secret, err := h.kanban.SealInvitation(ctx, actor(ctx), req.BoardId, req.InvitationId, req.Params.MailOf)
	if err != nil {
		return nil, err
	}
	return kanbanapi.SealInvitation200JSONResponse{Invitation: contractInvitation(invitation), Secret: secret}, nil
}

// MyInvitations lists those that wait for the caller.
func (h *handlers) MyInvitations(ctx context.Context, _ kanbanapi.MyInvitationsRequestObject) (kanbanapi.MyInvitationsResponseObject, error) {
	invitations, err := h.kanban.MyInvitations(ctx, actor(ctx))
	if err != nil {
		return nil, err
	}
	return kanbanapi.MyInvitations200JSONResponse{Items: each(invitations, contractInvitation)}, nil
}

// FindInvitation tells what an invitation is for.
func (h *handlers) FindInvitation(ctx context.Context, req kanbanapi.FindInvitationRequestObject) (kanbanapi.FindInvitationResponseObject, error) {
	invitation, err := h.kanban.FindInvitation(ctx, actor(ctx), invited(*req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.FindInvitation200JSONResponse(contractInvitation(invitation)), nil
}

// AcceptInvitation puts the caller on a board.
func (h *handlers) AcceptInvitation(ctx context.Context, req kanbanapi.AcceptInvitationRequestObject) (kanbanapi.AcceptInvitationResponseObject, error) {
	invitation, err := h.kanban.JoinBoard(ctx, actor(ctx), invited(*req.Body))
	if err != nil {
		return nil, err
	}
	return kanbanapi.AcceptInvitation200JSONResponse(contractInvitation(invitation)), nil
}

// DeclineInvitation ends an invitation.
func (h *handlers) DeclineInvitation(ctx context.Context, req kanbanapi.DeclineInvitationRequestObject) (kanbanapi.DeclineInvitationResponseObject, error) {
	if err := h.kanban.DeclineInvitation(ctx, actor(ctx), invited(*req.Body)); err != nil {
		return nil, err
	}
	return kanbanapi.DeclineInvitation204Response{}, nil
}

func invited(body kanbanapi.InvitationKey) kanban.Invited {
	var which kanban.Invited
	if body.Id != nil {
		which.ID = *body.Id
	}
	if body.Secret != nil {
		which.Secret = *body.Secret
	}
	return which
}

func contractInvitation(i kanban.Invitation) kanbanapi.Invitation {
	return kanbanapi.Invitation{
		Id: i.ID, BoardId: i.Board, BoardTitle: i.BoardTitle, Email: i.Email, Role: kanbanapi.Role(i.Role), By: kanbanapi.Actor{Id: i.By.ID, Name: i.By.Name},
		SentAt: i.SentAt, ExpiresAt: i.ExpiresAt, Over: i.Over, Joined: i.Joined, Seq: i.Seq,
	}
}
