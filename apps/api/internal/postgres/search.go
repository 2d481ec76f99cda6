package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

const (
	probeDepth   = 500    // among how many of the newest texts it shows whether a word is frequent
	probeFew     = 5      // as many of them have one that isn't: the index is quicker then
	newestDepth  = 2000   // among how many a frequent word is looked for
	newestAtMost = 400    // how many of them are enough
	fewCards     = 10_000 // on as many a person's own boards are read through, when a word is frequent elsewhere
	candidatesIn = 500    // how many cards are looked at in one go
)

// Search implements kanban.Store.
func (s *Store) Search(ctx context.Context, person uuid.UUID, search kanban.Search, after kanban.Mark, limit int) (found []kanban.Hit, err error) {
	err = s.look(ctx, func(q *dbgen.Queries) error {
		boards, err := q.SearchBoards(ctx, dbgen.SearchBoardsParams{PersonID: person, Archived: search.Cards.Archived})
		if err != nil || len(boards) == 0 {
			return err
		}
		x := &searcher{q: q, person: person, search: search, words: wordsOf(search.Terms), limit: limit, at: after, mine: make(map[uuid.UUID]bool, len(boards))}
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
		if err != nil {
			return err
		}
		found = x.found
		return readHitLabels(ctx, q, found)
	})
	return found, err
}

