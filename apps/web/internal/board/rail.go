package board

import (
	"strconv"

	"cardwall/packages/kanbanapi"
)

// railMost is how many segments a rail can show; a higher limit is drawn to scale. js/counts.js has it too.
const railMost = 20

// countText is the number in a column's head: "4", "2 / 4", or "4 / 3 · 1 over"; filtered, "1 of 4".
func countText(c kanbanapi.BoardColumn) string {
	limit, ok := limitOf(c)
	count := matchText(c) + strconv.Itoa(c.CardCount)
	switch {
	case !ok:
		return count
	case c.CardCount > limit:
		return count + " / " + strconv.Itoa(limit) + " · " + strconv.Itoa(c.CardCount-limit) + " over"
	default:
		return count + " / " + strconv.Itoa(limit)
	}
}

// mostPills is how many columns a page has pills for; js/column-nav.js adds the others.
const mostPills = 40

func firstPills(v boardView) []kanbanapi.BoardColumn {
	columns := v.inSight()
	return columns[:min(len(columns), mostPills)]
}

// pillText is the same for the narrow pills of a phone.
func pillText(c kanbanapi.BoardColumn) string {
	if limit, ok := limitOf(c); ok {
		return matchText(c) + strconv.Itoa(c.CardCount) + "/" + strconv.Itoa(limit)
	}
	return matchText(c) + strconv.Itoa(c.CardCount)
}

// segments are the classes of the rail's parts: "on" for a taken slot, "" for a free one, "extra" when over. Without a limit
// it has none.
func segments(c kanbanapi.BoardColumn) []string {
	limit, ok := limitOf(c)
	if !ok {
		return nil
	}
	rail := make([]string, min(limit, railMost))
	taken := min(c.CardCount, limit)
	for i := range (taken*len(rail) + limit - 1) / limit {
		rail[i] = "on"
	}
	if c.CardCount > limit {
		rail = append(rail, "extra")
	}
	return rail
}

func over(c kanbanapi.BoardColumn) bool {
	limit, ok := limitOf(c)
	return ok && c.CardCount > limit
}

func limitOf(c kanbanapi.BoardColumn) (int, bool) {
	limit, err := c.WipLimit.Get()
	return limit, err == nil && limit > 0
}

// limitText is the limit as its form shows it.
func limitText(c kanbanapi.BoardColumn) string {
	if limit, ok := limitOf(c); ok {
		return strconv.Itoa(limit)
	}
	return ""
}
