package session

import (
	"context"
	"time"
)

// Last is the context for an answer that may last, such as an event stream: it ends with ctx, and as SignedOut at
// most so long after the session that ctx has. It is no use of the session. While the database is away the answer
// goes on: nobody was signed out. Without a session it is ctx.
func (s *Sessions) Last(ctx context.Context, every time.Duration) (context.Context, context.CancelFunc) {
	current, ok := From(ctx)
	if !ok {
		return context.WithCancel(ctx)
	}
	ctx, end := context.WithCancelCause(ctx)
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if live, err := s.store.SessionLive(ctx, current.ID); err == nil && !live {
					end(SignedOut())
					return
				}
			}
		}
	}()
	return ctx, func() { end(context.Canceled) }
}
