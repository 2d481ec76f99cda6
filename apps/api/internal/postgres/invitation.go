package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Invitations implements kanban.Store.
func (s *Store) Invitations(ctx context.Context, person, board uuid.UUID) ([]kanban.Invitation, error) {
	rows, err := s.queries.InvitationListByBoard(ctx, dbgen.InvitationListByBoardParams{BoardID: board, PersonID: person})
	return invitations(rows), postgres.Error(err)
}

// InvitationsTo implements kanban.Store.
func (s *Store) InvitationsTo(ctx context.Context, person uuid.UUID, emailKey string) ([]kanban.Invitation, error) {
	rows, err := s.queries.InvitationListByEmail(ctx, dbgen.InvitationListByEmailParams{EmailKey: emailKey, PersonID: person})
	return invitations(rows), postgres.Error(err)
}

// InvitationFor implements kanban.Store.
func (s *Store) InvitationFor(ctx context.Context, key kanban.InvitationKey) (kanban.Invitation, error) {
	return invitationFor(ctx, s.queries, key)
}

// DeclineInvitation implements kanban.Store.
func (s *Store) DeclineInvitation(ctx context.Context, person uuid.UUID, key kanban.InvitationKey) error {
	ended, err := s.queries.InvitationDecline(ctx, dbgen.InvitationDeclineParams{PersonID: &person, SecretHash: hashed(key), ID: key.ID, EmailKey: key.EmailKey})
	if err == nil && ended == 0 {
		return kanban.InvitationOver()
	}
	return postgres.Error(err)
}

// AcceptInvitation implements kanban.Store.
func (s *Store) AcceptInvitation(ctx context.Context, person, board, id uuid.UUID) error {
	return postgres.Error(s.queries.InvitationAccept(ctx, dbgen.InvitationAcceptParams{BoardID: board, ID: id, ActorID: &person}))
}

func invitationFor(ctx context.Context, q *dbgen.Queries, key kanban.InvitationKey) (kanban.Invitation, error) {
	row, err := q.InvitationFor(ctx, dbgen.InvitationForParams{PersonID: &key.Person, SecretHash: hashed(key), ID: key.ID, EmailKey: key.EmailKey})
	return invitation(dbgen.InvitationGetRow(row)), or(kanban.InvitationOver(), err)
}

// hashed is nil, which no secret's hash is, for a key without one.
func hashed(key kanban.InvitationKey) []byte {
	if key.Hash == nil {
		return nil
	}
	return key.Hash[:]
}

func invitations[Row dbgen.InvitationListByBoardRow | dbgen.InvitationListByEmailRow](rows []Row) []kanban.Invitation {
	all := make([]kanban.Invitation, len(rows))
	for i, row := range rows {
		all[i] = invitation(dbgen.InvitationGetRow(row))
	}
	return all
}

func invitation(row dbgen.InvitationGetRow) kanban.Invitation {
	return kanban.Invitation{
		ID: row.ID, Board: row.BoardID, BoardTitle: row.BoardTitle, Email: row.Email, Role: kanban.Role(row.Role),
		By: kanban.BoardMember{ID: row.InvitedBy, Name: nameOf(row.ByName, row.ByLeft)}, SentAt: row.InvitedAt, ExpiresAt: row.ExpiresAt, Over: row.Over, Joined: row.Joined,
	}
}

func interval(d time.Duration) pgtype.Interval {
	return pgtype.Interval{Microseconds: d.Microseconds(), Valid: true}
}
