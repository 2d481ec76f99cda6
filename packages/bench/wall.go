package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"
)

const (
	columnsPerBoard = 4
	cardsPerBoard   = 100
	spreadOver      = 8 // boards
)

// wall is a board that is read or changed.
type wall struct {
	board   uuid.UUID
	columns []uuid.UUID
	cards   []uuid.UUID
	at      []int // which column each card is in
}

// put puts up a wall of a hundred cards, one by one in a way that is measured; putSized is for those of any size.
func put(ctx context.Context, w way, title string) (*wall, error) {
	board, columns, err := w.createBoard(ctx, title)
	if err != nil {
		return nil, err
	}
	put := &wall{board: board, columns: columns}
	for i := range cardsPerBoard {
		card, err := w.createCard(ctx, put, columns[i%len(columns)], fmt.Sprintf("Card number %d of the wall", i+1))
		if err != nil {
			return nil, err
		}
		put.cards, put.at = append(put.cards, card), append(put.at, i%len(columns))
	}
	return put, nil
}

// move is where a card goes: behind another one of the column or, when after is uuid.Nil, to the foot.
type move struct{ card, column, after uuid.UUID }

// mover moves cards of a wall, of which some are its own: so it knows where they are, whatever other movers do
// at the same time. Every other move goes to the foot of a column, the rest behind another card.
type mover struct {
	wall *wall
	own  []int // at least two
	turn int
}

// movers deals the wall's cards out to n of them.
func (w *wall) movers(n int) []*mover {
	movers := make([]*mover, n)
	for i := range movers {
		movers[i] = &mover{wall: w}
	}
	for card := range w.cards {
		m := movers[card%n]
		m.own = append(m.own, card)
	}
	return movers
}

// next picks a move, and takes it for done.
func (m *mover) next() move {
	m.turn++
	first := rand.IntN(len(m.own))
	card, column, after := m.own[first], rand.IntN(len(m.wall.columns)), uuid.Nil
	if m.turn%2 == 0 {
		other := m.own[(first+1+rand.IntN(len(m.own)-1))%len(m.own)]
		column, after = m.wall.at[other], m.wall.cards[other]
	}
	m.wall.at[card] = column
	return move{card: m.wall.cards[card], column: m.wall.columns[column], after: after}
}
