package ui

import (
	"strconv"
	"strings"
)

// How much of a board its drawing can hold.
const (
	wallColumns = 8
	wallCards   = 6
)

// WallColumn is a column of a drawn wall.
type WallColumn struct {
	Cards int
	Hue   string // the class of its rule's colour, "" for none
}

// NoHotCard is the seed of a wall whose cards are all alike.
const NoHotCard = -1

// plain are columns without a colour.
func plain(counts []int) []WallColumn {
	columns := make([]WallColumn, len(counts))
	for i, count := range counts {
		columns[i].Cards = count
	}
	return columns
}

// brick is one rectangle of a drawn wall, in the units of its view box.
type brick struct {
	class               string
	x, y, height, round string
}

// bricks draws columns of so many cards: a rule for each, and a rectangle per card. Cards are told apart by
// a hot one, chosen by seed, so that a board keeps its picture while it stays as it is. A board without
// columns is the outline of one.
func bricks(columns []WallColumn, seed int) []brick {
	if len(columns) == 0 {
		return []brick{{class: "none", x: ".5", y: ".5", height: "33", round: ".9"}}
	}
	columns = columns[:min(len(columns), wallColumns)]
	var wall []brick
	cards := 0
	for at, column := range columns {
		x := strconv.Itoa(at * 11)
		wall = append(wall, brick{class: strings.TrimSpace("rule " + column.Hue), x: x, y: "0", height: "1.2", round: "0"})
		for row := range min(column.Cards, wallCards) {
			wall = append(wall, brick{x: x, y: strconv.Itoa(3 + 5*row), height: "3.8", round: ".9"})
			cards++
		}
	}
	if cards > 0 && seed != NoHotCard {
		heat(wall, seed%cards)
	}
	return wall
}

func heat(wall []brick, card int) {
	for i := range wall {
		if strings.HasPrefix(wall[i].class, "rule") {
			continue
		}
		if card == 0 {
			wall[i].class = "hot"
			return
		}
		card--
	}
}

func wallBox(columns []WallColumn) string {
	if len(columns) == 0 {
		return "0 0 9 34"
	}
	drawn := min(len(columns), wallColumns)
	return "0 0 " + strconv.Itoa(drawn*11-3) + " 34"
}
