package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

// Search implements kanban.Store.
func (s *Store) Search(
	ctx context.Context, person uuid.UUID, search kanban.Search, after kanban.Mark, limit int,
) (found []kanban.Hit, left *kanban.Mark, err error) {
	err = s.look(ctx, func(p *postgres.Pipeline, q *dbgen.Queries) error {
		x := &searcher{
			p: p, q: q, person: person, search: search, words: wordsOf(search.Terms), limit: limit,
			at: after, last: kanban.Anywhere, mine: map[uuid.UUID]bool{}, patience: patienceOf(ctx),
		}
		if x.words.asked {
			p.Ahead(func(asker postgres.Asker) { _, _ = dbgen.New(asker).SearchNewest(ctx, x.newestOf(probeDepth)) })
		}
		boards, err := q.SearchBoards(ctx, dbgen.SearchBoardsParams{PersonID: person, Archived: search.Cards.Archived})
		if err != nil || len(boards) == 0 {
			return err
		}
		for _, board := range boards {
			x.boards, x.cards, x.mine[board.BoardID] = append(x.boards, board.BoardID), x.cards+board.LastNumber, true
		}
		if err := x.name(ctx); err != nil || x.search.Cards.Nobody {
			return err
		}
		err = x.all(ctx, after)
		found, left = x.found, x.left(after)
		return err
	})
	return found, left, err
}

// searcher goes from the best that fits to the rest, tier by tier and in each from the newest on, until a page is full.
type searcher struct {
	p      *postgres.Pipeline
	q      *dbgen.Queries
	person uuid.UUID
	search kanban.Search
	words  words
	boards []uuid.UUID
	mine   map[uuid.UUID]bool
	cards  int // that there ever were on the boards
	limit  int

	at       kanban.Mark // what comes before has been looked at
	last     kanban.Tier // of those that are looked for
	found    []kanban.Hit
	side     *side
	patience patience
}

// name finds out who is meant by those whom the search names.
func (x *searcher) name(ctx context.Context) error {
	if !x.search.Peopled() {
		return nil
	}
	people := kanban.People{Me: x.person}
	rows, err := x.q.SearchPeople(ctx, x.boards)
	for _, row := range rows {
		people.Members = append(people.Members, kanban.BoardMember(row))
	}
	x.search.Cards = x.search.Among(people)
	return err
}

// all goes through the tiers and, when nothing at all is in them, looks for what is a letter away.
func (x *searcher) all(ctx context.Context, after kanban.Mark) error {
	if err := x.page(ctx); err != nil || len(x.found) > 0 || x.at.Tier < kanban.Nearly {
		return err
	}
	if after.Tier == kanban.Nearly || after.Bare {
		return x.nearly(ctx, after)
	}
	return nil
}

// page takes steps until a page is full, all has been looked at, or it has been enough for once.
func (x *searcher) page(ctx context.Context) error {
	for x.at.Tier <= x.last && len(x.found) < x.limit && !x.enough() {
		if err := x.step(ctx); err != nil {
			return err
		}
		x.patience.steps++
	}
	return nil
}

// left is where to go on, nil when all has been looked at.
func (x *searcher) left(after kanban.Mark) *kanban.Mark {
	if x.at.Tier > x.last {
		return nil
	}
	return &kanban.Mark{Tier: x.at.Tier, Card: x.at.Card, Bare: after.Bare && len(x.found) == 0}
}
