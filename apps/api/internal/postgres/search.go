package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
	"cardwall/packages/postgres"
)

const (
	fewCards     = 10_000 // on as many a person's own boards are read through, when a word is frequent elsewhere
	candidatesIn = 500    // how many cards are looked at in one go
)

// Search implements kanban.Store.
func (s *Store) Search(ctx context.Context, person uuid.UUID, search kanban.Search, after kanban.Mark, limit int) (found []kanban.Hit, err error) {
	err = s.look(ctx, func(p *postgres.Pipeline, q *dbgen.Queries) error {
		x := &searcher{p: p, q: q, person: person, search: search, words: wordsOf(search.Terms), limit: limit, at: after, mine: map[uuid.UUID]bool{}}
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
		for x.at.Tier <= kanban.Anywhere && len(x.found) < limit {
			if err := x.step(ctx); err != nil {
				return err
			}
		}
		if len(x.found) == 0 && (after.Tier == kanban.Nearly || after.Card == uuid.Max) {
			err = x.nearly(ctx, after)
		}
		found = x.found
		return err
	})
	return found, err
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

	at    kanban.Mark // what comes before has been looked at
	found []kanban.Hit
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

// step looks at some candidates and moves on behind them.
func (x *searcher) step(ctx context.Context) error {
	if !x.words.asked {
		return x.rest(ctx, x.bySigns)
	}
	newest, frequent, err := x.newest(ctx)
	if err != nil {
		return err
	}
	switch {
	case len(newest) >= x.limit-len(x.found):
		return x.read(ctx, newest)
	case !frequent:
		return x.rest(ctx, x.byWords)
	case x.cards <= fewCards:
		return x.rest(ctx, x.byCards)
	default:
		return x.tier(ctx)
	}
}

// rest looks at the candidates of all tiers that are left, as many as one look takes.
func (x *searcher) rest(ctx context.Context, look func(context.Context) ([]candidate, error)) error {
	candidates, err := look(ctx)
	if err != nil {
		return err
	}
	if len(candidates) < candidatesIn {
		defer func() { x.at.Tier = kanban.Nearly }() // that was all
	}
	return x.read(ctx, candidates)
}

// tier looks at the present tier alone: of the wider ones there is much, which is found among the newest.
func (x *searcher) tier(ctx context.Context) error {
	narrow := map[kanban.Tier]string{kanban.WholeTitle: x.words.whole, kanban.TitleBegin: x.words.titled, kanban.Anywhere: x.words.anywhere}
	candidates, err := x.look(ctx, narrow[x.at.Tier], x.at.Tier, kanban.Anywhere)
	if err != nil {
		return err
	}
	if len(candidates) < candidatesIn {
		defer func(next kanban.Tier) { x.at = kanban.Mark{Tier: next, Card: uuid.Max} }(x.at.Tier + 1)
	}
	return x.read(ctx, candidates)
}