// searcher goes from the best that fits to the rest, tier by tier and in each from the newest on, until a page is full.
type searcher struct {
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

// candidate is a card whose words fit.
type candidate struct {
	board uuid.UUID
	kanban.Mark
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

// newest are the candidates of the present tier among the newest texts, and whether the words are frequent there on
// whosever boards: then the index would be slow, and the newest are likely to be enough. Most words aren't, which a few show.
func (x *searcher) newest(ctx context.Context) (own []candidate, frequent bool, err error) {
	rows, err := x.among(ctx, probeDepth)
	if len(rows) > probeFew && err == nil {
		rows, err = x.among(ctx, newestDepth)
	}
	for _, row := range rows {
		if kanban.Tier(row.Tier) == x.at.Tier && x.mine[row.BoardID] {
			own = append(own, candidateOf(row))
		}
	}
	return own, len(rows) > x.limit, err
}

func (x *searcher) among(ctx context.Context, depth int) ([]dbgen.SearchNewestRow, error) {
	return x.q.SearchNewest(ctx, dbgen.SearchNewestParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: x.words.anywhere, Labels: x.labels(), NotLabels: x.notLabels(),
		Before: x.at.Card, Depth: depth, MaxRows: newestAtMost,
	})
}

func candidateOf(row dbgen.SearchNewestRow) candidate {
	return candidate{board: row.BoardID, Mark: kanban.Mark{Tier: kanban.Tier(row.Tier), Card: row.CardID}}
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

func (x *searcher) byWords(ctx context.Context) ([]candidate, error) {
	return x.look(ctx, x.words.anywhere, kanban.Anywhere, kanban.Anywhere)
}

func (x *searcher) byCards(ctx context.Context) ([]candidate, error) {
	rows, err := x.q.SearchCards(ctx, dbgen.SearchCardsParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: x.words.anywhere, Boards: x.boards, Labels: x.labels(), NotLabels: x.notLabels(),
		Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: candidatesIn,
	})
	return candidatesOf(rows), err
}

// labels are the names of those that a card must carry, and notLabels of those that it must not.
func (x *searcher) labels() []string    { return some(x.search.Labels.Are) }
func (x *searcher) notLabels() []string { return some(x.search.Labels.AreNot) }

func (x *searcher) bySigns(ctx context.Context) ([]candidate, error) {
	are, _ := signs(x.search.Terms)
	rows, err := x.q.SearchSigns(ctx, dbgen.SearchSignsParams{
		Signs: are, Boards: x.boards, Anywhere: x.words.anywhere, Labels: x.labels(), NotLabels: x.notLabels(),
		Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: candidatesIn,
	})
	return candidatesOf(rows), err
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

// nearly looks for what is a letter away, from the beginning or from where a page of such ended.
func (x *searcher) nearly(ctx context.Context, after kanban.Mark) error {
	words := near(x.search.Terms)
	if words == "" {
		return nil
	}
	x.at = kanban.Mark{Tier: kanban.Nearly, Card: after.Card}
	candidates, err := x.look(ctx, words, kanban.Nearly, kanban.Nearly)
	if err != nil {
		return err
	}
	return x.read(ctx, candidates)
}

// look asks the text index, up to a tier; otherwise is what doesn't fit in the title.
func (x *searcher) look(ctx context.Context, words string, last, otherwise kanban.Tier) ([]candidate, error) {
	which := dbgen.SearchWordsLabelledParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: words, Boards: x.boards, Labels: x.labels(), NotLabels: x.notLabels(),
		LastTier: int(last), Otherwise: int(otherwise), Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: candidatesIn,
	}
	if len(which.Labels) > 0 {
		rows, err := x.q.SearchWordsLabelled(ctx, which)
		return candidatesOf(rows), err
	}
	rows, err := x.q.SearchWords(ctx, dbgen.SearchWordsParams{
		Whole: which.Whole, Titled: which.Titled, Anywhere: words, Boards: which.Boards, NotLabels: which.NotLabels,
		LastTier: which.LastTier, Otherwise: which.Otherwise, Tier: which.Tier, Before: which.Before, MaxRows: which.MaxRows,
	})
	return candidatesOf(rows), err
}

func candidatesOf[Row dbgen.SearchWordsRow | dbgen.SearchWordsLabelledRow | dbgen.SearchCardsRow | dbgen.SearchSignsRow](rows []Row) []candidate {
	all := make([]candidate, len(rows))
	for i, row := range rows {
		all[i] = candidateOf(dbgen.SearchNewestRow(dbgen.SearchWordsRow(row)))
	}
	return all
}

// read finds those of the candidates that fit the rest of the line, until the page is full.
func (x *searcher) read(ctx context.Context, candidates []candidate) error {
	for n := x.limit; len(candidates) > 0 && len(x.found) < x.limit; n *= 4 { // most fit: as many as there is room for are enough
		n = min(n, len(candidates))
		if err := x.readAll(ctx, candidates[:n]); err != nil {
			return err
		}
		x.at = candidates[n-1].Mark
		candidates = candidates[n:]
	}
	return nil
}

func (x *searcher) readAll(ctx context.Context, candidates []candidate) error {
	match := matching(uuid.Nil, x.search.Cards)
	are, areNot := signs(x.search.Terms)
	which := dbgen.SearchReadParams{
		PersonID: x.person, Archived: x.search.Cards.Archived, Signs: are, NotSigns: areNot, Dues: match.Dues, Today: match.Today, WeekEnd: match.WeekEnd,
		People: match.People, PeopleTerms: match.PeopleTerms, NotPeople: match.NotPeople,
		Columns: some(x.search.Columns.Are), NotColumns: some(x.search.Columns.AreNot),
		MaxRows: x.limit - len(x.found),
	}
	for _, c := range candidates {
		which.BoardIds, which.CardIds, which.Tiers = append(which.BoardIds, c.board), append(which.CardIds, c.Card), append(which.Tiers, int(c.Tier))
	}
	rows, err := x.q.SearchRead(ctx, which)
	for _, row := range rows {
		x.found = append(x.found, kanban.Hit{
			Tier: kanban.Tier(row.Tier), Board: row.BoardID, BoardTitle: row.BoardTitle, ID: row.ID, Number: row.Number, Column: row.ColumnID,
			ColumnTitle: row.ColumnTitle, ColumnKind: kanban.Kind(row.ColumnKind), Title: row.Title, Description: row.Description, DueOn: row.DueOn, Archived: row.Archived,
		})
	}
	return err
}
