package card

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

// What is done between both reads is on the card already: whoever goes on from the page's seq has missed nothing.
func TestACardsPageKnowsASeqThatItIsNotBehind(t *testing.T) {
	t.Parallel()
	var asked []string
	ask := setup(t, garden(
		"GET "+boardAPI, func(*http.Request) any {
			asked = append(asked, "board")
			b := board()
			b.Seq = 20
			return b
		},
		"GET "+cardAPI, func(*http.Request) any {
			asked = append(asked, "card")
			return seeds()
		}))
	_, doc := ask("GET", cardAt, "")
	if !slices.Equal(asked, []string{"board", "card"}) {
		t.Errorf("read in the order %v", asked)
	}
	page := doc.Find(".detail")
	for name, want := range map[string]string{"data-seq": "20", "data-of": boardID.String(), "data-detail": seedsID.String()} {
		if got := page.AttrOr(name, ""); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// A column that is made, and the card moved there, between both reads is not away.
func TestACardInAColumnThatIsNewerThanTheBoardThatWasRead(t *testing.T) {
	t.Parallel()
	now, moved := board(), seeds()
	newer := kanbanapi.BoardColumn{Id: uuid.New(), Title: "New", NextCursor: nullable.NewNullNullable[string]()}
	ask := setup(t, garden(
		"GET "+boardAPI, func(*http.Request) any { return now },
		"GET "+cardAPI, func(*http.Request) any {
			now.Columns, now.Seq = append(now.Columns, newer), now.Seq+2
			moved.ColumnId = newer.Id
			return moved
		}))
	_, doc := ask("GET", cardAt, "")
	if notice := doc.Find(".notice").Text(); notice != "" {
		t.Errorf("the page says %q", notice)
	}
	if in := doc.Find(".meta summary").First().Text(); !strings.Contains(in, "New") {
		t.Errorf("the card is in %q", in)
	}
	if got := doc.Find(".detail").AttrOr("data-seq", ""); got != "0" {
		t.Errorf("data-seq is %q, of the board that was read after the card", got)
	}
}

func TestACardThatIsAwayWithAnotherThingSaysSo(t *testing.T) {
	t.Parallel()
	archived, moved := board(), seeds()
	archived.ArchivedAt = nullable.NewNullableWithValue(time.Now())
	moved.ColumnId = uuid.New()
	for want, of := range map[string][]any{
		"This board is in the archive: it can be read, not changed.": {"GET " + boardAPI, archived},
		"away with its column": {"GET " + cardAPI, moved},
		"":                     {"GET " + cardAPI, seeds()},
	} {
		_, doc := setup(t, garden(of...))("GET", cardAt, "")
		if notice := doc.Find(".notice").Text(); !strings.Contains(notice, want) || (notice == "") != (want == "") {
			t.Errorf("says %q, want %q", notice, want)
		}
		if offered := doc.Find("#edit-title, .meta details").Length() > 0; offered != (want == "") {
			t.Errorf("%q: what can't be done is offered, or what can isn't", want)
		}
	}
}
