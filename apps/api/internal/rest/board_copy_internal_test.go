package rest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
)

// shelf is a cache of boards' copies, and a board whose reading can be held up.
type shelf struct {
	*boardCopies
	board kanban.Board
	open  chan struct{} // a reading goes on once it is closed
	reads atomic.Int32
}

func newShelf(t *testing.T, atMost int) *shelf {
	t.Helper()
	copies, err := newBoardCopies(atMost)
	if err != nil {
		t.Fatal(err)
	}
	board := kanban.Board{BoardHead: kanban.BoardHead{ID: uuid.New(), Title: "Garden", Role: kanban.Owner, Seq: 7}}
	return &shelf{boardCopies: copies, board: board, open: make(chan struct{})}
}

func (s *shelf) read() (kanban.Board, error) {
	s.reads.Add(1)
	<-s.open
	return s.board, nil
}

// crowd lets so many come with one state at once, and tells how often what found says was so.
func (s *shelf) crowd(t *testing.T, n int, state kanban.BoardState, found func(*boardCopy, error) bool) int {
	t.Helper()
	var so atomic.Int32
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			if found(s.of(t.Context(), s.board.ID, asked{}, state, s.read)) {
				so.Add(1)
			}
		})
	}
	synctest.Wait()
	close(s.open)
	wg.Wait()
	return int(so.Load())
}

func TestACrowdAfterAChangeReadsTheBoardOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(t, copiesWeigh)
		state := s.board.State()
		state.View = 3 // a reader's own, whoever read the board
		served := s.crowd(t, 50, state, func(c *boardCopy, err error) bool {
			return err == nil && strings.Contains(string(c.body), "Garden")
		})
		if served != 50 || s.reads.Load() != 1 {
			t.Errorf("%d served with %d reads", served, s.reads.Load())
		}
	})
}

func TestWhoeverWaitedForACopyThatDoesNotFitReadsAlone(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*kanban.Board){
		"a_newer_board": func(b *kanban.Board) { b.Seq++ },
		"another_role":  func(b *kanban.Board) { b.Role = kanban.Viewer },
		"a_star":        func(b *kanban.Board) { b.Starred = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newShelf(t, copiesWeigh)
				asked := s.board.State()
				change(&s.board)
				found := s.board.State()
				served := s.crowd(t, 5, asked, func(c *boardCopy, err error) bool {
					return err == nil && c.state.Seq == found.Seq && c.state.Role == found.Role
				})
				if served != 5 || s.reads.Load() != 5 {
					t.Errorf("%d served with %d reads", served, s.reads.Load())
				}
			})
		})
	}
}

func TestOnesFailureToReadABoardIsNobodyElses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(t, copiesWeigh)
		gone, leave := context.WithCancel(t.Context())
		var first error
		var wg sync.WaitGroup
		wg.Go(func() {
			_, first = s.of(gone, s.board.ID, asked{}, s.board.State(), func() (kanban.Board, error) {
				<-gone.Done()
				return kanban.Board{}, gone.Err()
			})
		})
		synctest.Wait()
		close(s.open)
		var second error
		wg.Go(func() { _, second = s.of(t.Context(), s.board.ID, asked{}, s.board.State(), s.read) })
		synctest.Wait()
		leave()
		wg.Wait()
		if !errors.Is(first, context.Canceled) || second != nil || len(s.pending) != 0 {
			t.Errorf("the first: %v, who waited: %v, %d pending", first, second, len(s.pending))
		}
	})
}

func TestCopiesWeighNoMoreThanTheyMay(t *testing.T) {
	t.Parallel()
	s := newShelf(t, 8<<10)
	close(s.open)
	get := func(id uuid.UUID, title string) {
		s.board.ID, s.board.Title = id, title
		if _, err := s.of(t.Context(), id, asked{}, s.board.State(), s.read); err != nil {
			t.Fatal(err)
		}
	}
	ids := make([]uuid.UUID, 100)
	for i := range ids {
		ids[i] = uuid.New()
		get(ids[i], strings.Repeat("x", i))
		get(ids[0], "") // read all the time, so it stays
	}
	if s.weigh > s.atMost || s.weigh < s.atMost/2 || s.kept.Len() < 10 {
		t.Errorf("%d copies weigh %d", s.kept.Len(), s.weigh)
	}
	before := s.reads.Load()
	if get(ids[0], ""); s.reads.Load() != before {
		t.Error("what is read all the time has gone")
	}
	get(ids[1], strings.Repeat("x", s.atMost/8))
	sum := 0
	for _, kept := range s.kept.Values() {
		sum += len(kept.body)
	}
	if _, kept := s.kept.Peek(keyOf(ids[1], asked{}, s.board.State())); kept || sum != s.weigh {
		t.Errorf("kept what is too heavy: %t; %d counted of %d", kept, s.weigh, sum)
	}
}
