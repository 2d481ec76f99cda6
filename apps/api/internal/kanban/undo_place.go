package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// FormerCard is a card as it stands, and what is now at the place that it is to go back to.
type FormerCard struct {
	ID             uuid.UUID
	ColumnID       uuid.UUID
	Rank           string
	Archived       bool
	Deleted        bool
	ColumnArchived bool
	ColumnDeleted  bool

	ToColumn         uuid.UUID
	ToRank           string
	ToColumnGone     bool
	ToColumnArchived bool
	ToColumnDeleted  bool
	Taken            bool   // a live card stands there
	Next             string // the rank of the next one in that column, "" for none
}

// formerCards reads the cards of some activities in their order, each with a place to go back to, which is its own
// without columns and ranks. Where that is taken, it is the nearest below. CardNotFound for one in the trash that isn't
// to come out of there, ColumnAway and ColumnNotFound for both columns.
func formerCards(ctx context.Context, c Change, rows []Activity, columns []uuid.UUID, ranks []string) ([]FormerCard, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = *row.CardID
	}
	found, err := c.FormerCards(ctx, ids, columns, ranks)
	if err != nil {
		return nil, err
	}
	byID := make(map[uuid.UUID]FormerCard, len(found))
	for _, card := range found {
		byID[card.ID] = card
	}
	cards := make([]FormerCard, len(rows))
	for i, row := range rows {
		card, there := byID[ids[i]]
		switch {
		case !there, card.Deleted && row.Verb != CardDeleted:
			return nil, CardNotFound()
		case card.ToColumnGone:
			return nil, ColumnNotFound()
		}
		if err := ColumnAway(card.ColumnArchived || card.ToColumnArchived, card.ColumnDeleted || card.ToColumnDeleted); err != nil {
			return nil, err
		}
		cards[i] = card
	}
	makeWay(cards)
	return cards, nil
}

// makeWay finds the nearest place below for each card whose own is taken, by a card that stands there or by one that goes
// there before it: above what stands there, above all places that others of the cards go back to or had to leave, and above those
// that were found for them. So the ranks of all are as many different ones.
func makeWay(cards []FormerCard) {
	wanted := make([]string, len(cards))
	for i, card := range cards {
		wanted[i] = card.ToRank
	}
	for i := range cards {
		card := &cards[i]
		gap, taken := Gap{Low: card.ToRank, High: card.Next}, card.Taken
		for j, other := range cards {
			if other.ToColumn != card.ToColumn {
				continue
			}
			taken = taken || j < i && wanted[j] == wanted[i]
			for _, rank := range []string{wanted[j], other.ToRank} {
				if gap.holds(rank) {
					gap.High = rank
				}
			}
		}
		if taken {
			card.ToRank = rankIn(gap)
		}
	}
}

// places are where the cards of some activities were before; none when that is no longer told.
func places(rows []Activity) (columns []uuid.UUID, ranks []string) {
	for _, row := range rows {
		column, rank := idIn(row.Was, "column_id"), textIn(row.Was, "rank")
		if column == uuid.Nil || rank == "" {
			return nil, nil
		}
		columns, ranks = append(columns, column), append(ranks, rank)
	}
	return columns, ranks
}

func idsOf(cards []FormerCard) []uuid.UUID {
	ids := make([]uuid.UUID, len(cards))
	for i, card := range cards {
		ids[i] = card.ID
	}
	return ids
}

// stage is where a card or a column can be out of sight.
type stage struct{ archived, deleted bool }

// stageBefore is where a card or a column was before an activity took it away or brought it back.
func stageBefore(row Activity) stage {
	switch row.Verb {
	case CardCreated, ColumnCreated:
		return stage{deleted: true} // nowhere, but what was written on it since isn't to be lost
	case CardDeleted, ColumnDeleted:
		return stage{archived: flagIn(row.Was, "archived")}
	case CardArchived, ColumnArchived: // out of the trash, when a deletion was undone
		return stage{archived: flagIn(row.Was, "deleted"), deleted: flagIn(row.Was, "deleted")}
	default:
		from := stage{archived: flagIn(row.Was, "archived"), deleted: flagIn(row.Was, "deleted")}
		return stage{archived: from.archived || !from.deleted, deleted: from.deleted}
	}
}

// standBack puts cards back on the wall, into the archive or into the trash, wherever they were.
func standBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	to := stageBefore(rows[0])
	if slices.ContainsFunc(rows, func(row Activity) bool { return stageBefore(row) != to }) {
		return nil, nil // no batch is so
	}
	cards, err := formerCards(ctx, c, rows, nil, nil)
	if err != nil {
		return nil, err
	}
	did := make([]Activity, len(cards))
	for i, card := range cards {
		did[i] = card.goes(to)
	}
	if err := stand(ctx, c, cards, to); err != nil {
		return nil, err
	}
	return did, forgetPlaces(ctx, c, rows, cards)
}

// forgetPlaces gives cards that are taken away again the rank that they had before they came back, where that was another.
func forgetPlaces(ctx context.Context, c Change, rows []Activity, cards []FormerCard) error {
	var ids, columns []uuid.UUID
	var ranks []string
	for i, card := range cards {
		if former, moved := formerRankOf(rows[i], card.Rank); moved {
			ids, columns, ranks = append(ids, card.ID), append(columns, card.ColumnID), append(ranks, former)
		}
	}
	if ids == nil {
		return nil
	}
	return c.PutCards(ctx, ids, columns, ranks)
}

// formerRankOf is the rank that a thing had in the archive before it came back at another, where it still is.
func formerRankOf(row Activity, now string) (rank string, moved bool) {
	rank = textIn(row.Was, "rank")
	return rank, (row.Verb == CardRestored || row.Verb == ColumnRestored) && rank != "" && rank != now && textIn(row.Became, "rank") == now
}

// goes tells of a card that it goes to a stage.
func (f FormerCard) goes(to stage) Activity {
	activity := Activity{CardID: &f.ID, ColumnID: &f.ColumnID, Was: placeFacts(f.ColumnID, f.Rank)}
	switch {
	case to.deleted:
		if activity.Verb = CardDeleted; f.Archived {
			activity.Was["archived"] = true
		}
	case to.archived:
		if activity.Verb = CardArchived; f.Deleted {
			activity.Was["deleted"] = true
		}
	default:
		activity.Verb, activity.Became = CardRestored, placeFacts(f.ColumnID, f.ToRank)
		activity.Was = map[string]any{"archived": f.Archived, "deleted": f.Deleted, "rank": f.Rank}
	}
	return activity
}

func stand(ctx context.Context, c Change, cards []FormerCard, to stage) error {
	if to == (stage{}) {
		ranks := make([]string, len(cards))
		for i, card := range cards {
			ranks[i] = card.ToRank
		}
		return c.RestoreCards(ctx, idsOf(cards), ranks)
	}
	var archive, undelete []uuid.UUID
	for _, card := range cards {
		if to.archived && !card.Archived {
			archive = append(archive, card.ID)
		}
		if card.Deleted && !to.deleted {
			undelete = append(undelete, card.ID)
		}
	}
	if archive != nil {
		if err := c.ArchiveCards(ctx, archive); err != nil {
			return err
		}
	}
	if undelete != nil {
		return c.UndeleteCards(ctx, undelete)
	}
	if to.deleted {
		return c.DeleteCards(ctx, idsOf(cards))
	}
	return nil
}
