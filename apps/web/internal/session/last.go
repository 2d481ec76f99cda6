package session

import (
	"context"
	"time"
)

// Last is the context for an answer that may last, such as an event stream: it ends with ctx, and as SignedOut when
// the session that ctx has does: at once when the change is heard of, else after at most so long. It is no use of the
// session. While the database is away the answer goes on: nobody was signed out. Without a session it is ctx.
func (s *Sessions) Last(ctx context.Context, every time.Duration) (context.Context, context.CancelFunc) {
	current, ok := From(ctx)
	if !ok {
		return context.WithCancel(ctx)
	}
	ctx, end := context.WithCancelCause(ctx)
	this := s.changes.streams.begin(current)
	go func() {
		defer s.changes.streams.end(this)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			case <-this.changed:
			}
			if live, err := s.store.SessionLive(ctx, current.ID); err == nil && !live {
				end(SignedOut())
				return
			}
		}
	}()
	return ctx, func() { end(context.Canceled) }
}
