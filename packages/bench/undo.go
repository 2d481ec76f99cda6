package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// undoing is a thing that is done and taken back in turn, on a board of 5,000 cards.
type undoing struct {
	name string
	do   func(ctx context.Context, on *wall) error

	did, undid []time.Duration // a round's medians
}

func (s *site) undoings() []*undoing {
	return []*undoing{
		{name: "move a card", do: func(ctx context.Context, on *wall) error {
			card, column := on.pick()
			return s.direct.post(ctx, on.path("/cards/"+card[0].String()+"/move"), map[string]any{"column_id": column, "at": "start"}, http.StatusOK, nil)
		}},
		{name: "create a card", do: func(ctx context.Context, on *wall) error {
			_, column := on.pick()
			_, err := s.direct.createCard(ctx, on, column, "Write down what the card is about")
			return err
		}},
		{name: "archive a card", do: func(ctx context.Context, on *wall) error {
			card, _ := on.pick()
			return s.direct.post(ctx, on.path("/cards/"+card[0].String()+"/archive"), nil, http.StatusOK, nil)
		}},
		{name: "move ten cards at once", do: func(ctx context.Context, on *wall) error {
			cards, column := on.pick()
			batch := map[string]any{"card_ids": cards, "move": map[string]any{"column_id": column, "at": "end"}}
			return s.direct.post(ctx, on.path("/cards/batch"), batch, http.StatusOK, nil)
		}},
	}
}

// pick takes ten cards that stand together, and a column where the first of them isn't.
func (w *wall) pick() (cards []uuid.UUID, other uuid.UUID) {
	first := rand.IntN(len(w.cards) - 10)
	return w.cards[first : first+10], w.columns[(w.at[first]+1+rand.IntN(len(w.columns)-1))%len(w.columns)]
}

func (w *wall) path(of string) string { return "/boards/" + w.board.String() + of }

// undos measures what it costs to take something back beside doing it, one after the other.
func (b *bench) undos(ctx context.Context) ([]table, error) {
	s, err := open(ctx, b.server)
	if err != nil {
		return nil, err
	}
	defer s.close()
	on, err := putSized(ctx, s.pool, s.bare.person, large)
	if err != nil {
		return nil, err
	}
	all := s.undoings()
	for round := range b.rounds {
		b.say("undo %d of %d", round+1, b.rounds)
		if _, err := s.pool.Exec(ctx, analyzed); err != nil {
			return nil, err
		}
		for _, u := range all {
			if err := u.round(ctx, s.direct, on, b.cell); err != nil {
				return nil, fmt.Errorf("%s: %w", u.name, err)
			}
		}
	}
	return []table{b.undoTable(all)}, nil
}

// round does and undoes for a while.
func (u *undoing) round(ctx context.Context, api *caller, on *wall, lasting time.Duration) error {
	var did, undid []time.Duration
	from := time.Now().Add(warmUp)
	for until := from.Add(lasting); time.Now().Before(until); {
		began := time.Now()
		if err := u.do(ctx, on); err != nil {
			return err
		}
		done := time.Now()
		if err := api.post(ctx, on.path("/undo"), map[string]any{}, http.StatusOK, nil); err != nil {
			return err
		}
		if began.After(from) {
			did, undid = append(did, done.Sub(began)), append(undid, time.Since(done))
		}
	}
	u.did, u.undid = append(u.did, median(did)), append(u.undid, median(undid))
	return nil
}

func (b *bench) undoTable(all []*undoing) table {
	t := table{
		title: "Undo beside what it takes back, at the api",
		head:  []string{"", "done, p50 µs", "undone, p50 µs", "undone : done (≤ 1.5)"},
		notes: []string{fmt.Sprintf("One request at a time, each thing undone right after it was done, on a board of %s cards; medians of %d rounds of %s.", large, b.rounds, b.cell)},
	}
	for _, u := range all {
		ratios := make([]float64, len(u.did))
		for i := range ratios {
			ratios[i] = float64(u.undid[i]) / float64(u.did[i])
		}
		t.rows = append(t.rows, []string{u.name, micros(median(u.did)), micros(median(u.undid)), fmt.Sprintf("%.2f", median(ratios))})
	}
	return t
}
