package live

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// watch asks again and again how far the boards are, and who may look at them, until ctx ends.
func (h *Hub) watch(ctx context.Context) {
	tick := time.NewTicker(h.Poll)
	defer tick.Stop()
	checked := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-h.look:
		}
		if time.Since(checked) >= h.Recheck && h.recheck(ctx, h.all()) {
			checked = time.Now()
		}
		h.poll(ctx)
	}
}

// poll asks how far the boards are that somebody looks at.
func (h *Hub) poll(ctx context.Context) {
	boards, before := h.all(), map[uuid.UUID]int64{}
	for _, b := range boards {
		b.forget(time.Now().Add(-h.Remember))
		b.mu.Lock()
		if b.begun {
			before[b.id] = b.seq
		}
		b.mu.Unlock()
	}
	if len(before) == 0 {
		return
	}
	ids := make([]uuid.UUID, 0, len(before))
	for id := range before {
		ids = append(ids, id)
	}
	within, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	seqs, err := h.Source.Seqs(within, ids)
	if err != nil {
		h.failed(ctx, "the boards couldn't be asked how far they are", err)
		return
	}
	for _, b := range boards {
		known, begun := before[b.id]
		seq, there := seqs[b.id]
		switch {
		case !begun:
		case !there:
			h.recheck(ctx, []*board{b})
		case seq < known: // the database isn't the one that it was
			b.shut()
		default:
			h.heard(b.id, seq)
		}
	}
}

// checkedAtOnce is how many who look on are looked at in one statement.
const checkedAtOnce = 5_000

// recheck looks whether all who look at these boards still may, and reports whether it found out.
func (h *Hub) recheck(ctx context.Context, boards []*board) bool {
	byID := map[uuid.UUID]*board{}
	var watches []kanban.Watch
	for _, b := range boards {
		byID[b.id] = b
		watches = append(watches, b.watches()...)
	}
	for len(watches) > 0 {
		some := watches[:min(len(watches), checkedAtOnce)]
		watches = watches[len(some):]
		within, cancel := context.WithTimeout(ctx, askTime)
		watched, err := h.Source.Watched(within, some)
		cancel()
		if err != nil {
			h.failed(ctx, "who may look at the boards couldn't be asked", err)
			return false
		}
		for _, w := range watched {
			if w.Lost != "" {
				byID[w.Board].lose(w.Person, w.Lost)
			}
		}
	}
	return true
}

// watches are those who look at a board, each once.
func (b *board) watches() []kanban.Watch {
	b.mu.Lock()
	defer b.mu.Unlock()
	people := map[uuid.UUID]struct{}{}
	var list []kanban.Watch
	for s := range b.seats {
		if _, known := people[s.person]; !known && s.lost == "" {
			people[s.person] = struct{}{}
			list = append(list, kanban.Watch{Person: s.person, Board: b.id})
		}
	}
	return list
}

func (h *Hub) failed(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		h.Log.WarnContext(ctx, what+"; trying again", "err", err)
	}
}
