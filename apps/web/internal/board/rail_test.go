package board

import (
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"

	"cardwall/packages/kanbanapi"
)

func TestTheRailIsTheGaugeOfTheLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		count, limit      int
		text, pill, drawn string
	}{
		{4, 0, "4", "4", ""},
		{0, 3, "0 / 3", "0/3", "---"},
		{2, 4, "2 / 4", "2/4", "oo--"},
		{3, 3, "3 / 3", "3/3", "ooo"},
		{4, 3, "4 / 3 · 1 over", "4/3", "ooo+"},
		{1, 100, "1 / 100", "1/100", "o-------------------"},
	} {
		column := kanbanapi.BoardColumn{CardCount: c.count, WipLimit: nullable.NewNullNullable[int]()}
		if c.limit > 0 {
			column.WipLimit.Set(c.limit)
		}
		var drawn strings.Builder
		for _, class := range segments(column) {
			drawn.WriteString(map[string]string{"": "-", "on": "o", "extra": "+"}[class])
		}
		if got := countText(column); got != c.text {
			t.Errorf("%d of %d reads %q", c.count, c.limit, got)
		}
		if got := pillText(column); got != c.pill || drawn.String() != c.drawn || over(column) != strings.Contains(c.text, "over") {
			t.Errorf("%d of %d: pill %q, rail %q", c.count, c.limit, got, drawn.String())
		}
	}
}
