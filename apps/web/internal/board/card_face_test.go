package board

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var graceID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09")

func face(id uuid.UUID, title string, labels ...uuid.UUID) kanbanapi.Card {
	return kanbanapi.Card{
		Id: id, BoardId: gardenID, Number: 7, ColumnId: todoID, Title: title, Description: "Red ones", Rank: "a4", Version: 3, LabelIds: labels,
		DueOn: nullable.NewNullNullable[openapi_types.Date](), ArchivedAt: nullable.NewNullNullable[time.Time](),
	}
}

func TestFacesAreCardsAsTheWallShowsThem(t *testing.T) {
	t.Parallel()
	shown, away, gone, label := seedsID, uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	archived := face(away, "Rake")
	archived.ArchivedAt = nullable.NewNullableWithValue(time.Now())
	seeds := face(shown, "Buy <b>seeds</b>", label)
	seeds.AssigneeIds = []uuid.UUID{graceID}
	ask := setup(t, apitest.New(
		"GET "+gardenAPI+"/activity", kanbanapi.ActivityPage{Seq: 7},
		"GET "+gardenAPI+"/members", kanbanapi.MemberList{Items: []kanbanapi.Member{{Id: graceID, Name: "Grace"}}},
		"GET "+gardenAPI+"/cards/"+shown.String(), seeds,
		"GET "+gardenAPI+"/cards/"+away.String(), archived,
		"GET "+gardenAPI+"/labels", kanbanapi.LabelList{Items: []kanbanapi.ListedLabel{{Id: label, Name: "bug", Hue: kanbanapi.Blue}}},
	))
	_, doc := ask("GET", gardenPath+"/faces?q=seeds&card="+shown.String()+"&card="+away.String()+"&card="+gone.String(), "")
	cards := doc.Find("[data-faces] > .card")
	if cards.Length() != 1 {
		t.Fatalf("%d faces, want the one that is on the wall", cards.Length())
	}
	for what, got := range map[string]string{
		"Buy <b>seeds</b>": cards.Find(".card-title").Text(), "bug": cards.Find(".label").Text(),
		"Grace": cards.Find(".who").AttrOr("title", ""), "a4": cards.AttrOr("data-rank", ""), "3": cards.AttrOr("data-version", ""),
		gardenPath + "/cards/7?q=seeds": cards.Find(".card-title a").AttrOr("href", ""),
	} {
		if got != what {
			t.Errorf("%q, want %q", got, what)
		}
	}
	if cards.Find(".badge").Length() == 0 || cards.Find("button").Length() != 0 || doc.Find("main").Length() != 0 {
		t.Error("a face has its signs, and neither a menu nor a page around it")
	}
}

func TestFacesOfWhatIsNoCardAreNotFound(t *testing.T) {
	t.Parallel()
	ask := setup(t, apitest.New("GET "+gardenAPI+"/activity", kanbanapi.ActivityPage{Seq: 7}))
	if res, _ := ask("GET", gardenPath+"/faces?card=../columns", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("status %d", res.StatusCode)
	}
}

