package kanbanapi

import (
	"context"

	"github.com/google/uuid"
)

// Members lists who is on a board, in the order in which they came; with their e-mails for an owner.
func (c *Client) Members(ctx context.Context, board uuid.UUID) (MemberList, error) {
	res, err := c.raw.ListMembersWithResponse(ctx, board)
	return answer(res, err, func() *MemberList { return res.JSON200 })
}

// ChangeRole makes a member something else; problem.Forbidden "owners_only" below an owner, problem.Conflict "last_owner" for the
// only owner.
func (c *Client) ChangeRole(ctx context.Context, board, person uuid.UUID, role Role) (Member, error) {
	res, err := c.raw.UpdateMemberWithResponse(ctx, board, person, MemberPatch{Role: role})
	return answer(res, err, func() *Member { return res.JSON200 })
}

// HandOver makes a member an owner and the caller an editor; problem.Forbidden "owners_only" below an owner.
func (c *Client) HandOver(ctx context.Context, board, person uuid.UUID) (Member, error) {
	res, err := c.raw.HandOverWithResponse(ctx, board, person)
	return answer(res, err, func() *Member { return res.JSON200 })
}

// RemoveMember takes somebody off a board and its cards, and returns the board's seq; its errors are ChangeRole's.
func (c *Client) RemoveMember(ctx context.Context, board, person uuid.UUID) (seq int64, err error) {
	res, err := c.raw.RemoveMemberWithResponse(ctx, board, person)
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// LeaveBoard takes the caller off a board, and returns its seq; problem.Conflict "last_owner" for the only owner.
func (c *Client) LeaveBoard(ctx context.Context, board uuid.UUID) (seq int64, err error) {
	res, err := c.raw.LeaveBoardWithResponse(ctx, board)
	if err := done(res, err); err != nil {
		return 0, err
	}
	if told := res.Headers204; told != nil {
		seq = seqOf(told.XBoardSeq)
	}
	return seq, nil
}

// AssignCard has a member do a card; problem.NotFound "member_not_found" for who isn't on the board.
func (c *Client) AssignCard(ctx context.Context, board uuid.UUID, card string, person uuid.UUID) (Card, error) {
	res, err := c.raw.AssignCardWithResponse(ctx, board, card, person)
	return answer(res, err, func() *Card { return res.JSON200 })
}

// UnassignCard takes a member off a card.
func (c *Client) UnassignCard(ctx context.Context, board uuid.UUID, card string, person uuid.UUID) (Card, error) {
	res, err := c.raw.UnassignCardWithResponse(ctx, board, card, person)
	return answer(res, err, func() *Card { return res.JSON200 })
}
