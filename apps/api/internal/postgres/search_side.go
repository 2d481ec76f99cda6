package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/apps/api/internal/postgres/dbgen"
)

// side is what a line says of the cards besides their words, as cards_on_side knows it: when that is rarer than the words, it is
// quicker to begin with it. All that fits is on each side that there is.
type side struct {
	name     string // "" when there is none that is rarer
	people   []uuid.UUID
	from, to time.Time
}

// sideAtMost is how many cards may be on one: more take as long to count as the words to find.
const sideAtMost = 50_000

func (s *side) taken() bool { return s != nil && s.name != "" }

// narrowed reports whether the line says anything that only some of the cards may be.
func (x *searcher) narrowed() bool {
	return len(x.search.Columns.Are)+len(x.search.Columns.AreNot) > 0 || len(x.sides()) > 1 || x.search.Cards.Archived
}

// sides are those that the line names, and at last where all are that it may find.
func (x *searcher) sides() []side {
	var all []side
	match := x.search.Cards
	if people := match.People; len(people) > 0 {
		fewest := slices.MinFunc(people, func(a, b []uuid.UUID) int { return len(a) - len(b) })
		all = append(all, side{name: "people", people: fewest})
	}
	if from, to, dated := dueBetween(match); dated {
		all = append(all, side{name: "due", from: from, to: to})
	}
	if match.Archived {
		return append(all, side{name: "archive"})
	}
	return append(all, side{name: "wall"})
}

// dueBetween are the days between which all that may be said of the due date is; dated is false when no date may be said too.
func dueBetween(match kanban.Match) (from, to time.Time, dated bool) {
	if match.Dues == nil || slices.Contains(match.Dues, kanban.DueNever) {
		return from, to, false
	}
	ever := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	days := map[kanban.Due][2]time.Time{
		kanban.DueBefore: {{}, match.Today.AddDate(0, 0, -1)}, kanban.DueToday: {match.Today, match.Today},
		kanban.DueInAWeek: {match.Today.AddDate(0, 0, 1), match.Today.AddDate(0, 0, weekDays)}, kanban.DueLater: {match.Today.AddDate(0, 0, weekDays+1), ever},
	}
	from = ever
	for _, due := range match.Dues {
		if days[due][0].Before(from) {
			from = days[due][0]
		}
		if days[due][1].After(to) {
			to = days[due][1]
		}
	}
	return from, to, true
}

// chooseSide takes the first side on which there are no more cards than are likely to have the words, of those that were found
// among the newest texts; once.
func (x *searcher) chooseSide(ctx context.Context, likely int) error {
	if x.side != nil {
		return nil
	}
	x.side = &side{}
	most := max(fewCards, min(x.cards*likely/probeDepth, sideAtMost))
	for _, one := range x.sides() {
		size, err := x.q.SearchSideSize(ctx, dbgen.SearchSideSizeParams{
			Side: one.name, Boards: x.boards, People: some(one.people), DueFrom: one.from, DueTo: one.to,
			Columns: some(x.search.Columns.Are), NotColumns: some(x.search.Columns.AreNot), Most: most + 1,
		})
		if err != nil {
			return err
		}
		if size <= most {
			x.side = &one
			return nil
		}
	}
	return nil
}

func (x *searcher) bySide(ctx context.Context, most int) ([]candidate, error) {
	rows, err := x.q.SearchSide(ctx, dbgen.SearchSideParams{
		Side: x.side.name, Boards: x.boards, People: some(x.side.people), DueFrom: x.side.from, DueTo: x.side.to,
		Columns: some(x.search.Columns.Are), NotColumns: some(x.search.Columns.AreNot), Labels: x.labels(), NotLabels: x.notLabels(),
		Whole: x.words.whole, Titled: x.words.titled, Anywhere: x.words.anywhere, Otherwise: int(x.last),
		Tier: int(x.at.Tier), Before: x.at.Card, MaxRows: most,
	})
	return candidatesOf(rows), err
}
