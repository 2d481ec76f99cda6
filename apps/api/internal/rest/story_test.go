package rest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// story reads all of a board's, or of one card's, page by page.
func (p *person) story(t *testing.T, board uuid.UUID, card *uuid.UUID, limit int) (lines []string) {
	t.Helper()
	for cursor, more := "", true; more; {
		page := must(p.Story(t.Context(), board, card, cursor, limit))(t)
		for _, line := range page.Items {
			lines = append(lines, fmt.Sprintf("%d %s %s ×%d", line.Activity.Seq, line.Activity.Actor.Name, line.Activity.Verb, line.Cards))
		}
		if more = !page.NextCursor.IsNull(); more {
			cursor = page.NextCursor.MustGet()
		}
	}
	return lines
}

// What many cards went through at once is one line, wherever a page ends, and no activity is left out.
func TestAStoryTellsEachThingOnceNewestFirst(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, grace := a.person(t, "Ada"), a.person(t, "Grace")
	w := ada.wall(t, "a", "b", "c")
	a.member(t, w.ID, grace, "editor")
	all := []uuid.UUID{w.Cards["a"].Id, w.Cards["b"].Id, w.Cards["c"].Id}
	move := kanbanapi.CardBatch{CardIds: all, Move: &kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}}
	before := must(ada.Board(t.Context(), w.ID))(t).Seq
	must(ada.ChangeCards(t.Context(), w.ID, move))(t)
	must(grace.ArchiveCard(t.Context(), w.ID, "2"))(t)
	move.CardIds, move.Move.ColumnId = []uuid.UUID{all[0], all[2]}, w.Columns[0]
	must(ada.ChangeCards(t.Context(), w.ID, move))(t)
	must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{}))(t)

	want := []string{
		fmt.Sprintf("%d Ada card_moved ×2", before+8), fmt.Sprintf("%d Ada card_moved ×2", before+6),
		fmt.Sprintf("%d Grace card_archived ×1", before+4), fmt.Sprintf("%d Ada card_moved ×3", before+3),
	}
	whole := ada.story(t, w.ID, nil, 100)
	for limit := range 6 {
		got := grace.story(t, w.ID, nil, limit+1)
		if !slices.Equal(got[:4], want) || !slices.Equal(got, whole) {
			t.Errorf("%d a page: %q, want %q first", limit+1, got, want)
		}
	}
	told := int64(0)
	for _, line := range whole {
		var cards int64
		if _, err := fmt.Sscanf(line[strings.Index(line, "×"):], "×%d", &cards); err != nil {
			t.Fatal(err)
		}
		told += cards
	}
	if told != before+8 {
		t.Errorf("%d of %d activities are told", told, before+8)
	}

	of := w.Cards["a"].Id
	wantOfCard := []string{fmt.Sprintf("%d Ada card_moved ×1", before+7), fmt.Sprintf("%d Ada card_moved ×1", before+5), fmt.Sprintf("%d Ada card_moved ×1", before+1)}
	for limit := range 5 {
		if got := ada.story(t, w.ID, &of, limit+1); len(got) != 4 || !slices.Equal(got[:3], wantOfCard) {
			t.Errorf("of a card, %d a page: %q, want %q", limit+1, got, wantOfCard)
		}
	}
	if got := ada.story(t, w.ID, ref(ada.wall(t, "x").Cards["x"].Id), 50); len(got) != 0 {
		t.Errorf("of another board's card: %q", got)
	}
}

func TestAStoryNamesWhatItTellsOf(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b", "c")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("a, renamed"), Description: ref("A long text")}))(t)
	must(ada.DeleteCard(t.Context(), w.ID, "2", 1))(t)
	must(ada.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[1]))(t)
	page := must(ada.Story(t.Context(), w.ID, nil, "", 0))(t)
	var named []string
	for _, card := range page.Names.Cards {
		named = append(named, fmt.Sprint(card.Number, " ", card.Title, " ", card.Deleted))
	}
	for _, column := range page.Names.Columns {
		named = append(named, fmt.Sprint(column.Title, " ", column.Live))
	}
	slices.Sort(named)
	if want := []string{"1 a, renamed false", "2 b true", "3 c false", "Doing false", "Done true", "To do true"}; !slices.Equal(named, want) {
		t.Errorf("names %q, want %q", named, want)
	}
	edit := page.Items[3].Activity
	if text := string(must(json.Marshal(edit))(t)); edit.Verb != kanbanapi.CardEdited || strings.Contains(text, "A long text") || edit.After["description"] != "" || edit.After["title"] != "a, renamed" {
		t.Errorf("the edit is told as %s", text)
	}
	if page.Seq != page.Items[0].Activity.Seq {
		t.Errorf("seq %d, the newest is %d", page.Seq, page.Items[0].Activity.Seq)
	}
}

func TestAStoryIsReadWithoutWalkingTheActivity(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	a.exec(t, `INSERT INTO activity (board_id, seq, actor_id, verb, card_id)
		SELECT $1, 1000 + n, $2, 'card_moved', CASE WHEN n % 2000 = 0 THEN $3 ELSE md5(n::text)::uuid END
		FROM generate_series(1, 20000) n`, w.ID, ada.ID, w.Cards["a"].Id)
	a.settle(t, `activity`)
	const latest = int64(1) << 60
	if pages := a.pages(t, statement(t, "story.sql", "StoryList", "board_id", "before", "max_rows"), w.ID, latest, 20); pages > 60 {
		t.Errorf("%d pages for twenty lines", pages)
	}
	if pages := a.pages(t, statement(t, "story.sql", "StoryListOfCard", "board_id", "card_id", "before", "max_rows"), w.ID, w.Cards["a"].Id, latest, 10); pages > 60 {
		t.Errorf("%d pages for ten lines of a card", pages)
	}
}
