package identity

import (
	"context"
	"math"
	"net/netip"
	"time"

	"github.com/google/uuid"
)

// Event is one thing that happened to a person's account.
type Event struct {
	ID        int64
	At        time.Time
	What      string // signed_up, signed_in, …
	Address   netip.Addr
	UserAgent string
	Details   map[string]string
}

// EventStore reads the audit. It is part of Store.
type EventStore interface {
	// ListEvents lists what the audit has of a person, newest first, before an id.
	ListEvents(ctx context.Context, personID uuid.UUID, before int64, limit int) ([]Event, error)
}

// Events lists what happened to a person's account, newest first, from before an event on (0: from the newest), and
// tells where the next page begins: 0 when this is the last.
func (s *Service) Events(ctx context.Context, personID uuid.UUID, before int64, limit int) (events []Event, next int64, err error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	events, err = s.store.ListEvents(ctx, personID, before, limit+1)
	if len(events) > limit {
		events = events[:limit]
		next = events[limit-1].ID
	}
	return events, next, err
}
