package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// candidate is a card whose words fit.
type candidate struct {
	board uuid.UUID
	kanban.Mark
}

const (
	probeDepth   = 500  // among how many of the newest texts it shows whether a word is frequent
	probeFew     = 5    // as many of them have one that isn't: the index is quicker then
	deepest      = 6000 // the index is quicker than to read more of the newest
	newestAtMost = 400  // how many of those that fit are enough
)

// newest are the candidates of the present tier among the newest texts, as deep as a page of them is likely to be; and how many of
// the first have the words, on whosever boards: when those are frequent, the index would be slow. Most aren't, which a few show.
func (x *searcher) newest(ctx context.Context) (own []candidate, likely int, err error) {
	rows, err := x.q.SearchNewest(ctx, x.newestOf(probeDepth))
	own, likely = x.own(rows), len(rows)
	room := x.limit - len(x.found)
	if err != nil || likely <= probeFew || len(own) == 0 || len(own) >= room {
		return own, likely, err
	}
	depth := probeDepth * 2 * room / len(own)
	if depth > deepest {
		return own, likely, nil
	}
	rows, err = x.q.SearchNewest(ctx, x.newestOf(depth))
	return x.own(rows), likely, err
}

// own are those of the present tier on the person's own boards.
func (x *searcher) own(rows []dbgen.SearchNewestRow) []candidate {
	var own []candidate
	for _, row := range rows {
		if kanban.Tier(row.Tier) == x.at.Tier && x.mine[row.BoardID] {
			own = append(own, candidateOf(row))
		}
	}
	return own
}

func (x *searcher) newestOf(depth int) dbgen.SearchNewestParams {
	return dbgen.SearchNewestParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: x.words.anywhere, Labels: x.labels(), NotLabels: x.notLabels(),
		Before: x.at.Card, Depth: depth, MaxRows: newestAtMost,
	}
}

func candidateOf(row dbgen.SearchNewestRow) candidate {
	return candidate{board: row.BoardID, Mark: kanban.Mark{Tier: kanban.Tier(row.Tier), Card: row.CardID}}
}

func (x *searcher) byWords(ctx context.Context, most int) ([]candidate, error) {
	return x.look(ctx, x.words.anywhere, x.last, most)
}

func (x *searcher) byCards(ctx context.Context, most int) ([]candidate, error) {
	rows, err := x.q.SearchCards(ctx, dbgen.SearchCardsParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: x.words.anywhere, Boards: x.boards, Labels: x.labels(), NotLabels: x.notLabels(),
		Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: most,
	})
	return candidatesOf(rows), err
}

// labels are the names of those that a card must carry, and notLabels of those that it must not.
func (x *searcher) labels() []string    { return some(x.search.Labels.Are) }
func (x *searcher) notLabels() []string { return some(x.search.Labels.AreNot) }

func (x *searcher) bySigns(ctx context.Context, most int) ([]candidate, error) {
	are, _ := signs(x.search.Terms)
	rows, err := x.q.SearchSigns(ctx, dbgen.SearchSignsParams{
		Signs: are, Boards: x.boards, Anywhere: x.words.anywhere, Labels: x.labels(), NotLabels: x.notLabels(),
		Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: most,
	})
	return candidatesOf(rows), err
}

// look asks the text index, up to a tier.
func (x *searcher) look(ctx context.Context, words string, last kanban.Tier, most int) ([]candidate, error) {
	which := dbgen.SearchWordsLabelledParams{
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: words, Boards: x.boards, Labels: x.labels(), NotLabels: x.notLabels(),
		LastTier: int(last), Otherwise: int(x.last), Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: most,
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

func candidatesOf[Row dbgen.SearchWordsRow | dbgen.SearchWordsLabelledRow | dbgen.SearchCardsRow | dbgen.SearchSignsRow | dbgen.SearchSideRow](rows []Row) []candidate {
	all := make([]candidate, len(rows))
	for i, row := range rows {
		all[i] = candidateOf(dbgen.SearchNewestRow(dbgen.SearchWordsRow(row)))
	}
	return all
}