// A hundred who look on at once are each asked after, but what they see is read once, until something happens on the board.
func TestAFaceIsReadOnceForAllWhoLookOn(t *testing.T) {
	t.Parallel()
	var seq, asked, cards, labels, members, away atomic.Int64
	seq.Store(7)
	read := func(count *atomic.Int64, it any) func(*http.Request) any {
		return func(*http.Request) any { count.Add(1); return it }
	}
	label := uuid.Must(uuid.NewV7())
	seeds := face(seedsID, "Buy seeds", label)
	seeds.AssigneeIds = []uuid.UUID{graceID}
	ask := setup(t, apitest.New(
		"GET "+gardenAPI+"/activity", func(*http.Request) any {
			asked.Add(1)
			if away.Load() > 0 {
				return problem.New(problem.NotFound, "not_found", "There is no such board, or you are not on it.")
			}
			return kanbanapi.ActivityPage{Seq: seq.Load()}
		},
		"GET "+gardenAPI+"/cards/"+seedsID.String(), read(&cards, seeds),
		"GET "+gardenAPI+"/labels", read(&labels, kanbanapi.LabelList{Items: []kanbanapi.ListedLabel{{Id: label, Name: "bug", Hue: kanbanapi.Blue}}}),
		"GET "+gardenAPI+"/members", read(&members, kanbanapi.MemberList{Items: []kanbanapi.Member{{Id: graceID, Name: "Grace"}}}),
	))
	look := func() (int, string) {
		res, doc := ask("GET", gardenPath+"/faces?card="+seedsID.String(), "")
		return res.StatusCode, doc.Find("[data-faces] .card").Text()
	}
	const viewers = 100
	for round := int64(1); round <= 2; round++ {
		var all sync.WaitGroup
		for range viewers {
			all.Go(func() {
				if status, text := look(); status != http.StatusOK || !strings.Contains(text, "Buy seeds") || !strings.Contains(text, "bug") || !strings.Contains(text, "Grace") {
					t.Errorf("%d %s", status, text)
				}
			})
		}
		all.Wait()
		if got, want := [4]int64{asked.Load(), cards.Load(), labels.Load(), members.Load()}, [4]int64{viewers * round, round, round, round}; got != want {
			t.Errorf("the api was asked %d times, want %d", got, want)
		}
		seq.Add(1)
	}

	seq.Add(-1) // all of it is known
	away.Store(1)
	if status, text := look(); status != http.StatusNotFound || text != "" {
		t.Errorf("whoever isn't on the board is given %d %q", status, text)
	}
}

func TestFacesThatCannotBeReadAreReadAgainAndTakeNoMoreRoomThanTheyMay(t *testing.T) {
	t.Parallel()
	cache := newFaceCache()
	board := cache.at(gardenID, 1, time.Now())
	tries := 0
	read := func() (*kanbanapi.CardSummary, error) {
		if tries++; tries == 1 {
			return nil, problem.New(problem.BadGateway, "api_away", "Away.")
		}
		return &kanbanapi.CardSummary{Title: "Buy seeds"}, nil
	}
	if _, err := cache.card(board, seedsID).get(t.Context(), read); !problem.Is(err, problem.BadGateway) {
		t.Errorf("the first try: %v", err)
	}
	for range 2 {
		if c, err := cache.card(board, seedsID).get(t.Context(), read); err != nil || c.Title != "Buy seeds" || tries != 2 {
			t.Errorf("after %d tries: %v %v", tries, c, err)
		}
	}
	if cache.at(gardenID, 1, time.Now()) != board || cache.at(gardenID, 2, time.Now()) == board {
		t.Error("a board is known for as long as nothing happens on it")
	}
	for range 3 * mostCached {
		cache.card(cache.at(uuid.Must(uuid.NewV7()), 1, time.Now()), uuid.Must(uuid.NewV7()))
		if kept := len(cache.boards); kept > mostCached {
			t.Fatalf("%d boards are kept", kept)
		}
	}
}

// A board that is said to be where it was before is of a database that was set back, unless that was asked before it went on.
func TestFacesOfABoardThatIsSetBackAreReadAgain(t *testing.T) {
	t.Parallel()
	cache := newFaceCache()
	asked := time.Now()
	later := cache.at(gardenID, 9, asked)
	if cache.at(gardenID, 8, asked) != later {
		t.Error("who asked before the board went on isn't given what is known since")
	}
	if cache.at(gardenID, 8, time.Now()) == later {
		t.Error("a board that is set back shows what it was")
	}

	later = cache.at(gardenID, 10, time.Now())
	cache.seen(gardenID, 9, asked)
	cache.seen(gardenID, 10, time.Now())
	if cache.at(gardenID, 10, time.Now()) != later {
		t.Error("who read the board before it went on has others forget it")
	}
	cache.seen(gardenID, 9, time.Now())
	if cache.at(gardenID, 10, time.Now()) == later {
		t.Error("a board that was read as it is since it was set back shows what it was, once it is as far")
	}
}
