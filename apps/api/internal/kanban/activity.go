package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Activity is one thing that happened on a board, numbered without gaps.
type Activity struct {
	Seq       int64
	At        time.Time
	ActorID   uuid.UUID
	ActorName string
	Verb      Verb
	CardID    *uuid.UUID
	ColumnID  *uuid.UUID
	PersonID  *uuid.UUID     // whom it was done to, or who is to do the card
	Person    string         // their name
	Origin    string         // the tab that made it
	Batch     *uuid.UUID     // what it was done together with, if it was
	Undid     *int64         // the seq of what it took back, if it did
	Redo      bool           // what it took back was itself an undo
	Was       map[string]any // what it was
	Became    map[string]any // what it became
}

// Verb names what happened.
type Verb string

// The verbs there are.
const (
	BoardCreated   Verb = "board_created"
	BoardRenamed   Verb = "board_renamed"
	BoardArchived  Verb = "board_archived"
	BoardRestored  Verb = "board_restored"
	BoardDeleted   Verb = "board_deleted"
	ColumnCreated  Verb = "column_created"
	ColumnEdited   Verb = "column_edited"
	ColumnMoved    Verb = "column_moved"
	ColumnArchived Verb = "column_archived"
	ColumnRestored Verb = "column_restored"
	ColumnDeleted  Verb = "column_deleted"
	ColumnPurged   Verb = "column_purged"
	CardCreated    Verb = "card_created"
	CardEdited     Verb = "card_edited"
	CardMoved      Verb = "card_moved"
	CardArchived   Verb = "card_archived"
	CardRestored   Verb = "card_restored"
	CardDeleted    Verb = "card_deleted"
	CardPurged     Verb = "card_purged"
	CardLabelled   Verb = "card_labelled"
	CardUnlabelled Verb = "card_unlabelled"
	LabelCreated   Verb = "label_created"
	LabelEdited    Verb = "label_edited"
	LabelDeleted   Verb = "label_deleted"
	CardAssigned   Verb = "card_assigned"
	CardUnassigned Verb = "card_unassigned"

	MemberInvited       Verb = "member_invited"
	InvitationWithdrawn Verb = "invitation_withdrawn"
	MemberJoined        Verb = "member_joined"
	MemberRoleChanged   Verb = "member_role_changed"
	MemberRemoved       Verb = "member_removed"
	MemberRestored      Verb = "member_restored"
	MemberLeft          Verb = "member_left"
)

// Verbs lists them all.
func Verbs() []Verb {
	return []Verb{
		BoardCreated, BoardRenamed, BoardArchived, BoardRestored, BoardDeleted,
		ColumnCreated, ColumnEdited, ColumnMoved, ColumnArchived, ColumnRestored, ColumnDeleted, ColumnPurged,
		CardCreated, CardEdited, CardMoved, CardArchived, CardRestored, CardDeleted, CardPurged, CardLabelled, CardUnlabelled,
		LabelCreated, LabelEdited, LabelDeleted, CardAssigned, CardUnassigned,
		MemberInvited, InvitationWithdrawn, MemberJoined, MemberRoleChanged, MemberRemoved, MemberRestored, MemberLeft,
	}
}

// Activity lists what happened on a board after a seq, oldest first, and the board's present seq.
// problem.NotFound if the actor isn't a member.
func (s *Service) Activity(ctx context.Context, actor Actor, board uuid.UUID, after int64, limit int) ([]Activity, int64, error) {
	state, err := s.store.BoardState(ctx, actor.ID, board)
	if err != nil {
		return nil, 0, err
	}
	items, err := s.store.Activity(ctx, actor.ID, board, after, limit)
	return items, state.Seq, err
}
