package rest

import (
	"context"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// ListMembers lists who is on a board.
func (h *handlers) ListMembers(ctx context.Context, req kanbanapi.ListMembersRequestObject) (kanbanapi.ListMembersResponseObject, error) {
	members, seq, err := h.kanban.Members(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.ListMembers200JSONResponse{Items: each(members, contractMember), Seq: seq}, nil
}

// UpdateMember gives a member another role.
func (h *handlers) UpdateMember(ctx context.Context, req kanbanapi.UpdateMemberRequestObject) (kanbanapi.UpdateMemberResponseObject, error) {
	member, err := h.kanban.ChangeRole(ctx, actor(ctx), req.BoardId, req.PersonId, kanban.Role(req.Body.Role))
	if err != nil {
		return nil, err
	}
	return kanbanapi.UpdateMember200JSONResponse(contractMember(member)), nil
}

// HandOver makes a member an owner, and the caller an editor.
func (h *handlers) HandOver(ctx context.Context, req kanbanapi.HandOverRequestObject) (kanbanapi.HandOverResponseObject, error) {
	member, err := h.kanban.HandOver(ctx, actor(ctx), req.BoardId, req.PersonId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.HandOver200JSONResponse(contractMember(member)), nil
}

// RemoveMember takes a member off a board.
func (h *handlers) RemoveMember(ctx context.Context, req kanbanapi.RemoveMemberRequestObject) (kanbanapi.RemoveMemberResponseObject, error) {
	seq, err := h.kanban.RemoveMember(ctx, actor(ctx), req.BoardId, req.PersonId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.RemoveMember204Response{Headers: kanbanapi.RemoveMember204ResponseHeaders{XBoardSeq: &seq}}, nil
}

// LeaveBoard takes the caller off a board.
func (h *handlers) LeaveBoard(ctx context.Context, req kanbanapi.LeaveBoardRequestObject) (kanbanapi.LeaveBoardResponseObject, error) {
	seq, err := h.kanban.LeaveBoard(ctx, actor(ctx), req.BoardId)
	if err != nil {
		return nil, err
	}
	return kanbanapi.LeaveBoard204Response{Headers: kanbanapi.LeaveBoard204ResponseHeaders{XBoardSeq: &seq}}, nil
}

func contractMember(m kanban.Member) kanbanapi.Member {
	member := kanbanapi.Member{Id: m.ID, Name: m.Name, Role: kanbanapi.Role(m.Role), JoinedAt: m.JoinedAt, Seq: m.Seq}
	if m.Email != "" {
		member.Email = &m.Email
	}
	return member
}

func contractBoardMember(m kanban.BoardMember) kanbanapi.BoardMember {
	return kanbanapi.BoardMember{Id: m.ID, Name: m.Name}
}
