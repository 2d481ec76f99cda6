package board

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// wide is a board of so many columns with cards, each with as many as the api gives at once.
func wide(columns, cards int) kanbanapi.Board {
	board := garden()
	board.Columns = nil
	id := ids()
	for i := range columns {
		c := kanbanapi.BoardColumn{Id: id(), Title: fmt.Sprintf("Column %d", i+1), CardCount: cards, Kind: kanbanapi.Active, NextCursor: nullable.NewNullNullable[string]()}
		for j := range min(cards, 50) {
			c.Cards = append(c.Cards, kanbanapi.CardSummary{Id: id(), Number: i*cards + j + 1, ColumnId: c.Id, Title: fmt.Sprintf("Weed bed %d", i*cards+j+1), DueOn: nullable.NewNullNullable[openapi_types.Date]()})
		}
		board.Columns = append(board.Columns, c)
	}
	return board
}

// ids gives the same ids in each run, as of things that were made a minute from each other: what they weigh when compressed
// doesn't hang on luck, nor on how fast a machine makes them.
func ids() func() uuid.UUID {
	random, made := rand.NewChaCha8([32]byte{}), time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	return func() uuid.UUID {
		made = made.Add(time.Minute)
		var id uuid.UUID
		binary.BigEndian.PutUint64(id[:], uint64(made.UnixMilli())<<16|7<<12|random.Uint64()&0xfff)
		binary.BigEndian.PutUint64(id[8:], 2<<62|random.Uint64()>>2)
		return id
	}
}

func TestAPageDrawsTheCardsOfTwelveColumnsAtMost(t *testing.T) {
	t.Parallel()
	board := wide(30, 20)
	board.Columns[1].Collapsed = true
	last := board.Columns[29].Id
	ask := setup(t, apitest.New("GET "+gardenAPI, board))
	for address, first := range map[string]string{gardenPath: "Column 1,Column 3,Column 4", adding(gardenID, last): "Column 30,Column 1,Column 3"} {
		_, doc := ask("GET", address, "")
		if n := doc.Find(".column .card").Length(); n != mostColumns*20 {
			t.Errorf("%s: %d cards", address, n)
		}
		for name := range strings.SplitSeq(first, ",") {
			if column := doc.Find(`.column[data-title="` + name + `"]`); column.Find(".card").Length() != 20 || column.Find("[data-more]").Length() != 0 {
				t.Errorf("%s: %s is drawn with %d cards", address, name, column.Find(".card").Length())
			}
		}
		if bare := doc.Find(".column[data-bare]"); bare.Length() != 30-mostColumns || bare.Find("button, .column-foot").Length() != bare.Find(".strip button").Length() {
			t.Errorf("%s: %d columns are bare", address, bare.Length())
		}
		folded := doc.Find(`.column[data-title="Column 2"]`)
		if more := folded.Find("[data-more]"); folded.Find(".card").Length() != 0 || !strings.HasPrefix(more.Text(), "20 cards") || more.AttrOr("href", "") != columnPath(gardenID, board.Columns[1].Id) {
			t.Errorf("%s: a collapsed column that doesn't fit offers %q at %s", address, more.Text(), more.AttrOr("href", ""))
		}
	}
}

func TestAPageDrawsFourHundredCardsAtMost(t *testing.T) {
	t.Parallel()
	_, doc := setup(t, apitest.New("GET "+gardenAPI, wide(11, 50)))("GET", gardenPath, "")
	if cards, bare := doc.Find(".column .card").Length(), doc.Find("[data-bare]").Length(); cards != mostCards || bare != 3 {
		t.Errorf("%d cards, %d bare columns", cards, bare)
	}
}

func TestEightLongColumnsAreDrawnWithTheirFirstCards(t *testing.T) {
	t.Parallel()
	board := wide(8, 625)
	for i := range board.Columns {
		board.Columns[i].NextCursor = nullable.NewNullableWithValue("next page")
	}
	_, doc := setup(t, apitest.New("GET "+gardenAPI, board))("GET", gardenPath, "")
	if doc.Find(".column .card").Length() != 400 || doc.Find(`[data-more][href$="?cursor=next+page"]`).Length() != 8 {
		t.Errorf("%d cards, %d links", doc.Find(".column .card").Length(), doc.Find("[data-more]").Length())
	}
}

func TestAColumnsPageHasItsCardsAsTheWallDrawsThem(t *testing.T) {
	t.Parallel()
	rest := garden().Columns[0].Cards
	page := kanbanapi.CardPage{Items: rest, NextCursor: nullable.NewNullableWithValue("a b")}
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+todoAPI+"/cards", page))
	_, wall := ask("GET", gardenPath, "")
	_, doc := ask("GET", moreOf(gardenID, todoID, "next page"), "")
	onWall, err := wall.Find("#card-7").Html()
	if err != nil {
		t.Fatal(err)
	}
	if onPage, err := doc.Find("main [data-cards] > #card-7").Html(); err != nil || onPage != onWall {
		t.Errorf("%v: the wall has\n%s\nthe page\n%s", err, onWall, onPage)
	}
	if next := doc.Find("a[data-next]").AttrOr("href", ""); next != moreOf(gardenID, todoID, "a b") {
		t.Errorf("the next page is %q", next)
	}
}

func TestOneCardIsDrawnAsItsColumnHasIt(t *testing.T) {
	t.Parallel()
	card := kanbanapi.Card{
		Id: seedsID, Number: 7, ColumnId: todoID, Title: "Buy <b>seeds</b>", Description: "Carrots", ArchivedAt: nullable.NewNullNullable[time.Time](),
	}
	one := columnPath(gardenID, todoID) + "?card=7"
	ask := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+gardenAPI+"/cards/7", card))
	_, wall := ask("GET", gardenPath, "")
	_, doc := ask("GET", one, "")
	onWall, _ := wall.Find("#card-7").Html()
	if onPage, _ := doc.Find("#card-7").Html(); onPage != onWall || doc.Find(".card").Length() != 1 {
		t.Errorf("the wall has\n%s\nthe page\n%s", onWall, onPage)
	}
	card.ColumnId = doneID
	for name, answer := range map[string]any{"elsewhere": card, "gone": problem.New(problem.NotFound, "card_not_found", "There is no such card.")} {
		if res, doc := setup(t, apitest.New("GET "+gardenAPI, garden(), "GET "+gardenAPI+"/cards/7", answer))("GET", one, ""); res.StatusCode != 200 || doc.Find(".card").Length() != 0 {
			t.Errorf("%s: %d with %d cards", name, res.StatusCode, doc.Find(".card").Length())
		}
	}
	if res, _ := ask("GET", columnPath(gardenID, todoID)+"?card=x", ""); res.StatusCode != 404 {
		t.Errorf("what is no number: %d", res.StatusCode)
	}
}
