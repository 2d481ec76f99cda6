package board

import (
	"bytes"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/coding"
	"cardwall/packages/kanbanapi"
)

// A wall has hundreds of cards and columns: what one of them costs is paid as often, when it is styled and laid out and on
// its way.
func TestWhatAWallRepeatsIsLean(t *testing.T) {
	t.Parallel()
	_, doc := setup(t, apitest.New("GET "+gardenAPI, wide(250, 20)))("GET", gardenPath, "")
	for of, most := range map[string]int{".card": 6, ".column[data-bare]": 14, ".column": 20 + 20*6} {
		if n := doc.Find("main "+of).First().Find("*").Length() + 1; n > most {
			t.Errorf("%s is %d elements, more than %d", of, n, most)
		}
	}
	if n := doc.Find("main *").Length(); n > 5100 {
		t.Errorf("a wall of 250 columns is %d elements", n)
	}
}

// With its scripts and styles, a page is to weigh less than 60 KB; those are some 25.
func TestLargeBoardsAreFewBytesOnTheWay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		board kanbanapi.Board
		most  int
	}{"5 × 20": {wide(5, 20), 7_700}, "8 × 625": {wide(8, 625), 16_700}, "250 × 20": {wide(250, 20), 22_600}} {
		_, doc := setup(t, apitest.New("GET "+gardenAPI, c.board))("GET", gardenPath, "")
		html, err := doc.Html()
		if err != nil {
			t.Fatal(err)
		}
		sent := coding.In(coding.Brotli, bytes.NewBufferString(html)).Len()
		if sent > c.most {
			t.Errorf("%s: %d bytes, more than %d", name, sent, c.most)
		}
		t.Logf("%s: %d bytes, %d elements", name, sent, doc.Find("*").Length())
	}
}
