package session

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
)

// Listed is a session as its person sees it among the others.
type Listed struct {
	ID        uuid.UUID // public
	Device    string    // "Firefox on Linux"
	Address   netip.Addr
	CreatedAt time.Time
	UsedAt    time.Time // within a minute
	This      bool      // the one that asks
}

// List lists a person's live sessions: this one, then the others, the last used first.
func (s *Sessions) List(ctx context.Context, personID uuid.UUID) ([]Listed, error) {
	listed, err := s.store.ListSessions(ctx, personID)
	if err != nil {
		return nil, err
	}
	current, _ := From(ctx)
	for i, one := range listed {
		if one.ID == current.ID {
			one.This = true
			listed = slices.Insert(slices.Delete(listed, i, i+1), 0, one)
			break
		}
	}
	return listed, nil
}

// EndOne ends one of a person's sessions, wherever it is. It returns problem.NotFound when the person has none of that
// public id, and problem.Unavailable when the database is away.
func (s *Sessions) EndOne(ctx context.Context, personID, id uuid.UUID, from identity.Origin) error {
	return s.ended(personID, s.store.EndSession(ctx, personID, id, from))
}

// EndOthers ends all of a person's sessions but one; its errors are EndOne's, for the one that is to be kept.
func (s *Sessions) EndOthers(ctx context.Context, personID, keep uuid.UUID, from identity.Origin) error {
	return s.ended(personID, s.store.EndSessions(ctx, personID, keep, from))
}

// ended lets go of what this process kept of the person's sessions, without waiting to hear of it.
func (s *Sessions) ended(personID uuid.UUID, err error) error {
	if err == nil {
		s.changes.Person(personID)
	}
	return err
}
