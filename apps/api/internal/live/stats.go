package live

import "time"

// Stats are what a hub tells of itself.
type Stats struct {
	Subscribers int           // those who look on, once for each board
	Boards      int           // that they look at
	Lag         time.Duration // how long the oldest change has been waiting of which the hub has heard and not read
}

// Stats counts.
func (h *Hub) Stats() Stats {
	var s Stats
	for _, b := range h.all() {
		b.mu.Lock()
		s.Boards++
		s.Subscribers += len(b.seats)
		if !b.late.IsZero() {
			s.Lag = max(s.Lag, time.Since(b.late))
		}
		b.mu.Unlock()
	}
	return s
}

// Delivered is how many events have been handed to subscribers.
func (h *Hub) Delivered() uint64 { return h.delivered.Load() }

// Dropped is how many subscribers were cut off because they were too slow.
func (h *Hub) Dropped() uint64 { return h.dropped.Load() }
