package identity

import "context"

// KeysStore keeps whether single characters do something on a person's pages. It is part of Store.
type KeysStore interface {
	// TurnKeys turns them off or on, and records it.
	TurnKeys(ctx context.Context, self Self, off bool) error
}

// TurnKeys turns a person's single-key shortcuts off or on, in all their sessions.
func (s *Service) TurnKeys(ctx context.Context, self Self, off bool) error {
	return s.store.TurnKeys(ctx, self, off)
}
